import type { Stored } from '../../platform/collection.ts';
import { type Change, firstVersion } from '../../platform/records.ts';
import type { Stage } from '../stages/stages.schema.ts';
import { enterStage, participantsOf } from './deals.policy.ts';
import type { Deal, DealContact } from './deals.schema.ts';
import { dealTokens } from './deals.search.ts';

/** A deal with everything it refers to looked up and checked. */
export interface ResolvedDeal {
  readonly title: string;
  readonly valueMinor: number;
  readonly currency: string;
  readonly stage: Stored<Stage>;
  readonly owner: { readonly id: string; readonly teamId: string | null };
  readonly probability?: number | undefined;
  readonly contacts?: readonly DealContact[] | undefined;
  readonly companyId?: string | null | undefined;
  readonly expectedCloseDate?: Date | null | undefined;
  /** When it was won or lost, for a deal that was so before it came here; now unless given. */
  readonly closedAt?: Date | undefined;
  readonly lostReason?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly customFields?: Deal['customFields'] | undefined;
  readonly externalIds?: Deal['externalIds'] | undefined;
}

/** The first version of a deal, whose owner has the whole of it. */
export function buildDeal(input: ResolvedDeal, change: Change): Deal {
  const { owner, stage, contacts = [] } = input;
  const splits = [{ uid: owner.id, shareBps: 10_000 }];
  const entered = enterStage(stage, input.probability, change.now);
  return {
    ...firstVersion(change),
    ...entered,
    closedAt: entered.closedAt === null ? null : (input.closedAt ?? entered.closedAt),
    ownerId: owner.id,
    teamId: owner.teamId,
    participantIds: participantsOf(owner.id, splits),
    title: input.title,
    valueMinor: input.valueMinor,
    currency: input.currency,
    splits,
    termsId: null,
    paidMinor: 0,
    refundedMinor: 0,
    restatement: null,
    contactIds: contacts.map(({ id }) => id),
    contacts: [...contacts],
    companyId: input.companyId ?? null,
    expectedCloseDate: input.expectedCloseDate ?? null,
    lostReason: stage.kind === 'lost' ? (input.lostReason ?? null) : null,
    description: input.description ?? null,
    tags: [...(input.tags ?? [])],
    customFields: input.customFields ?? {},
    externalIds: [...(input.externalIds ?? [])],
    searchTokens: dealTokens(input.title),
    deletedAt: null,
  };
}
