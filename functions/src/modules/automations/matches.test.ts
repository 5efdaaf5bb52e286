import { describe, expect, it } from '@jest/globals';
import type { EventContent } from '../events/events.schema.ts';
import type { Trigger } from './automations.schema.ts';
import type { Condition } from './conditions.schema.ts';
import { matches } from './matches.ts';

const now = new Date('2026-03-01T12:00:00Z');
const clock = { now, timeZone: 'UTC' };
const event = (...types: string[]): EventContent => ({
  ...{ ownerId: 'u1', teamId: null, participantIds: [], recordType: 'deal', recordId: 'd1' },
  ...{ version: 2, types, actor: 'u1', at: now, before: {}, after: {} },
  ...{ cause: null, recovered: false },
});
const deal = (fields: object) => ({ stageId: 's1', stageKey: 'LEAD', tags: ['a'], ...fields });
const moved = {
  event: event('deal.stage_changed', 'deal.tag_added'),
  before: deal({}),
  after: deal({ stageId: 's2', stageKey: 'PROPOSAL', tags: ['a', 'VIP'] }),
};
const on = (more: object = {}): Trigger => ({
  ...{ kind: 'event', types: ['deal.stage_changed'] },
  ...more,
});
const starts = (trigger: Trigger, condition: Condition | null = null, happening = moved) =>
  matches({ trigger, condition }, happening, clock);

describe('a trigger', () => {
  it.each<[string, object, boolean]>([
    ['its type', {}, true],
    ['another type', { types: ['deal.won'] }, false],
    ['all types of deals', { types: ['deal.*'] }, true],
    ['the stage it left, by key', { stageFrom: ['LEAD'] }, true],
    ['the stage it left, by id', { stageFrom: ['s1'] }, true],
    ['another stage it left', { stageFrom: ['PROPOSAL'] }, false],
    ['the stages from and to', { stageFrom: ['s1'], stageTo: ['s3', 's2'] }, true],
    ['another stage it entered', { stageTo: ['CLOSED_WON'] }, false],
    ['a field that changed', { field: 'stageKey' }, true],
    ['a field that did not', { field: 'ownerId' }, false],
    ['the tag that was added', { tag: 'VIP' }, true],
    ['a tag that was there', { tag: 'a' }, false],
  ])('hears %s', (_, more, expected) => {
    expect(starts(on(more))).toBe(expected);
  });

  it('hears that a new record entered its stage', () => {
    const made = { ...moved, before: undefined };
    const entered = matches({ trigger: on({ stageTo: ['s2'] }), condition: null }, made, clock);
    const left = matches({ trigger: on({ stageFrom: ['s2'] }), condition: null }, made, clock);
    expect([entered, left]).toEqual([true, false]);
  });

  it('hears no stage that did not change', () => {
    const still = { ...moved, before: moved.after };
    expect(starts(on({ stageTo: ['s2'] }), null, still)).toBe(false);
  });

  it('of another kind hears nothing', () => {
    expect(starts({ kind: 'manual', recordType: 'deal' })).toBe(false);
    expect(starts({ kind: 'stalled', days: 1 })).toBe(false);
  });
});

describe('a condition', () => {
  it('must hold', () => {
    expect(starts(on(), { field: 'stageKey', operator: 'equals', value: 'PROPOSAL' })).toBe(true);
    expect(starts(on(), { field: 'stageKey', operator: 'equals', value: 'LEAD' })).toBe(false);
  });

  it('is not guessed at where nothing is known of the record', () => {
    const unknown = { event: event('deal.stage_changed'), before: undefined, after: undefined };
    const empty: Condition = { field: 'companyId', operator: 'is_empty' };
    expect(matches({ trigger: on(), condition: empty }, unknown, clock)).toBe(false);
    expect(matches({ trigger: on(), condition: null }, unknown, clock)).toBe(true);
  });

  it('asks for what a removed record was', () => {
    const gone = { event: event('deal.purged'), before: moved.after, after: undefined };
    const rule = {
      trigger: on({ types: ['deal.purged'] }),
      condition: { field: 'tags', operator: 'contains', value: 'VIP' },
    };
    expect(matches(rule, gone, clock)).toBe(true);
  });
});
