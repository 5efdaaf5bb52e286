import { divideRounded } from '../../platform/allocate.ts';
import type { TiersRule } from '../plans/plans.schema.ts';

const FULL_BPS = 10_000n;

/**
 * What a rule of tiers pays beyond its first tier for what a person won in a period, both in minor
 * units: what is posted when the period is closed, less what was posted for it before. A sum of at
 * most nothing, after refunds, reaches no tier.
 */
export function tierBonus({ mode, tiers }: TiersRule, wonMinor: number): number {
  if (wonMinor <= 0) return 0;
  const won = BigInt(wonMinor);
  const first = BigInt(tiers[0]?.rateBps ?? 0);
  const paid = divideRounded(won * first, FULL_BPS);
  return Number(
    divideRounded(mode === 'cliff' ? cliff(tiers, won) : marginal(tiers, won), FULL_BPS) - paid,
  );
}

type Tiers = TiersRule['tiers'];

function cliff(tiers: Tiers, won: bigint): bigint {
  const reached = tiers.findLast(({ fromMinor }) => BigInt(fromMinor) <= won);
  return won * BigInt(reached?.rateBps ?? 0);
}

function marginal(tiers: Tiers, won: bigint): bigint {
  return tiers.reduce((sum, { fromMinor, rateBps }, index) => {
    const next = tiers[index + 1];
    const end = next === undefined || won < BigInt(next.fromMinor) ? won : BigInt(next.fromMinor);
    const within = end - BigInt(fromMinor);
    return within > 0n ? sum + within * BigInt(rateBps) : sum;
  }, 0n);
}
