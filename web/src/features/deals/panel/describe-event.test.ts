import { describe, expect, it } from '@jest/globals';
import type { Event } from '@splitline/functions/contracts';
import { currenciesAfter, describeEvent } from './describe-event.ts';

const words = {
  personOf: (uid: string) => ({ ada: 'Ada Adler', bo: 'Bo Berg' })[uid] ?? 'Somebody',
  stageOf: (stageId: string) =>
    ({ intake: 'Lead', proposal: 'Proposal', won: 'Won' })[stageId] ?? 'a removed stage',
  locale: 'en-US',
};

function buildEvent(fields: Partial<Event>): Event {
  return {
    ownerId: 'ada',
    teamId: null,
    participantIds: ['ada'],
    recordType: 'deal',
    recordId: 'deal-1',
    version: 2,
    types: ['deal.updated'],
    actor: 'ada',
    at: new Date('2026-01-05T09:00:00Z'),
    before: {},
    after: {},
    cause: null,
    recovered: false,
    digest: '',
    ...fields,
  };
}

const sentences: readonly [string, Partial<Event>, string][] = [
  [
    'a payment and a refund',
    {
      before: { paidMinor: 0, refundedMinor: 0 },
      after: { paidMinor: 1_500_000, refundedMinor: 50_050 },
    },
    'Ada Adler noted €15,000 paid by the customer and noted €500.50 paid back to the customer.',
  ],
  [
    'a restatement',
    {
      types: ['deal.restated', 'deal.split_changed'],
      before: { splits: [], restatement: null },
      after: { splits: [], restatement: { reason: 'Bo closed it', dealVersion: 4 } },
    },
    'Ada Adler changed how the commission is split and restated what it earns: “Bo closed it”.',
  ],
  [
    'terms that come with a win',
    {
      types: ['deal.won', 'deal.stage_changed'],
      before: { stageId: 'proposal', termsId: null },
      after: { stageId: 'won', termsId: 'deal-1_2' },
    },
    'Ada Adler won the deal and moved it from Proposal to Won.',
  ],
  [
    'a new deal',
    {
      types: ['deal.created'],
      after: { stageId: 'intake', valueMinor: 1_500_000, currency: 'USD', title: 'Relaunch' },
    },
    'Ada Adler created the deal in Lead, worth $15,000.',
  ],
  [
    'a move, whose new probability goes without saying',
    {
      types: ['deal.stage_changed'],
      before: { stageId: 'intake', probability: 10 },
      after: { stageId: 'proposal', probability: 50 },
    },
    'Ada Adler moved it from Lead to Proposal.',
  ],
  [
    'a win',
    {
      types: ['deal.won', 'deal.stage_changed'],
      actor: 'bo',
      before: { stageId: 'proposal' },
      after: { stageId: 'won' },
    },
    'Bo Berg won the deal and moved it from Proposal to Won.',
  ],
  [
    'a loss with its reason',
    {
      types: ['deal.lost', 'deal.stage_changed'],
      before: { stageId: 'proposal', lostReason: null },
      after: { stageId: 'intake', lostReason: 'Too expensive' },
    },
    'Ada Adler lost the deal, moved it from Proposal to Lead and gave “Too expensive” as the reason.',
  ],
  [
    'a deletion',
    { types: ['deal.deleted'], before: { deletedAt: null }, after: { deletedAt: new Date(0) } },
    'Ada Adler deleted the deal.',
  ],
  [
    'a stage that is gone',
    { types: ['deal.stage_changed'], before: { stageId: 'x' }, after: { stageId: 'won' } },
    'Ada Adler moved it from a removed stage to Won.',
  ],
  [
    'a value in the currency of the deal',
    {
      types: ['deal.value_changed'],
      before: { valueMinor: 100 },
      after: { valueMinor: 250 },
    },
    'Ada Adler changed the value from €1 to €2.50.',
  ],
  [
    'a value together with its currency',
    {
      types: ['deal.value_changed'],
      before: { valueMinor: 100, currency: 'USD' },
      after: { valueMinor: 250, currency: 'EUR' },
    },
    'Ada Adler changed the value from $1 to €2.50.',
  ],
  [
    'a currency alone',
    {
      types: ['deal.value_changed'],
      before: { currency: 'USD' },
      after: { currency: 'EUR' },
    },
    'Ada Adler changed the currency from USD to EUR.',
  ],
  [
    'a new owner, with the split that comes with it',
    {
      types: ['deal.reassigned'],
      before: { ownerId: 'ada', splits: [] },
      after: { ownerId: 'bo', splits: [] },
    },
    'Ada Adler handed it from Ada Adler to Bo Berg.',
  ],
  [
    'several changes at once',
    {
      before: { title: 'Old', probability: 10, expectedCloseDate: null },
      after: {
        title: 'New',
        probability: 20,
        expectedCloseDate: new Date('2026-02-01T00:00:00Z'),
      },
    },
    'Ada Adler renamed it from “Old” to “New”, changed the expected close from no date to Feb 1, 2026 and changed the probability from 10% to 20%.',
  ],
  [
    'a change of a field we have no words for, by somebody unknown',
    { actor: 'job', before: { mood: 1 }, after: { mood: 2 } },
    'Somebody changed the deal.',
  ],
];

describe('describeEvent', () => {
  it.each(sentences)('tells of %s', (_what, fields, sentence) => {
    expect(describeEvent(buildEvent(fields), 'EUR', words)).toBe(sentence);
  });
});

describe('currenciesAfter', () => {
  it('follows the changes of currency from the newest event back', () => {
    const events = [
      buildEvent({ version: 3 }),
      buildEvent({ version: 2, before: { currency: 'USD' }, after: { currency: 'EUR' } }),
      buildEvent({ version: 1 }),
    ];
    expect(currenciesAfter(events, 'EUR')).toEqual(['EUR', 'EUR', 'USD']);
  });
});
