/** A value as the protocol writes it: one of these keys says its type. */
export interface Value {
  readonly nullValue?: unknown;
  readonly booleanValue?: boolean;
  readonly integerValue?: number | string;
  readonly doubleValue?: number;
  readonly stringValue?: string;
  readonly referenceValue?: string;
  readonly timestampValue?: { readonly seconds?: number | string; readonly nanos?: number };
  readonly arrayValue?: { readonly values?: readonly Value[] };
  readonly mapValue?: { readonly fields?: Fields };
}
export type Fields = Readonly<Record<string, Value>>;

/** The parts of a field path: `a.b`, or with quotes around what is no plain name. */
export function pathOf(text: string): string[] {
  const parts = text.match(/`(?:[^`\\]|\\.)*`|[^.`]+/g) ?? [];
  return parts.map((part) =>
    part.startsWith('`') ? part.slice(1, -1).replace(/\\(.)/g, '$1') : part,
  );
}

/** The value at a path, or undefined. */
export function fieldAt(
  fields: Fields,
  [name = '', ...rest]: readonly string[],
): Value | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return rest.length === 0 ? value : fieldAt(value?.mapValue?.fields ?? {}, rest);
}

/** A copy with the value at a path, or without one. */
export function withField(
  fields: Fields,
  [name = '', ...rest]: readonly string[],
  value: Value | undefined,
): Fields {
  const { [name]: before, ...others } = fields;
  if (rest.length > 0) {
    const inner = withField(before?.mapValue?.fields ?? {}, rest, value);
    return { ...others, [name]: { mapValue: { fields: inner } } };
  }
  return value === undefined ? others : { ...others, [name]: value };
}

/** A number with another added to it; what is no number counts as zero. */
export function increase(before: Value | undefined, by: Value): Value {
  return { integerValue: Number(before?.integerValue ?? 0) + Number(by.integerValue ?? 0) };
}

/** Orders two values of the same type. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  if (typeof left !== typeof right) throw new Error('the memory compares values of one type');
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function orderOf(value: Value | undefined): number | string {
  const { timestampValue, integerValue, doubleValue, stringValue, referenceValue } = value ?? {};
  if (timestampValue) {
    const { seconds = 0, nanos = 0 } = timestampValue;
    return Number(seconds) * 1e6 + nanos / 1000;
  }
  const number = integerValue ?? doubleValue;
  if (number !== undefined) return Number(number);
  const text = stringValue ?? referenceValue;
  if (text !== undefined) return text;
  if (value?.booleanValue !== undefined) return Number(value.booleanValue);
  throw new Error(`the memory orders no ${JSON.stringify(value)}`);
}

function typeOf(value: Value): string {
  const [type = ''] = Object.keys(value);
  return type === 'doubleValue' ? 'integerValue' : type;
}

function isEqual(a: Value | undefined, b: Value): boolean {
  if (a === undefined || typeOf(a) !== typeOf(b)) return false;
  return typeOf(a) === 'nullValue' || compareValues(a, b) === 0;
}

type Lookup = (path: string) => Value | undefined;

interface Filter {
  readonly compositeFilter?: { readonly op: string; readonly filters: readonly Filter[] };
  readonly unaryFilter?: { readonly op: string; readonly field: { readonly fieldPath: string } };
  readonly fieldFilter?: {
    readonly op: string;
    readonly field: { readonly fieldPath: string };
    readonly value: Value;
  };
}

function isFilter(filter: unknown): filter is Filter {
  return typeof filter === 'object' && filter !== null;
}

/** True when what the lookup answers satisfies a filter of the protocol. */
export function matches(filter: unknown, valueAt: Lookup): boolean {
  if (filter === undefined || filter === null) return true;
  if (!isFilter(filter)) throw new Error('a filter is an object');
  const { compositeFilter, unaryFilter, fieldFilter } = filter;
  if (compositeFilter) {
    const { op, filters } = compositeFilter;
    return op === 'OR'
      ? filters.some((each) => matches(each, valueAt))
      : filters.every((each) => matches(each, valueAt));
  }
  if (unaryFilter?.op === 'IS_NULL') {
    return valueAt(unaryFilter.field.fieldPath)?.nullValue !== undefined;
  }
  if (!fieldFilter) throw new Error(`the memory knows no filter ${JSON.stringify(filter)}`);
  return compares(fieldFilter.op, valueAt(fieldFilter.field.fieldPath), fieldFilter.value);
}

function compares(op: string, value: Value | undefined, given: Value): boolean {
  const contained = value?.arrayValue?.values ?? [];
  const choices = given.arrayValue?.values ?? [];
  switch (op) {
    case 'EQUAL':
      return isEqual(value, given);
    case 'IN':
      return choices.some((choice) => isEqual(value, choice));
    case 'ARRAY_CONTAINS':
      return contained.some((each) => isEqual(each, given));
    case 'ARRAY_CONTAINS_ANY':
      return choices.some((choice) => contained.some((each) => isEqual(each, choice)));
  }
  // A range holds for values of its own type alone.
  if (value === undefined || typeOf(value) !== typeOf(given)) return false;
  const order = compareValues(value, given);
  switch (op) {
    case 'GREATER_THAN':
      return order > 0;
    case 'GREATER_THAN_OR_EQUAL':
      return order >= 0;
    case 'LESS_THAN':
      return order < 0;
    case 'LESS_THAN_OR_EQUAL':
      return order <= 0;
    default:
      throw new Error(`the memory knows no operator ${op}`);
  }
}
