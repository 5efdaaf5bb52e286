import { isDeepStrictEqual } from 'node:util';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { changeRecord, getPresent, type Patch, requireVersion } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, requireAccess } from '../access/access.public.ts';
import { validateCustomFields } from '../fields/fields.public.ts';
import { pinTerms } from '../plans/plans.public.ts';
import { findStageByRef, requireTakesDeals } from '../stages/stages.public.ts';
import { users } from '../users/users.public.ts';
import { changeDealClaims } from './deals.claims.ts';
import { getDealContacts, requireCompany } from './deals.links.ts';
import {
  enterStage,
  lostReasonIn,
  operationsOf,
  participantsOf,
  requireNotPast,
  requireSplittable,
  splitsAfterHandOver,
  valueInMinorUnits,
} from './deals.policy.ts';
import { deals } from './deals.repository.ts';
import type { Deal, DealChange, MoveDeal, UpdateDeal } from './deals.schema.ts';
import { dealTokens } from './deals.search.ts';

type Caller = Context<Principal>;
type DealPatch = Patch<Deal>;

/**
 * Changes a deal; a change that leaves everything as it is makes no event. What each field needs is
 * in `fieldOperations`. Billed: the deal, and the stage, people, contacts, company, external ids
 * and field definitions that are newly named; one write. A deal that is won is also billed for its
 * terms (see `pinTerms`).
 * @throws AppError not-found, permission-denied, conflict (version), failed-precondition (stage,
 * splits), already-exists (externalIds), invalid-argument
 */
export async function updateDeal(ctx: Caller, input: UpdateDeal): Promise<Stored<Deal>> {
  const { dealId, version, ...given } = input;
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    // Read beside the deal, but refused after it: whoever may not see the deal learns nothing.
    const [foundDeal, foundStage, foundPeople] = await Promise.allSettled([
      getPresent(unit, deals, dealId),
      given.stage === undefined ? undefined : findStageByRef(unit, given.stage),
      unit.findMany(users, peopleIn(given)),
    ]);
    const deal = settledValue(foundDeal);
    const change = withoutSameOwner(deal, given);
    for (const operation of operationsOf(change)) {
      requireAccess(principal, operation, 'deal', deal);
    }
    requireVersion(deal, version);
    const stage = settledValue(foundStage);
    const patch = {
      ...plainFields(deal, change, now),
      ...stageFields(deal, change, stage, now),
      ...ownership(principal, deal, change, settledValue(foundPeople)),
      ...(await lookedUpFields(ctx, unit, deal, change)),
    };
    const won = await termsOnWinning(unit, deal, { ...deal, ...defined(patch) }, now);
    return changeRecord(unit, deals, deal, { ...patch, ...won }, { actor: principal.uid, now });
  });
}

/**
 * Moves a deal to another stage. A move to the stage and probability it already has changes
 * nothing and makes no event. Billed: two reads and one write in two round trips.
 * @throws AppError not-found, permission-denied, invalid-argument (stage, lostReason), conflict,
 * failed-precondition (stage)
 */
export function moveDealStage(ctx: Caller, move: MoveDeal): Promise<Stored<Deal>> {
  return updateDeal(ctx, move);
}

/** A deal that is won is won on the terms of that moment. */
async function termsOnWinning(
  unit: UnitOfWork,
  before: Stored<Deal>,
  after: Stored<Deal>,
  now: Date,
): Promise<Pick<Deal, 'termsId'> | undefined> {
  if (before.stageKind === 'won' || after.stageKind !== 'won') return undefined;
  const won = { ...after, version: before.version + 1, wonAt: after.closedAt ?? now };
  return { termsId: await pinTerms(unit, won) };
}

function peopleIn({ ownerId, splits = [] }: DealChange): string[] {
  return [...(ownerId === undefined ? [] : [ownerId]), ...splits.map(({ uid }) => uid)];
}

/** Naming the owner or the splits that a deal has already is no change, and needs no right to one. */
function withoutSameOwner(deal: Deal, { ownerId, splits, ...change }: DealChange): DealChange {
  const isSameOwner = ownerId === undefined || ownerId === deal.ownerId;
  const isSameSplits = splits === undefined || isDeepStrictEqual(splits, deal.splits);
  return {
    ...change,
    ...(isSameOwner ? {} : { ownerId }),
    ...(isSameSplits ? {} : { splits }),
  };
}

function plainFields(deal: Deal, change: DealChange, now: Date): DealPatch {
  const { title, value, expectedCloseDate, description, companyId, tags, externalIds } = change;
  if (!isDeepStrictEqual(expectedCloseDate, deal.expectedCloseDate)) {
    requireNotPast(expectedCloseDate ?? null, now);
  }
  const currency = value?.currency ?? deal.currency;
  return {
    ...defined({ title, expectedCloseDate, description, companyId, tags, externalIds }),
    ...(title === undefined ? {} : { searchTokens: dealTokens(title) }),
    ...(value === undefined ? {} : { currency, valueMinor: valueInMinorUnits(value, currency) }),
  };
}

function stageFields(
  deal: Deal,
  { stage: stageRef, probability, lostReason }: DealChange,
  stage: Parameters<typeof requireTakesDeals>[0],
  now: Date,
): DealPatch {
  if (stageRef === undefined) {
    const reason = lostReasonIn(deal.stageKind, lostReason, deal.lostReason);
    return { lostReason: reason, ...defined({ probability }) };
  }
  const entered =
    stage?.id === deal.stageId
      ? enterStage(stage, probability, now, deal)
      : enterStage(requireTakesDeals(stage, stageRef), probability, now, deal);
  return { ...entered, lostReason: lostReasonIn(entered.stageKind, lostReason, deal.lostReason) };
}

type People = ReadonlyMap<string, { readonly active: boolean; readonly teamId: string | null }>;

function ownership(
  caller: Principal,
  deal: Deal,
  { ownerId, splits }: DealChange,
  people: People,
): DealPatch {
  if (ownerId === undefined && splits === undefined) return {};
  if (splits !== undefined) requireSplittable(deal);
  const unknown = splits?.find(({ uid }) => !people.get(uid)?.active);
  if (unknown !== undefined) throw unknownMember('splits', unknown.uid);
  const owner = ownerId === undefined ? deal : people.get(ownerId);
  if (owner === undefined || ('active' in owner && !owner.active)) {
    throw unknownMember('ownerId', ownerId ?? '');
  }
  const nextOwnerId = ownerId ?? deal.ownerId;
  const nextSplits = splits ?? splitsAfterHandOver(deal, nextOwnerId);
  const audience = {
    ownerId: nextOwnerId,
    teamId: owner.teamId,
    participantIds: participantsOf(nextOwnerId, nextSplits),
  };
  if (ownerId !== undefined && !isAllowed(caller, 'assign', 'deal', audience)) {
    throw new AppError(
      'permission-denied',
      'ownerId: you can hand a deal to people of the teams you manage; ask an administrator',
      { field: 'ownerId' },
    );
  }
  return { ...audience, splits: nextSplits };
}

function unknownMember(field: string, uid: string): AppError {
  return new AppError(
    'invalid-argument',
    `${field}: there is no active user '${uid}'; give the id of a member of your organisation`,
    { field },
  );
}

async function lookedUpFields(
  ctx: Caller,
  unit: UnitOfWork,
  deal: Stored<Deal>,
  { contactIds, companyId, customFields, externalIds }: DealChange,
): Promise<DealPatch> {
  const [contacts, fields] = await Promise.all([
    contactIds && getDealContacts(unit, ctx.principal, contactIds, deal.contacts),
    validateCustomFields(unit, ctx, 'deal', {
      ...{ current: deal.customFields, given: customFields, unknownFields: 'define' },
    }),
    requireCompany(unit, ctx.principal, companyId, deal),
    externalIds && changeDealClaims(unit, deal.id, deal.externalIds, externalIds),
  ]);
  return {
    customFields: fields,
    ...(contacts === undefined ? {} : { contacts, contactIds: contacts.map(({ id }) => id) }),
  };
}

function settledValue<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
