/**
 * What a deal earns whom, written a second time from what is promised about it, in the plainest
 * way. It shares no code with the product, so that the two can be held against each other.
 */

export interface PlainRule {
  readonly mode?: 'marginal' | 'cliff';
  readonly kind: 'percent' | 'fixed' | 'tiers' | 'override';
  readonly role?: string | null;
  readonly rateBps?: number;
  readonly amountMinor?: number;
  readonly tiers?: readonly { readonly fromMinor: number; readonly rateBps: number }[];
}

export interface PlainPlan {
  readonly currency: string | null;
  readonly rules: readonly PlainRule[];
  readonly capMinor: number | null;
  readonly floorMinor: number | null;
}

export interface Part {
  readonly uid: string;
  readonly shareBps: number;
  readonly role?: string | undefined;
}

export interface PlainDeal {
  readonly kind: 'open' | 'won' | 'lost';
  readonly isBinned: boolean;
  readonly valueMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly splits: readonly Part[];
}

/** What a deal was won on: everybody's plan, and the managers who get a part on top. */
export interface PlainTerms {
  readonly plans: ReadonlyMap<string, PlainPlan>;
  readonly overrides: readonly { readonly uid: string; readonly plan: PlainPlan }[];
}

export interface PlainEarning {
  readonly uid: string;
  readonly component: 'split' | 'override';
  readonly amountMinor: bigint;
}

/** What of a deal's value is credited to whom by a plan with tiers, to be counted for them. */
export interface PlainCredit {
  readonly uid: string;
  readonly plan: PlainPlan;
  readonly creditMinor: bigint;
}

/** Parts of a minor unit that rates and shares, each in ten-thousandths, can come to. */
const UNIT = 100_000_000n;
/** More than this nobody earns by one deal. */
const MOST = 999_999_999_999_999n * UNIT;

/** What the deal earns now, in minor units of its currency. */
export function plainEarnings(deal: PlainDeal, terms: PlainTerms | undefined): PlainEarning[] {
  if (terms === undefined || deal.kind !== 'won' || deal.isBinned) return [];
  const base = BigInt(Math.max(0, deal.valueMinor - deal.refundedMinor));
  const parts: { uid: string; exact: bigint }[] = [];
  for (const { uid, shareBps, role } of deal.splits) {
    const plan = terms.plans.get(uid);
    if (plan === undefined || !isFor(plan, deal)) continue;
    parts.push({ uid, exact: (wholeCommission(base, plan, role) * BigInt(shareBps)) / 10_000n });
  }
  const earned = handOut(parts).map(
    ({ uid, units }): PlainEarning => ({ uid, component: 'split', amountMinor: units }),
  );
  for (const { uid, plan } of terms.overrides) {
    if (!isFor(plan, deal)) continue;
    let rate = 0n;
    for (const rule of plan.rules) {
      if (rule.kind === 'override') rate += BigInt(rule.rateBps ?? 0);
    }
    const exact = smaller((base * rate * UNIT) / 10_000n, MOST);
    earned.push({ uid, component: 'override', amountMinor: rounded(exact) });
  }
  return earned;
}

/** What the deal counts for whose tiers now. */
export function plainCredits(deal: PlainDeal, terms: PlainTerms | undefined): PlainCredit[] {
  if (terms === undefined || deal.kind !== 'won' || deal.isBinned) return [];
  const base = BigInt(Math.max(0, deal.valueMinor - deal.refundedMinor));
  const credits = handOut(
    deal.splits.map(({ uid, shareBps }) => ({
      uid,
      exact: (base * BigInt(shareBps) * UNIT) / 10_000n,
    })),
  );
  const found: PlainCredit[] = [];
  for (const { uid, role } of deal.splits) {
    const plan = terms.plans.get(uid);
    if (plan === undefined || !isFor(plan, deal)) continue;
    const isTiered = plan.rules.some(
      (rule) =>
        rule.kind === 'tiers' &&
        (rule.role === undefined || rule.role === null || rule.role === role),
    );
    const credit = credits.find((each) => each.uid === uid);
    if (isTiered && credit) found.push({ uid, plan, creditMinor: credit.units });
  }
  return found;
}

/** What tiers pay for all that was won in a period, beyond the first tier's rate on all of it. */
export function plainTierBonus(plan: PlainPlan, wonMinor: bigint): bigint {
  if (wonMinor <= 0n) return 0n;
  let total = 0n;
  let first = 0n;
  for (const { kind, mode, tiers = [] } of plan.rules) {
    if (kind !== 'tiers') continue;
    for (const [index, { fromMinor, rateBps }] of tiers.entries()) {
      const from = BigInt(fromMinor);
      const next = tiers[index + 1];
      const end = next === undefined ? wonMinor : smaller(BigInt(next.fromMinor), wonMinor);
      const isReached =
        wonMinor >= from && (next === undefined || wonMinor < BigInt(next.fromMinor));
      if (mode === 'cliff' && isReached) total = wonMinor * BigInt(rateBps);
      if (mode === 'marginal' && wonMinor > from) total += (end - from) * BigInt(rateBps);
      if (index === 0) first = wonMinor * BigInt(rateBps);
    }
  }
  const toUnits = (tenThousandths: bigint) => (2n * tenThousandths + 10_000n) / 20_000n;
  return toUnits(total) - toUnits(first);
}

function isFor(plan: PlainPlan, deal: PlainDeal): boolean {
  return plan.currency === null || plan.currency === deal.currency;
}

/** What the whole deal would pay somebody with this role who had all of it. */
function wholeCommission(base: bigint, plan: PlainPlan, role: string | undefined): bigint {
  let rules = 0;
  let sum = 0n;
  for (const rule of plan.rules) {
    if (rule.kind === 'override') continue;
    if (rule.role !== undefined && rule.role !== null && rule.role !== role) continue;
    rules += 1;
    if (rule.kind === 'percent') sum += (base * BigInt(rule.rateBps ?? 0) * UNIT) / 10_000n;
    if (rule.kind === 'fixed') sum += BigInt(rule.amountMinor ?? 0) * UNIT;
    if (rule.kind === 'tiers') {
      sum += (base * BigInt(rule.tiers?.[0]?.rateBps ?? 0) * UNIT) / 10_000n;
    }
  }
  if (base === 0n || rules === 0) return 0n;
  if (plan.floorMinor !== null && sum < BigInt(plan.floorMinor) * UNIT) {
    sum = BigInt(plan.floorMinor) * UNIT;
  }
  if (plan.capMinor !== null) sum = smaller(sum, BigInt(plan.capMinor) * UNIT);
  return smaller(sum, MOST);
}

/**
 * Rounds the sum, and gives one unit after the other to whoever is furthest below what is theirs
 * (of several the first by name), until the sum is handed out.
 */
function handOut(
  parts: readonly { readonly uid: string; readonly exact: bigint }[],
): { uid: string; units: bigint }[] {
  let sum = 0n;
  for (const { exact } of parts) sum += exact;
  const given = parts.map(({ uid, exact }) => ({ uid, exact, units: exact / UNIT }));
  let left = rounded(sum);
  for (const { units } of given) left -= units;
  for (; left > 0n; left -= 1n) {
    let next = given[0];
    for (const each of given) {
      if (next === undefined) break;
      const gap = each.exact - each.units * UNIT;
      const widest = next.exact - next.units * UNIT;
      if (gap > widest || (gap === widest && each.uid < next.uid)) next = each;
    }
    if (next !== undefined) next.units += 1n;
  }
  return given;
}

function rounded(exact: bigint): bigint {
  return (exact + UNIT / 2n) / UNIT;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
