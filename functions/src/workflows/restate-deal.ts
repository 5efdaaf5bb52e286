import { isDeepStrictEqual } from 'node:util';
import { isAllowed, requireAccess } from '../modules/access/access.public.ts';
import { deals, participantsOf } from '../modules/deals/deals.public.ts';
import type { Deal } from '../modules/deals/deals.schema.ts';
import { type RestatedEarning, restatedEarnings } from '../modules/earnings/earnings.public.ts';
import type {
  PreviewRestatement,
  Restatement,
  RestatementView,
} from '../modules/earnings/restatements.schema.ts';
import { drawUpTerms, terms } from '../modules/plans/plans.public.ts';
import type { Terms } from '../modules/plans/plans.schema.ts';
import { users } from '../modules/users/users.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { digestOf } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { getPresent, requireVersion, updateRecord } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

/**
 * What a restatement would change, for whoever may make it. Billed: the deal, its terms, the plan
 * book, the people with a split and, with `repin`, the managers of the team.
 * @throws AppError as `restateDeal`, but for `version` and `previewDigest`
 */
export async function previewRestatement(
  ctx: Caller,
  dealId: string,
  input: PreviewRestatement,
): Promise<RestatementView> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const deal = await getRestatable(unit, ctx.principal, dealId);
  return (await draw(unit, ctx, deal, input)).view;
}

/**
 * Restates a won deal: new splits, terms chosen anew, or both, as one change of the deal. What
 * people gain and lose is posted with the event of that change; what was posted stays. Without
 * `repin`, whoever had a part stays on the plan pinned at the win, and somebody new gets the one that
 * was in force then. For whoever may assign the deal and see the earnings of everybody it changes,
 * and for nobody who gains by it: that takes somebody else, administrators included. Two writes.
 * @throws AppError not-found, permission-denied, conflict (version, previewDigest),
 * failed-precondition (not won, nothing to change), invalid-argument (splits)
 */
export function restateDeal(
  ctx: Caller,
  dealId: string,
  input: Restatement,
): Promise<RestatementView> {
  return runUnitOfWork(ctx, ctx.principal.orgId, (unit) =>
    addRestatement(unit, ctx, dealId, input),
  );
}

/** Adds a restatement to a unit of work; see `restateDeal`. */
export async function addRestatement(
  unit: UnitOfWork,
  ctx: Caller,
  dealId: string,
  { version, previewDigest, reason, ...change }: Restatement,
): Promise<RestatementView> {
  const { principal, now } = ctx;
  const deal = await getRestatable(unit, principal, dealId);
  requireVersion(deal, version);
  const { after, pinned, view } = await draw(unit, ctx, deal, change);
  if (previewDigest !== undefined && previewDigest !== view.previewDigest) throw outdated();
  if (pinned !== undefined && after.termsId !== null) unit.create(terms, after.termsId, pinned);
  const { splits, participantIds, termsId } = after;
  const restatement = { reason, dealVersion: deal.version + 1 };
  const patch = { splits, participantIds, termsId, restatement };
  updateRecord(unit, deals, deal, patch, { actor: principal.uid, now });
  return view;
}

async function getRestatable(
  unit: UnitOfWork,
  principal: Principal,
  dealId: string,
): Promise<Stored<Deal>> {
  const deal = await getPresent(unit, deals, dealId);
  requireAccess(principal, 'assign', 'deal', deal);
  if (principal.kind !== 'user') {
    throw new AppError('permission-denied', 'Only a person can restate a deal, not an API key');
  }
  if (deal.stageKind === 'won') return deal;
  throw new AppError(
    'failed-precondition',
    'The deal is not won, so nothing is earned that could be restated; change its splits instead',
  );
}

interface Drawn {
  readonly after: Deal;
  readonly pinned: Terms | undefined;
  readonly view: RestatementView;
}

/** Works a restatement out and refuses it where it must not be made; writes nothing. */
async function draw(
  unit: UnitOfWork,
  { principal, now }: Caller,
  deal: Stored<Deal>,
  { splits = deal.splits, repin }: PreviewRestatement,
): Promise<Drawn> {
  const [before] = await Promise.all([
    deal.termsId === null ? undefined : unit.get(terms, deal.termsId),
    requireActiveNewcomers(unit, deal, splits),
  ]);
  const { ownerId, teamId, currency, version } = deal;
  const wonAt = before?.wonAt ?? deal.closedAt ?? now;
  const pinned = await drawUpTerms(
    unit,
    { id: deal.id, version: version + 1, wonAt, ownerId, teamId, currency, splits },
    repin ? undefined : { terms: before, payeeIds: deal.splits.map(({ uid }) => uid) },
  );
  const after: Deal = {
    ...deal,
    ...{ splits, participantIds: participantsOf(ownerId, splits) },
    termsId: pinned === undefined ? null : `${deal.id}_${version + 1}`,
  };
  const earnings = restatedEarnings({ deal, terms: before }, { deal: after, terms: pinned });
  if (earnings.length === 0 && isDeepStrictEqual(splits, deal.splits)) throw nothingToChange();
  requireOthersGain(principal, earnings);
  return { after, pinned, view: viewOf(deal, splits, earnings) };
}

function viewOf(
  { id: dealId, version }: Stored<Deal>,
  splits: Deal['splits'],
  earnings: readonly RestatedEarning[],
): RestatementView {
  const lines = earnings.map(({ line }) => line);
  return { dealId, version, lines, previewDigest: digestOf({ dealId, version, splits, lines }) };
}

/** Whoever has a part already keeps it although they have left; nobody who has left gets a new one. */
async function requireActiveNewcomers(
  unit: UnitOfWork,
  deal: Deal,
  splits: Deal['splits'],
): Promise<void> {
  const had = new Set(deal.splits.map(({ uid }) => uid));
  const newcomers = splits.map(({ uid }) => uid).filter((uid) => !had.has(uid));
  const people = await unit.findMany(users, newcomers);
  const unknown = newcomers.find((uid) => !people.get(uid)?.active);
  if (unknown === undefined) return;
  throw new AppError(
    'invalid-argument',
    `splits: there is no active user '${unknown}'; give the id of a member of your organisation`,
    { field: 'splits' },
  );
}

function requireOthersGain(principal: Principal, earnings: readonly RestatedEarning[]): void {
  for (const { line, teamId } of earnings) {
    const audience = { ownerId: line.payeeId, teamId, participantIds: [line.payeeId] };
    if (!isAllowed(principal, 'read', 'ledger', audience)) {
      throw new AppError(
        'permission-denied',
        'This would change what people earn whose teams you do not manage; ask an administrator',
      );
    }
  }
  if (!gains(principal.uid, earnings)) return;
  throw new AppError(
    'permission-denied',
    'Nobody restates a deal in their own favour; ask another administrator or manager to do it',
  );
}

function gains(uid: string, earnings: readonly RestatedEarning[]): boolean {
  const own = earnings.filter(({ line }) => line.payeeId === uid);
  const amountMinor = own.reduce((sum, { line }) => sum + line.delta.amountMinor, 0);
  const basisMinor = own.reduce((sum, { tieredBasisMinor }) => sum + tieredBasisMinor, 0);
  return amountMinor > 0 || basisMinor > 0;
}

function nothingToChange(): AppError {
  return new AppError(
    'failed-precondition',
    'The restatement changes nothing: splits and terms would be the same',
  );
}

function outdated(): AppError {
  return new AppError(
    'conflict',
    'previewDigest: the plans have changed since the preview; look at a new preview first',
    { field: 'previewDigest' },
  );
}
