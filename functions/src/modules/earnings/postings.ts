import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../events/events.schema.ts';
import type { NewEntry } from '../ledger/ledger.public.ts';
import type { LedgerEntry, Reason } from '../ledger/ledger.schema.ts';
import type { Terms } from '../plans/plans.schema.ts';
import { type Earning, type EarningDeal, isEarning, targetOf } from './target.ts';

/** One state of a deal with the terms it refers to, if any. */
export interface EarningState {
  readonly deal: (EarningDeal & { readonly title?: string }) | undefined;
  readonly terms: Terms | undefined;
}

/** An entry with the id that follows from the event, the payee and the component. */
export interface Posting {
  readonly id: string;
  readonly entry: NewEntry;
}

/** What one payee earns by one component in one currency, now and more or less than before. */
interface Delta {
  readonly earning: Earning;
  readonly amountMinor: number;
  readonly basisMinor: number;
}

type Cause = Pick<Event, 'recordId' | 'version' | 'actor' | 'at'>;

/**
 * The postings of one change of a deal: what it earns after the change less what it earned before.
 * Pure, with ids that follow from the event, so that the order and number of deliveries change
 * nothing, and the sum of all postings is the target of the latest state.
 */
export function postingsOf(
  cause: Cause,
  before: EarningState,
  after: EarningState,
  postedAt: Date,
): Posting[] {
  const target = targetOf(after.deal, after.terms);
  const earned = targetOf(before.deal, before.terms);
  const isRestated = earned.length > 0 && isRestatement(before.deal, after.deal);
  const dealTitle = after.deal?.title ?? before.deal?.title ?? null;
  return deltasOf(earned, target).map((delta) =>
    toPosting(cause, delta, { reason: reasonFor(delta, isRestated), dealTitle, postedAt }),
  );
}

/**
 * The postings that bring what has been posted on a deal to the target of its present state, as the
 * event of a recovered change.
 */
export function postingsToTarget(
  cause: Cause,
  now: EarningState,
  posted: readonly LedgerEntry[],
  postedAt: Date,
): Posting[] {
  const earned = posted.flatMap((entry) => earningOf(entry) ?? []);
  const dealTitle = now.deal?.title ?? null;
  return deltasOf(earned, targetOf(now.deal, now.terms)).map((delta) =>
    toPosting(cause, delta, { reason: reasonFor(delta, false), dealTitle, postedAt }),
  );
}

function earningOf(entry: LedgerEntry): Earning | undefined {
  const { ownerId: uid, teamId, component, currency, basisMinor, planKey, isTiered } = entry;
  const { termsId, wonAt } = entry;
  if (component === null || planKey === null || termsId === null || wonAt === null)
    return undefined;
  return {
    ...{ uid, teamId, component, currency, amountMinor: -entry.expenseMinor, basisMinor },
    ...{ planKey, hasTiers: isTiered, termsId, wonAt },
  };
}

/** True when a won deal goes on earning on other splits or terms than before. */
function isRestatement(before: EarningDeal | undefined, after: EarningDeal | undefined): boolean {
  if (before === undefined || after === undefined || !isEarning(after)) return false;
  return before.termsId !== after.termsId || !isDeepStrictEqual(before.splits, after.splits);
}

function reasonFor({ earning, amountMinor, basisMinor }: Delta, isRestated: boolean): Reason {
  if (isRestated) return 'restatement';
  if (amountMinor < 0 || (amountMinor === 0 && basisMinor < 0)) return 'clawback';
  return earning.component === 'override' ? 'override' : 'earning';
}

/** What each payee earns more (or less) by `target` than by `earned`. */
function deltasOf(earned: readonly Earning[], target: readonly Earning[]): Delta[] {
  const deltas = new Map<string, Delta>();
  const add = (earning: Earning, sign: 1 | -1) => {
    const key = keyOf(earning);
    const known = deltas.get(key);
    deltas.set(key, {
      // The state after says by which plan it is now; what is taken back was on the plan before.
      earning,
      amountMinor: (known?.amountMinor ?? 0) + sign * earning.amountMinor,
      basisMinor: (known?.basisMinor ?? 0) + sign * earning.basisMinor,
    });
  };
  for (const earning of earned) add(earning, -1);
  for (const earning of target) add(earning, 1);
  return [...deltas.values()].filter(
    ({ amountMinor, basisMinor }) => amountMinor !== 0 || basisMinor !== 0,
  );
}

/** Another plan or another win is another line: what tiers count must not be mixed between them. */
function keyOf({ uid, component, currency, planKey, hasTiers, wonAt }: Earning): string {
  const counted = hasTiers ? ['tiers'] : [];
  return [uid, component, currency, planKey, wonAt.getTime(), ...counted].join('_');
}

function toPosting(
  { recordId, version, actor, at }: Cause,
  { earning, amountMinor, basisMinor }: Delta,
  { reason, dealTitle, postedAt }: { reason: Reason; dealTitle: string | null; postedAt: Date },
): Posting {
  const { uid, teamId, component, currency, planKey, hasTiers, termsId, wonAt } = earning;
  const eventId = `${recordId}_${version}`;
  return {
    id: [eventId, keyOf(earning)].join('_'),
    entry: {
      ...{ ownerId: uid, teamId, currency },
      reason,
      ...{ expenseMinor: -amountMinor, pendingMinor: amountMinor, basisMinor },
      ...{ component, dealId: recordId, dealVersion: version, dealTitle, eventId },
      ...{ termsId, planKey, isTiered: hasTiers, wonAt },
      ...{ actor, at, postedAt },
    },
  };
}
