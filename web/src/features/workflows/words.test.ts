import { describe, expect, it } from '@jest/globals';
import type { Kit } from './kit.ts';
import { recordTypesOf, subjectsOf } from './kit.ts';
import { stepSummary } from './step-words.ts';
import {
  conditionWords,
  contractTriggerName,
  cronWords,
  duration,
  eventName,
  triggerWords,
} from './words.ts';

const operator = (name: string, label: string) => ({
  ...{ name, label, fieldTypes: ['money'], takes: 'value' as const },
});
const kit: Kit = {
  catalogue: {
    events: [
      { type: 'deal.won', subjects: ['deal'] },
      { type: 'note.created', subjects: ['deal', 'contact'] },
    ],
    operators: [
      operator('at_least', 'is at least'),
      operator('within', 'is from … to …'),
      operator('equals', 'is'),
    ],
    fields: {
      deal: [
        { field: 'valueMinor', label: 'Value', type: 'money' },
        { field: 'ownerId', label: 'Owner', type: 'user' },
        { field: 'closedAt', label: 'Closed at', type: 'instant' },
      ],
    },
    mergeFields: {},
    actions: [],
  },
  ...{ stages: [], people: [], teams: [{ id: 't', name: 'East' }], currency: 'USD' },
};

describe('what starts a workflow', () => {
  it.each([
    [{ kind: 'event', types: ['deal.won', 'deal.lost'] }, 'Deal won or Deal lost'],
    [{ kind: 'event', types: ['deal.*'], tag: 'VIP' }, 'Anything about a deal “VIP”'],
    [{ kind: 'stalled', days: 14 }, 'A deal has not moved for 2 weeks'],
    [{ kind: 'appointment_soon', minutesBefore: 90 }, '90 minutes before an appointment'],
    [{ kind: 'manual', recordType: 'company' }, 'By hand, on a company'],
    [
      { kind: 'schedule', cron: '0 9 * * 1-5', recordType: 'lead' },
      'Monday to Friday at 09:00, for each lead',
    ],
  ] as const)('%j reads %s', (trigger, words) => {
    const given = 'types' in trigger ? { ...trigger, types: [...trigger.types] } : trigger;
    expect(triggerWords(given, kit)).toBe(words);
  });

  it('reads in lists as well', () => {
    expect(contractTriggerName('DEAL_STAGE_CHANGED,TAG_ADDED')).toBe(
      'Deal stage changed or tag added',
    );
    expect(contractTriggerName('STALLED')).toBe('A deal has not moved');
    expect(eventName('custom.signed')).toBe('Reported event “signed”');
  });

  it('says which records it is about', () => {
    const event = (...types: string[]) => ({ kind: 'event', types });
    expect(recordTypesOf(kit.catalogue, event('note.created'))).toEqual(['note']);
    expect(subjectsOf(kit.catalogue, event('note.created'))).toEqual(['deal', 'contact']);
    expect(subjectsOf(kit.catalogue, event('custom.x'))).toHaveLength(4);
    expect(subjectsOf(kit.catalogue, { kind: 'appointment_soon' })).toEqual([]);
  });
});

describe('times', () => {
  it.each([
    ['30 8 * * *', 'Every day at 08:30'],
    ['0 7 1 * *', 'On day 1 of every month at 07:00'],
    ['0 7 * * 3', 'Every Wednesday at 07:00'],
    ['*/5 * * * *', 'At the times of “*/5 * * * *”'],
  ])('%s is %s', (cron, words) => expect(cronWords(cron)).toBe(words));

  it.each([
    [1, '1 minute'],
    [90, '90 minutes'],
    [120, '2 hours'],
    [1440, '1 day'],
  ])('%d minutes are %s', (minutes, words) => expect(duration(minutes)).toBe(words));
});

describe('conditions', () => {
  it('name fields and values as people do', () => {
    const money = { amountMinor: 100_000, currency: 'USD' };
    const atLeast = { field: 'before.valueMinor', operator: 'at_least', value: money };
    const within = {
      ...{ field: 'closedAt', operator: 'within' },
      value: { from: '2026-01-01', to: '2026-02-01' },
    };
    expect(conditionWords({ all: [atLeast, { not: within }] }, kit, ['deal'])).toEqual({
      text: 'All of these',
      parts: [
        { text: 'Value before is at least $1,000', parts: [] },
        {
          text: 'These are not so',
          parts: [{ text: 'Closed at is from 2026-01-01 to 2026-02-01', parts: [] }],
        },
      ],
    });
  });

  it('leave a group of one out, and say who has left', () => {
    const owner = { field: 'ownerId', operator: 'equals', value: 'gone' };
    expect(conditionWords({ any: [owner] }, kit, ['deal'])).toEqual({
      ...{ text: 'Owner is somebody who left', parts: [] },
    });
  });
});

describe('steps', () => {
  it('say what they do in a few words', () => {
    const summary = (step: Parameters<typeof stepSummary>[0]) => stepSummary(step, kit, ['deal']);
    expect(
      summary({ id: 'a', type: 'WAIT', config: { untilField: 'closedAt', offsetMinutes: -60 } }),
    ).toBe('Until 1 hour before Closed at');
    expect(
      summary({ id: 'a', type: 'ASSIGN', config: { strategy: 'roundRobin', teamId: 't' } }),
    ).toBe('In turn to the team East');
    expect(
      summary({
        ...{ id: 'a', type: 'UPDATE_FIELDS' },
        config: { fields: { value: { amountMinor: 500, currency: 'USD' } } },
      }),
    ).toBe('Value to $5');
    expect(
      summary({ id: 'a', type: 'NOTIFY', config: { owner: true, roles: ['manager'], title: 'T' } }),
    ).toBe('The owner and managers: “T”');
  });
});
