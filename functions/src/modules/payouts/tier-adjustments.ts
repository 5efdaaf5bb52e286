import pMap from 'p-map';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { tierBonus } from '../earnings/earnings.public.ts';
import type { NewEntry } from '../ledger/ledger.public.ts';
import type { LedgerEntry } from '../ledger/ledger.schema.ts';
import { planVersions } from '../plans/plans.public.ts';
import {
  type PayeeAccount,
  pageTieredEntries,
  sumTierAdjustments,
  sumTieredBasis,
} from './payouts.repository.ts';
import type { Timeline } from './payouts.schema.ts';
import { type PeriodSpan, periodContaining } from './periods.ts';

/** What tiers pay beyond the first one for what a payee won in one period on one plan version. */
export interface TierAdjustment {
  readonly planKey: string;
  /** The period in which it was won, which may be long before the one that is closed. */
  readonly won: PeriodSpan;
  readonly wonMinor: number;
  /** What has to be posted now: the bonus less what earlier closings posted of it. Never zero. */
  readonly amountMinor: number;
  readonly teamId: string | null;
}

type Touched = Pick<TierAdjustment, 'planKey' | 'won' | 'teamId'>;

const PAGE = 500;
const CONCURRENCY = 8;
/** The last moment of a period: Firestore and the periods count in milliseconds. */
const LAST_MOMENT_MS = 1;

/**
 * The tier adjustments that closing a period owes a payee: one for each plan version and period of
 * winning that entries posted in the period touched. Pure in what was posted before the cut, which
 * nothing can change any more, so computing it again gives the same.
 */
export async function tierAdjustmentsOf(
  unit: UnitOfWork,
  period: PeriodSpan,
  timeline: Timeline,
  account: PayeeAccount,
): Promise<TierAdjustment[]> {
  const touched = await findTouched(unit, period, timeline, account);
  const adjustments = await pMap(touched, (key) => adjust(unit, period, account, key), {
    concurrency: CONCURRENCY,
  });
  return adjustments.flatMap((adjustment) => adjustment ?? []);
}

/** The id of an adjustment follows from what it is for, so that no closing posts it twice. */
export function tierEntryId(
  period: PeriodSpan,
  { ownerId, currency }: PayeeAccount,
  { planKey, won }: TierAdjustment,
): string {
  return `close_${period.id}_tier_${ownerId}_${currency}_${planKey}_${won.id}`;
}

/**
 * The posting of an adjustment. It is dated at the last moment of the period that is closed, so that
 * it is paid and sealed with it. That is safe: the closing job alone posts into the past, before it
 * seals, under ids that allow each once; everything else is dated by a clock that has passed the cut.
 */
export function tierEntry(
  period: PeriodSpan,
  account: PayeeAccount,
  { planKey, won, wonMinor, amountMinor, teamId }: TierAdjustment,
  actor: string,
): NewEntry {
  const at = new Date(period.endsAt.getTime() - LAST_MOMENT_MS);
  return {
    ...account,
    teamId,
    reason: 'tier_adjustment',
    ...{ expenseMinor: -amountMinor, pendingMinor: amountMinor },
    planKey,
    wonAt: won.startsAt,
    eventId: `close_${period.id}`,
    note: `Tiers on ${wonMinor} won in the period from ${won.id}`,
    ...{ actor, at, postedAt: at },
  };
}

async function findTouched(
  unit: UnitOfWork,
  period: PeriodSpan,
  timeline: Timeline,
  account: PayeeAccount,
): Promise<Touched[]> {
  const touched = new Map<string, Touched>();
  const order = { field: 'postedAt', direction: 'asc' } as const;
  let cursor: string | undefined;
  do {
    const page = await pageTieredEntries(unit, account, period, { order, limit: PAGE, cursor });
    for (const entry of page.records) addTouched(touched, timeline, entry);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return [...touched.values()];
}

function addTouched(
  touched: Map<string, Touched>,
  timeline: Timeline,
  { planKey, wonAt, teamId }: LedgerEntry,
): void {
  if (planKey === null || wonAt === null) return;
  const won = periodContaining(timeline, wonAt);
  touched.set(`${planKey} ${won.id}`, { planKey, won, teamId });
}

async function adjust(
  unit: UnitOfWork,
  { startsAt, endsAt }: PeriodSpan,
  account: PayeeAccount,
  { planKey, won, teamId }: Touched,
): Promise<TierAdjustment | undefined> {
  const [version, wonMinor, postedMinor] = await Promise.all([
    unit.get(planVersions, planKey),
    sumTieredBasis(unit, account, planKey, won, endsAt),
    sumTierAdjustments(unit, account, planKey, won, startsAt),
  ]);
  const rule = version.rules.find(({ kind }) => kind === 'tiers');
  if (rule?.kind !== 'tiers') return undefined;
  const amountMinor = tierBonus(rule, wonMinor) - postedMinor;
  return amountMinor === 0 ? undefined : { planKey, won, wonMinor, amountMinor, teamId };
}
