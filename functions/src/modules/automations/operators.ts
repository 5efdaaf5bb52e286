import { isDeepStrictEqual } from 'node:util';
import type { Clock } from './automations.schema.ts';
import { type ComparedValue, type MoneyValue, moneyValueSchema } from './conditions.schema.ts';
import { compareDays, dayOf, isOnDay } from './days.ts';
import type { ValueType } from './value-types.ts';

/** What an operator is asked about: the value now and before, and whether there was a before. */
export interface Operand {
  readonly is: unknown;
  readonly was: unknown;
  readonly isChange: boolean;
}

/** What an operator compares with: nothing, one value, several, a range, or a number of days. */
export type Takes = 'nothing' | 'value' | 'list' | 'range' | 'days';

export interface Operator {
  readonly name: string;
  readonly label: string;
  /** The types of field that it can be asked of. */
  readonly types: readonly ValueType[];
  readonly takes: Takes;
  holds(operand: Operand, value: ComparedValue | undefined, clock: Clock): boolean;
}

const all: readonly ValueType[] = [
  'text',
  'number',
  'money',
  'day',
  'instant',
  'choice',
  'stage',
  'user',
  'team',
  'id',
  'checkbox',
  'list',
];
const single: readonly ValueType[] = all.filter(
  (type) => type !== 'list' && type !== 'day' && type !== 'instant',
);
const ordered: readonly ValueType[] = ['number', 'money'];
const listed: readonly ValueType[] = single.filter((type) => type !== 'checkbox');
const times: readonly ValueType[] = ['day', 'instant'];

type Holds = Operator['holds'];

/** An operator and the one that holds exactly where it does not, of missing values too. */
function pair(
  positive: Omit<Operator, 'holds'>,
  negative: Pick<Operator, 'name' | 'label'>,
  holds: Holds,
): Operator[] {
  return [
    { ...positive, holds },
    { ...positive, ...negative, holds: (...given) => !holds(...given) },
  ];
}

const compares =
  (isRight: (order: number) => boolean): Holds =>
  ({ is }, value) => {
    const order = orderOf(is, value);
    return order !== undefined && isRight(order);
  };

const comparesDay =
  (isRight: (order: number) => boolean): Holds =>
  ({ is }, value, clock) => {
    const order = compareDays(is, value, clock.timeZone);
    return order !== undefined && isRight(order);
  };

/** The number of days by which the value lies after today. */
const daysAhead =
  (isRight: (daysAhead: number, limit: number) => boolean): Holds =>
  ({ is }, value, { now, timeZone }) => {
    const day = dayOf(is, timeZone);
    const today = dayOf(now, timeZone);
    if (day === undefined || today === undefined || typeof value !== 'number') return false;
    return isRight(day - today, value);
  };

/** Everything that a condition can ask of a field: listed by the API, evaluated by the same entries. */
export const operators: readonly Operator[] = [
  ...pair(
    { name: 'equals', label: 'is', types: single, takes: 'value' },
    { name: 'not_equals', label: 'is not' },
    ({ is }, value) => isSame(is, value),
  ),
  ...pair(
    { name: 'in', label: 'is one of', types: listed, takes: 'list' },
    { name: 'not_in', label: 'is none of' },
    ({ is }, values) => partsOf(values).some((value) => isSame(is, value)),
  ),
  ...pair(
    { name: 'contains', label: 'contains', types: ['text', 'list'], takes: 'value' },
    { name: 'not_contains', label: 'does not contain' },
    ({ is }, value) => contains(is, value),
  ),
  ...pair(
    { name: 'contains_any', label: 'contains one of', types: ['list'], takes: 'list' },
    { name: 'contains_none', label: 'contains none of' },
    ({ is }, values) => partsOf(values).some((value) => contains(is, value)),
  ),
  {
    ...{ name: 'contains_all', label: 'contains all of', types: ['list'], takes: 'list' },
    holds: ({ is }, values) => partsOf(values).every((value) => contains(is, value)),
  },
  {
    ...{ name: 'starts_with', label: 'starts with', types: ['text'], takes: 'value' },
    holds: ({ is }, value) => foldedPair(is, value, (text, part) => text.startsWith(part)),
  },
  {
    ...{ name: 'ends_with', label: 'ends with', types: ['text'], takes: 'value' },
    holds: ({ is }, value) => foldedPair(is, value, (text, part) => text.endsWith(part)),
  },
  ...pair(
    { name: 'is_empty', label: 'is empty', types: all, takes: 'nothing' },
    { name: 'is_not_empty', label: 'is not empty' },
    ({ is }) => isEmpty(is),
  ),
  {
    ...{ name: 'greater_than', label: 'is greater than', types: ordered, takes: 'value' },
    holds: compares((order) => order > 0),
  },
  {
    ...{ name: 'at_least', label: 'is at least', types: ordered, takes: 'value' },
    holds: compares((order) => order >= 0),
  },
  {
    ...{ name: 'less_than', label: 'is less than', types: ordered, takes: 'value' },
    holds: compares((order) => order < 0),
  },
  {
    ...{ name: 'at_most', label: 'is at most', types: ordered, takes: 'value' },
    holds: compares((order) => order <= 0),
  },
  {
    ...{ name: 'between', label: 'is between', types: ordered, takes: 'range' },
    holds: ({ is }, value) => {
      const [from, to] = endsOf(value);
      const [afterFrom, beforeTo] = [orderOf(is, from), orderOf(is, to)];
      return afterFrom !== undefined && beforeTo !== undefined && afterFrom >= 0 && beforeTo <= 0;
    },
  },
  {
    ...{ name: 'on', label: 'is on', types: times, takes: 'value' },
    holds: ({ is }, value, { timeZone }) => isOnDay(is, value, timeZone),
  },
  {
    ...{ name: 'before', label: 'is before', types: times, takes: 'value' },
    holds: comparesDay((order) => order < 0),
  },
  {
    ...{ name: 'after', label: 'is after', types: times, takes: 'value' },
    holds: comparesDay((order) => order > 0),
  },
  {
    ...{ name: 'within', label: 'is from … to …', types: times, takes: 'range' },
    holds: ({ is }, value, { timeZone }) => {
      const [from, to] = endsOf(value);
      const [afterFrom, beforeTo] = [
        compareDays(is, from, timeZone),
        compareDays(is, to, timeZone),
      ];
      return afterFrom !== undefined && beforeTo !== undefined && afterFrom >= 0 && beforeTo <= 0;
    },
  },
  {
    ...{
      name: 'within_next_days',
      label: 'is within the next … days',
      types: times,
      takes: 'days',
    },
    holds: daysAhead((ahead, limit) => ahead >= 0 && ahead <= limit),
  },
  {
    ...{
      name: 'within_last_days',
      label: 'is within the last … days',
      types: times,
      takes: 'days',
    },
    holds: daysAhead((ahead, limit) => ahead <= 0 && ahead >= -limit),
  },
  {
    ...{ name: 'older_than_days', label: 'is more than … days ago', types: times, takes: 'days' },
    holds: daysAhead((ahead, limit) => ahead < -limit),
  },
  {
    ...{
      name: 'more_than_days_ahead',
      label: 'is in more than … days',
      types: times,
      takes: 'days',
    },
    holds: daysAhead((ahead, limit) => ahead > limit),
  },
  ...pair(
    { name: 'changed', label: 'has changed', types: all, takes: 'nothing' },
    { name: 'not_changed', label: 'has not changed' },
    ({ is, was, isChange }) => isChange && !isDeepStrictEqual(is, was),
  ),
  {
    ...{ name: 'changed_to', label: 'has changed to', types: single, takes: 'value' },
    holds: ({ is, was, isChange }, value) => isChange && isSame(is, value) && !isSame(was, value),
  },
  {
    ...{ name: 'changed_from', label: 'has changed from', types: single, takes: 'value' },
    holds: ({ is, was, isChange }, value) => isChange && isSame(was, value) && !isSame(is, value),
  },
  {
    ...{ name: 'increased', label: 'has increased', types: ordered, takes: 'nothing' },
    holds: ({ is, was, isChange }) => isChange && (orderOf(is, was) ?? 0) > 0,
  },
  {
    ...{ name: 'decreased', label: 'has decreased', types: ordered, takes: 'nothing' },
    holds: ({ is, was, isChange }) => isChange && (orderOf(is, was) ?? 0) < 0,
  },
];

const byName: ReadonlyMap<string, Operator> = new Map(
  operators.map((operator) => [operator.name, operator]),
);

/** The operator of this name, if there is one. */
export function findOperator(name: string): Operator | undefined {
  return byName.get(name);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}

function partsOf(values: ComparedValue | undefined): readonly unknown[] {
  return Array.isArray(values) ? values : [];
}

function endsOf(value: ComparedValue | undefined): [unknown, unknown] {
  if (value === undefined || typeof value !== 'object' || !('from' in value)) {
    return [undefined, undefined];
  }
  return [value.from, value.to];
}

/** Amounts are the same when their currency is too. */
function isSame(value: unknown, other: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === 'string' && typeof other === 'string') {
    return value.normalize('NFC') === other.normalize('NFC');
  }
  return isDeepStrictEqual(value, other);
}

/** Of a text, a part of it whatever the case; of a list, one of its items exactly. */
function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(value)) return value.includes(part);
  return foldedPair(value, part, (text, sought) => text.includes(sought));
}

function foldedPair(
  value: unknown,
  part: unknown,
  holds: (text: string, part: string) => boolean,
): boolean {
  if (typeof value !== 'string' || typeof part !== 'string') return false;
  return holds(fold(value), fold(part));
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Numbers, or amounts of one currency; anything else has no order. */
function orderOf(value: unknown, other: unknown): number | undefined {
  if (typeof value === 'number' && typeof other === 'number') return value - other;
  const [amount, otherAmount] = [moneyOf(value), moneyOf(other)];
  if (amount === undefined || amount.currency !== otherAmount?.currency) return undefined;
  return amount.amountMinor - otherAmount.amountMinor;
}

function moneyOf(value: unknown): MoneyValue | undefined {
  return moneyValueSchema.safeParse(value).data;
}
