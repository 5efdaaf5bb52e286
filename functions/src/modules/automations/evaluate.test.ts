import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventContent } from '../events/events.schema.ts';
import type { ComparedValue, Condition } from './conditions.schema.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluationScope } from './field-values.ts';
import { operators } from './operators.ts';

const event: EventContent = {
  ...{ ownerId: 'u1', teamId: null, participantIds: [] },
  ...{ recordType: 'deal', recordId: 'd1', version: 2, types: ['deal.stage_changed'] },
  ...{ actor: 'u1', at: new Date('2026-03-01T10:00:00Z'), before: {}, after: {} },
  ...{ cause: null, recovered: false },
};
const before = {
  ...{ title: 'Website', stageKey: 'LEAD', valueMinor: 100_000, currency: 'USD', tags: ['VIP'] },
  ...{ ownerId: 'u1', probability: 20, companyId: null, customFields: { region: 'North' } },
};
const after = {
  ...{ ...before, stageKey: 'PROPOSAL', valueMinor: 150_000, tags: ['VIP', 'Hot'] },
  expectedCloseDate: new Date('2026-03-08T00:00:00Z'),
  closedAt: new Date('2026-03-01T03:30:00Z'),
  customFields: {
    ...{ region: 'North', renewal: '2026-03-31', lines: ['a', 'b'], signed: false },
    budget: { amountMinor: 5000, currency: 'EUR' },
  },
};
const scope: EvaluationScope = { event, before, after };
const clock = { now: new Date('2026-03-01T12:00:00Z'), timeZone: 'UTC' };
const holds = (field: string, operator: string, value?: ComparedValue, at = clock) =>
  evaluate(value === undefined ? { field, operator } : { field, operator, value }, scope, at);

describe('a comparison', () => {
  const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
  it.each<[string, string, ComparedValue | undefined, boolean]>([
    ['stageKey', 'equals', 'PROPOSAL', true],
    ['before.stageKey', 'equals', 'LEAD', true],
    ['stageKey', 'not_equals', 'PROPOSAL', false],
    ['stageKey', 'in', ['LEAD', 'PROPOSAL'], true],
    ['stageKey', 'not_in', ['LEAD'], true],
    ['title', 'contains', 'WEB', true],
    ['title', 'not_contains', 'web', false],
    ['title', 'starts_with', 'web', true],
    ['title', 'ends_with', 'web', false],
    ['tags', 'contains', 'Hot', true],
    // Tags of other letters are other tags.
    ['tags', 'contains', 'hot', false],
    ['tags', 'contains_any', ['x', 'VIP'], true],
    ['tags', 'contains_none', ['x', 'VIP'], false],
    ['tags', 'contains_all', ['Hot', 'VIP'], true],
    ['customFields.lines', 'contains_all', ['a', 'c'], false],
    ['companyId', 'is_empty', undefined, true],
    ['customFields.absent', 'is_empty', undefined, true],
    ['customFields.absent', 'equals', 'x', false],
    ['customFields.absent', 'not_equals', 'x', true],
    ['customFields.signed', 'equals', false, true],
    ['customFields.toString', 'is_empty', undefined, true],
    ['probability', 'greater_than', 19, true],
    ['probability', 'at_most', 20, true],
    ['probability', 'between', { from: 20, to: 30 }, true],
    ['probability', 'less_than', 20, false],
    ['valueMinor', 'at_least', usd(150_000), true],
    ['valueMinor', 'between', { from: usd(1), to: usd(149_999) }, false],
    ['valueMinor', 'increased', undefined, true],
    ['valueMinor', 'decreased', undefined, false],
    // Amounts of other currencies are neither more nor less nor the same.
    ['customFields.budget', 'less_than', usd(1_000_000), false],
    ['customFields.budget', 'greater_than', usd(1), false],
    ['customFields.budget', 'equals', usd(5000), false],
    ['customFields.budget', 'equals', { amountMinor: 5000, currency: 'EUR' }, true],
    ['stageKey', 'changed', undefined, true],
    ['ownerId', 'changed', undefined, false],
    ['ownerId', 'not_changed', undefined, true],
    ['stageKey', 'changed_to', 'PROPOSAL', true],
    ['stageKey', 'changed_from', 'LEAD', true],
    ['stageKey', 'changed_from', 'PROPOSAL', false],
    ['event.type', 'equals', 'deal.stage_changed', true],
    ['event.data.source', 'is_empty', undefined, true],
    ['stageKey', 'no_such_operator', 'x', false],
  ])('%s %s %j: %s', (field, operator, value, expected) => {
    expect(holds(field, operator, value)).toBe(expected);
  });

  it('reads what a reported event says', () => {
    const reported = { ...event, version: 0, types: ['custom.signed'], after: { source: 'esign' } };
    const said: Condition = { field: 'event.data.source', operator: 'equals', value: 'esign' };
    expect(evaluate(said, { event: reported, before: after, after }, clock)).toBe(true);
    // The change of a record says nothing beside it.
    expect(evaluate(said, { event: { ...reported, version: 3 }, before, after }, clock)).toBe(
      false,
    );
  });

  it('knows no change of a new record', () => {
    const made = { event, before: undefined, after };
    expect(evaluate({ field: 'stageKey', operator: 'changed' }, made, clock)).toBe(false);
    expect(evaluate({ field: 'stageKey', operator: 'not_changed' }, made, clock)).toBe(true);
  });
});

describe('a date', () => {
  it.each<[string, string, ComparedValue, boolean]>([
    ['expectedCloseDate', 'within_next_days', 7, true],
    ['expectedCloseDate', 'within_next_days', 6, false],
    ['expectedCloseDate', 'more_than_days_ahead', 6, true],
    ['expectedCloseDate', 'on', '2026-03-08', true],
    ['expectedCloseDate', 'within', { from: '2026-03-01', to: '2026-03-08' }, true],
    ['customFields.renewal', 'before', '2026-04-01', true],
    ['customFields.renewal', 'after', '2026-03-31', false],
    ['customFields.renewal', 'older_than_days', 0, false],
    ['closedAt', 'within_last_days', 0, true],
    ['closedAt', 'before', '2026-03-01T03:31:00Z', true],
    ['closedAt', 'after', '2026-03-01', false],
    ['title', 'before', '2026-03-01', false],
  ])('%s %s %j: %s', (field, operator, value, expected) => {
    expect(holds(field, operator, value)).toBe(expected);
  });

  it('falls on the day it is in the zone', () => {
    const inDenver = { ...clock, timeZone: 'America/Denver' };
    // 03:30 UTC is the evening before there; a day without a time is the same day everywhere.
    expect(holds('closedAt', 'on', '2026-02-28', inDenver)).toBe(true);
    expect(holds('closedAt', 'on', '2026-03-01')).toBe(true);
    expect(holds('expectedCloseDate', 'on', '2026-03-08', inDenver)).toBe(true);
    // 02:00 UTC of the 1st is still the last of February there.
    const lateInDenver = { now: new Date('2026-03-01T02:00:00Z'), timeZone: 'America/Denver' };
    expect(holds('expectedCloseDate', 'within_next_days', 7, lateInDenver)).toBe(false);
    expect(holds('expectedCloseDate', 'within_next_days', 8, lateInDenver)).toBe(true);
  });

  it('is a day later after a night of 23 hours, too', () => {
    const scopeOf = (day: string) => ({ ...scope, after: { customFields: { day } } });
    // Clocks in Berlin go forward on 29 March.
    const at = { now: new Date('2026-03-28T22:30:00Z'), timeZone: 'Europe/Berlin' };
    const next = (value: number, day: string) =>
      evaluate(
        { field: 'customFields.day', operator: 'within_next_days', value },
        scopeOf(day),
        at,
      );
    expect(next(1, '2026-03-29')).toBe(true);
    expect(next(1, '2026-03-30')).toBe(false);
    expect(next(2, '2026-03-30')).toBe(true);
  });
});

const fields = ['stageKey', 'title', 'tags', 'probability', 'valueMinor', 'closedAt', 'absent'];
const values = fc.oneof(
  fc.constantFrom<ComparedValue>('PROPOSAL', 'VIP', 20, true, '2026-03-01', ['VIP', 'x'], 7),
  fc.record({ amountMinor: fc.nat(), currency: fc.constantFrom('USD', 'EUR') }),
);
const comparisons: fc.Arbitrary<Condition> = fc.record({
  field: fc.constantFrom(...fields, ...fields.map((field) => `before.${field}`)),
  operator: fc.constantFrom(...operators.map(({ name }) => name)),
  value: values,
});
const conditions = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparisons,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ not: tie('condition') }),
  ),
})).condition;
const scopes = fc.constantFrom<EvaluationScope>(
  scope,
  { ...scope, before: undefined },
  { ...scope, after: undefined },
  { ...scope, before: after, after: before },
);
const is = (condition: Condition, on: EvaluationScope) => evaluate(condition, on, clock);
const lists = fc.array(conditions, { minLength: 1, maxLength: 5 });

describe('conditions', () => {
  it('obey de Morgan', () => {
    fc.assert(
      fc.property(lists, scopes, (parts, on) => {
        const not = parts.map((part) => ({ not: part }));
        expect(is({ not: { all: parts } }, on)).toBe(is({ any: not }, on));
        expect(is({ not: { any: parts } }, on)).toBe(is({ all: not }, on));
      }),
    );
  });

  it('are themselves when denied twice', () => {
    fc.assert(
      fc.property(conditions, scopes, (condition, on) => {
        expect(is({ not: { not: condition } }, on)).toBe(is(condition, on));
        expect(is({ not: condition }, on)).toBe(!is(condition, on));
      }),
    );
  });

  it('do not depend on the order of their parts', () => {
    fc.assert(
      fc.property(lists, fc.infiniteStream(fc.nat()), scopes, (parts, keys, on) => {
        const shuffled = parts
          .map((part) => ({ part, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ part }) => part);
        expect(is({ all: shuffled }, on)).toBe(is({ all: parts }, on));
        expect(is({ any: shuffled }, on)).toBe(is({ any: parts }, on));
      }),
    );
  });

  it('give the same answer again', () => {
    fc.assert(
      fc.property(conditions, scopes, (condition, on) => {
        expect(is(structuredClone(condition), structuredClone(on))).toBe(is(condition, on));
      }),
    );
  });

  it.each([
    ['equals', 'not_equals'],
    ['in', 'not_in'],
    ['contains', 'not_contains'],
    ['contains_any', 'contains_none'],
    ['is_empty', 'is_not_empty'],
    ['changed', 'not_changed'],
  ])('%s holds exactly where %s does not', (operator, opposite) => {
    fc.assert(
      fc.property(comparisons, scopes, (comparison, on) => {
        const { field, value } = comparison as { field: string; value: ComparedValue };
        const [one, other] = [operator, opposite].map((name) =>
          is({ field, operator: name, value }, on),
        );
        expect(one).toBe(!other);
      }),
    );
  });
});
