import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../events/events.schema.ts';
import type { NewEntry } from '../ledger/ledger.public.ts';
import type { LedgerEntry, Reason } from '../ledger/ledger.schema.ts';
import type { Terms } from '../plans/plans.schema.ts';
import { type Earning, type EarningDeal, isEarning, targetOf } from './target.ts';

/** One state of a deal with the terms it refers to, if any. */
export interface EarningState {
  readonly deal: EarningDeal | undefined;
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
  const terms = after.terms ?? before.terms;
  return deltasOf(earned, target).map((delta) =>
    toPosting(cause, delta, { reason: reasonFor(delta, isRestated), terms, postedAt }),
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
  return deltasOf(earned, targetOf(now.deal, now.terms)).map((delta) =>
    toPosting(cause, delta, { reason: reasonFor(delta, false), terms: now.terms, postedAt }),
  );
}

function earningOf(entry: LedgerEntry): Earning | undefined {
  const { ownerId: uid, teamId, component, currency, basisMinor, planKey, isTiered } = entry;
  if (component === null || planKey === null) return undefined;
  const amountMinor = -entry.expenseMinor;
  return { uid, teamId, component, currency, amountMinor, basisMinor, planKey, hasTiers: isTiered };
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
export function deltasOf(earned: readonly Earning[], target: readonly Earning[]): Delta[] {
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

/** Another plan is another line: what tiers count must not be mixed between plans. */
function keyOf({ uid, component, currency, planKey }: Earning): string {
  return [uid, component, currency, planKey].join('_');
}

function toPosting(
  { recordId, version, actor, at }: Cause,
  { earning, amountMinor, basisMinor }: Delta,
  { reason, terms, postedAt }: { reason: Reason; terms: Terms | undefined; postedAt: Date },
): Posting {
  const { uid, teamId, component, currency, planKey, hasTiers } = earning;
  const eventId = `${recordId}_${version}`;
  return {
    id: [eventId, keyOf(earning)].join('_'),
    entry: {
      ...{ ownerId: uid, teamId, currency },
      reason,
      ...{ expenseMinor: -amountMinor, pendingMinor: amountMinor, basisMinor },
      ...{ component, dealId: recordId, dealVersion: version, eventId },
      termsId: terms === undefined ? null : `${terms.dealId}_${terms.dealVersion}`,
      ...{ planKey, isTiered: hasTiers, wonAt: terms?.wonAt ?? null },
      ...{ actor, at, postedAt },
    },
  };
}
