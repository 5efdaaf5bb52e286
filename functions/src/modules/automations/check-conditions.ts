import { z } from 'zod';
import { type Catalogue, findField, type Problem } from './catalogue.ts';
import {
  type ComparedValue,
  type Comparison,
  type Condition,
  comparisonsOf,
  moneyValueSchema,
} from './conditions.schema.ts';
import { findOperator, type Operator, operators } from './operators.ts';
import type { KnownField } from './record-fields.ts';
import type { ValueType } from './value-types.ts';

const MAX_DAYS = 36_500;

/** What is wrong in a condition about records of these kinds. */
export function conditionProblems(
  catalogue: Catalogue,
  recordTypes: readonly string[],
  condition: Condition,
  path: readonly PropertyKey[],
): Problem[] {
  return [...comparisonsOf(condition, path)].flatMap(({ comparison, path: here }) =>
    comparisonProblems(catalogue, recordTypes, comparison).map((problem) => ({
      ...problem,
      path: [...here, ...problem.path],
    })),
  );
}

function comparisonProblems(
  catalogue: Catalogue,
  recordTypes: readonly string[],
  { field: name, operator: operatorName, value }: Comparison,
): Problem[] {
  const field = findField(catalogue, recordTypes, name);
  if (field === undefined) return [{ path: ['field'], message: unknownField(name, recordTypes) }];
  const operator = findOperator(operatorName);
  if (operator === undefined || (field !== 'anything' && !operator.types.includes(field.type))) {
    return [{ path: ['operator'], message: unfitOperator(operatorName, name, field) }];
  }
  const message = valueProblem(operator, field, value);
  return message === undefined ? [] : [{ path: ['value'], message }];
}

/** What is said of a field that records of these kinds do not have. */
export function unknownField(name: string, recordTypes: readonly string[]): string {
  return `there is no field '${name}' of ${recordTypes.join(', ')} records; GET /api/workflows/operators lists the fields`;
}

function unfitOperator(name: string, fieldName: string, field: KnownField | 'anything'): string {
  const fitting = operators.filter(
    ({ types }) => field === 'anything' || types.includes(field.type),
  );
  return `'${name}' cannot be asked of '${fieldName}'; use one of ${fitting.map((operator) => operator.name).join(', ')}`;
}

function valueProblem(
  { takes, name }: Operator,
  field: KnownField | 'anything',
  value: ComparedValue | undefined,
): string | undefined {
  if (takes === 'nothing') {
    return value === undefined ? undefined : `must be left out: '${name}' compares with nothing`;
  }
  if (value === undefined) return `must be given: '${name}' compares with ${wanted[takes]}`;
  const parts = partsOf(takes, value);
  if (parts === undefined) return `must be ${wanted[takes]}`;
  if (takes === 'days' || field === 'anything') return undefined;
  return parts.map((part) => misfit(field, part)).find((problem) => problem !== undefined);
}

const wanted = {
  value: 'one value',
  list: 'a list of values',
  range: 'a range {from, to}',
  days: `a whole number of days, 0 to ${MAX_DAYS}`,
} as const;

function partsOf(takes: keyof typeof wanted, value: ComparedValue): unknown[] | undefined {
  const isObject = typeof value === 'object' && !Array.isArray(value);
  switch (takes) {
    case 'days':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_DAYS
        ? [value]
        : undefined;
    case 'list':
      return Array.isArray(value) ? value : undefined;
    case 'range':
      return isObject && 'from' in value ? [value.from, value.to] : undefined;
    case 'value':
      return Array.isArray(value) || (isObject && 'from' in value) ? undefined : [value];
  }
}

const text = z.string();
const time = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
/** What a field of each type is compared with, and how to say it. */
const compared: Readonly<Record<ValueType, readonly [z.ZodType, string]>> = {
  text: [text, 'a text'],
  number: [z.number(), 'a number'],
  money: [moneyValueSchema, 'an amount {amountMinor, currency} in minor units'],
  day: [time, 'a day such as 2026-02-01'],
  instant: [time, 'a day such as 2026-02-01 or an instant such as 2026-02-01T12:00:00Z'],
  choice: [text, 'a text'],
  stage: [text, 'the id of a stage'],
  user: [text, 'the id of a user'],
  team: [text, 'the id of a team'],
  id: [text, 'an id'],
  checkbox: [z.boolean(), 'true or false'],
  list: [text, 'a text'],
};

/** What is wrong with comparing a field with a value, or setting it to one. */
export function misfit({ type, options }: KnownField, part: unknown): string | undefined {
  const [schema, what] = compared[type];
  if (!schema.safeParse(part).success) return `must be ${what}`;
  if (options === undefined || options.some((option) => option === part)) return undefined;
  return `'${String(part)}' is none of its options: ${options.join(', ')}`;
}
