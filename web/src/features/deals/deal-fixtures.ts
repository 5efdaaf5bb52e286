import type { Deal, Stage } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';

const at = new Date('2026-01-05T09:00:00Z');
const bookkeeping = {
  version: 1,
  createdAt: at,
  createdBy: 'ada',
  updatedAt: at,
  updatedBy: 'ada',
  cause: null,
};

/** A deal as tests need it. */
export function buildDeal(fields: Partial<Stored<Deal>> = {}): Stored<Deal> {
  return {
    ...bookkeeping,
    id: 'deal-1',
    ownerId: 'ada',
    teamId: null,
    participantIds: ['ada'],
    title: 'Website relaunch',
    valueMinor: 1_500_000,
    currency: 'USD',
    stageId: 'intake',
    stageKind: 'open',
    stageKey: 'LEAD',
    probability: 10,
    splits: [{ uid: 'ada', shareBps: 10_000 }],
    termsId: null,
    paidMinor: 0,
    refundedMinor: 0,
    restatement: null,
    contactIds: [],
    contacts: [],
    companyId: null,
    expectedCloseDate: null,
    closedAt: null,
    lostReason: null,
    description: null,
    tags: [],
    customFields: {},
    externalIds: [],
    searchTokens: [],
    deletedAt: null,
    ...fields,
  };
}

/** A stage as tests need it. */
export function buildStage(fields: Partial<Stored<Stage>> = {}): Stored<Stage> {
  return {
    ...bookkeeping,
    id: 'intake',
    name: 'Lead',
    kind: 'open',
    sortOrder: 0,
    defaultProbability: 10,
    colour: 'slate',
    systemKey: 'LEAD',
    closing: null,
    requiresDealFields: false,
    deletedAt: null,
    ...fields,
  };
}
