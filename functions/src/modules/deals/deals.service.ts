import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { getPresent, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireAccess, requireCreate } from '../access/access.public.ts';
import { validateCustomFields } from '../fields/fields.public.ts';
import { getOrgCurrency } from '../orgs/orgs.public.ts';
import { pinTerms } from '../plans/plans.public.ts';
import { findStageByRef, requireTakesDeals } from '../stages/stages.public.ts';
import { INTAKE_STAGE_ID } from '../stages/stages.schema.ts';
import { getOwner } from '../users/users.public.ts';
import { buildDeal } from './build-deal.ts';
import { changeDealClaims } from './deals.claims.ts';
import { getDealContacts, requireCompany } from './deals.links.ts';
import { participantsOf, requireNotPast, valueInMinorUnits } from './deals.policy.ts';
import { planDealQuery } from './deals.queries.ts';
import { deals, selectDeals } from './deals.repository.ts';
import type { Deal, DealContact, ListDeals, NewDeal } from './deals.schema.ts';

type Caller = Context<Principal>;

/** How a deal comes in that was made elsewhere, before it came here. */
export interface NewDealOptions {
  /** The deal's id, when it must follow from where it comes from; if it is there already, it is the answer. */
  readonly id?: string;
  /** A deal with a past: its expected close may be over, and it may have been won or lost long ago. */
  readonly history?: { readonly closedAt: Date | undefined };
}

/**
 * Creates a deal. Billed: at most the reads of its stage, of the organisation when no currency is
 * given, of the owner when that is somebody else, and of each contact, company, external id and the
 * field definitions that are named; one write and one for each external id; for a deal that comes in
 * won, also its terms (see `pinTerms`). Whether there are required custom fields stands in the
 * stage. A deal that a client writes straight through the rules starts without custom fields.
 * @throws AppError invalid-argument (stage, value, expectedCloseDate, ownerId, contactIds,
 * companyId, customFields), already-exists (externalIds), failed-precondition (stage),
 * permission-denied
 */
export async function createDeal(
  ctx: Caller,
  input: NewDeal,
  { id, history }: NewDealOptions = {},
): Promise<Stored<Deal>> {
  const dealId = id ?? ctx.newId();
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const existing = id === undefined ? undefined : await unit.find(deals, id);
    return existing ?? addDeal(unit, ctx, dealId, input, { history });
  });
}

/** What a new deal belongs to that the same unit of work creates, so that no read can find it yet. */
interface NewLinks {
  readonly history?: NewDealOptions['history'] | undefined;
  readonly contacts?: readonly DealContact[];
  readonly companyId?: string | null;
}

/** Adds a new deal to a unit of work; see `createDeal`. At most one deal a unit. */
export async function addDeal(
  unit: UnitOfWork,
  ctx: Caller,
  dealId: string,
  input: NewDeal,
  { history, contacts: newContacts = [], companyId = null }: NewLinks = {},
): Promise<Stored<Deal>> {
  const { principal, now } = ctx;
  if (history === undefined) requireNotPast(input.expectedCloseDate ?? null, now);
  const stageRef = input.stage ?? INTAKE_STAGE_ID;
  const { customFields: given, externalIds = [] } = input;
  const customFieldsOf = (fields: NewDeal['customFields']) =>
    validateCustomFields(unit, ctx, 'deal', {
      ...{ current: undefined, given: fields },
      unknownFields: history === undefined ? 'define' : 'refuse',
    });
  const [foundStage, owner, currency, contacts, givenFields] = await Promise.all([
    findStageByRef(unit, stageRef),
    getOwner(unit, principal, input.ownerId ?? principal.uid),
    input.value.currency ?? getOrgCurrency(unit),
    getDealContacts(unit, principal, input.contactIds ?? [], newContacts),
    given && customFieldsOf(given),
    requireCompany(unit, principal, input.companyId, { companyId }),
    changeDealClaims(unit, dealId, [], externalIds),
  ]);
  requireCreate(principal, 'deal', {
    ...{ ownerId: owner.id, teamId: owner.teamId, participantIds: participantsOf(owner.id, []) },
  });
  const stage = requireTakesDeals(foundStage, stageRef);
  const customFields = givenFields ?? (stage.requiresDealFields ? await customFieldsOf({}) : {});
  const deal = buildDeal(
    {
      ...input,
      ...{ stage, owner, currency, contacts, customFields },
      valueMinor: valueInMinorUnits(input.value, currency),
      closedAt: history?.closedAt,
    },
    { actor: principal.uid, now },
  );
  const won = deal.stageKind === 'won' && { ...deal, id: dealId, wonAt: deal.closedAt ?? now };
  const termsId = won ? await pinTerms(unit, won) : null;
  return unit.create(deals, dealId, { ...deal, termsId });
}

/** The deal with this id. @throws AppError not-found */
export async function getDeal(ctx: Caller, dealId: string): Promise<Stored<Deal>> {
  const deal = await getPresent(openUnit(ctx, ctx.principal.orgId), deals, dealId);
  requireAccess(ctx.principal, 'read', 'deal', deal);
  return deal;
}

/** A page of deals. `total` counts all that were asked for; pages after a cursor save that read. */
export interface DealPage {
  readonly deals: Stored<Deal>[];
  readonly nextCursor: string | null;
  readonly total: number | undefined;
}

/** Numbered pages are billed for what they skip, so they end here; a cursor goes on. */
const MAX_SKIPPED = 10_000;

/**
 * A page of the deals visible to the caller, latest change first unless sorted otherwise. Billed:
 * one read a deal, and one for each thousand counted unless a cursor is given; a numbered page
 * also for the deals of the pages before it.
 * @throws AppError invalid-argument (cursor, page, or a filter that does not combine)
 */
export async function listDeals(ctx: Caller, input: ListDeals): Promise<DealPage> {
  const { cursor, page, limit } = input;
  const offset = offsetOf(input);
  const plan = planDealQuery(ctx.principal, input);
  const select = selectDeals(ctx.principal, plan);
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [{ records, nextCursor }, total] = await Promise.all([
    unit.page(deals, select, { order: plan.order, limit, cursor, offset }),
    cursor === undefined || page !== undefined ? unit.count(deals, select) : undefined,
  ]);
  return { deals: records, nextCursor, total };
}

function offsetOf({ page = 1, limit, cursor }: ListDeals): number {
  const offset = (page - 1) * limit;
  if (offset > 0 && cursor !== undefined) {
    throw new AppError('invalid-argument', 'page: give either a page or a cursor', {
      field: 'page',
    });
  }
  if (offset <= MAX_SKIPPED) return offset;
  throw new AppError(
    'invalid-argument',
    `page: numbered pages end after ${MAX_SKIPPED} deals; go on with cursor`,
    { field: 'page' },
  );
}

/**
 * Puts a deal into the bin, from where it can be restored for 30 days.
 * @throws AppError not-found, permission-denied, conflict
 */
export async function deleteDeal(
  ctx: Caller,
  { dealId }: { dealId: string },
): Promise<Stored<Deal>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const deal = await getPresent(unit, deals, dealId);
    requireAccess(principal, 'delete', 'deal', deal);
    return updateRecord(unit, deals, deal, { deletedAt: now }, { actor: principal.uid, now });
  });
}

/**
 * Takes a deal back out of the bin; one that is not in it stays as it is.
 * @throws AppError not-found, permission-denied, conflict
 */
export async function restoreDeal(
  ctx: Caller,
  { dealId }: { dealId: string },
): Promise<Stored<Deal>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const deal = await unit.get(deals, dealId);
    requireAccess(principal, 'delete', 'deal', deal);
    if (deal.deletedAt === null) return deal;
    return updateRecord(unit, deals, deal, { deletedAt: null }, { actor: principal.uid, now });
  });
}
