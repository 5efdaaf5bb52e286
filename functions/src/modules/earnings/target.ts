import { allocate, divideRounded } from '../../platform/allocate.ts';
import { MAX_MINOR_UNITS } from '../../platform/money.schema.ts';
import type { Deal } from '../deals/deals.schema.ts';
import type { Component } from '../ledger/ledger.schema.ts';
import type { PayeeTerms, PlanRule, Terms } from '../plans/plans.schema.ts';

/** What one person earns on a deal by one component, in minor units of `currency`. */
export interface Earning {
  readonly uid: string;
  readonly teamId: string | null;
  readonly component: Component;
  readonly currency: string;
  readonly amountMinor: number;
  /** What of the deal's value is credited to the person. */
  readonly basisMinor: number;
  /** `{planId}_{version}` of the plan. */
  readonly planKey: string;
  readonly hasTiers: boolean;
  /** The terms it is earned on, and when the deal was won on them: tiers count it for that period. */
  readonly termsId: string;
  readonly wonAt: Date;
}

/** What of a deal decides what it earns; nothing else of it does. */
export type EarningDeal = Pick<
  Deal,
  'valueMinor' | 'refundedMinor' | 'currency' | 'stageKind' | 'splits' | 'termsId' | 'deletedAt'
>;

const FULL_BPS = 10_000n;
/** Rates and shares are in basis points: amounts are exact over their product. */
const DENOMINATOR = FULL_BPS * FULL_BPS;
/** The most that a ledger entry can state, which bounds what rules can add up to. */
const MOST = BigInt(MAX_MINOR_UNITS);

/**
 * What a deal in this state earns whom on these terms: its target. Pure: the same state and terms
 * give the same amounts, so that postings are differences of targets. A deal that is not won, or is
 * in the bin, earns nothing; what the customer got back does not count. The parts of a deal sum to
 * the rounded whole (see `allocate`); an override is rounded by itself.
 */
export function targetOf(deal: EarningDeal | undefined, terms: Terms | undefined): Earning[] {
  if (deal === undefined || terms === undefined || !isEarning(deal)) return [];
  return [...splitEarnings(deal, terms), ...overrideEarnings(deal, terms)];
}

/** True for a deal that earns on its terms, if there are any. */
export function isEarning({ stageKind, deletedAt, termsId }: EarningDeal): boolean {
  return stageKind === 'won' && deletedAt === null && termsId !== null;
}

/** What of a deal's value commission is paid on, in minor units. */
export function baseOf({ valueMinor, refundedMinor }: EarningDeal): number {
  return Math.max(0, valueMinor - refundedMinor);
}

function splitEarnings(deal: EarningDeal, terms: Terms): Earning[] {
  const base = BigInt(baseOf(deal));
  const credits = allocate(
    deal.splits.map(({ uid, shareBps }) => ({ key: uid, numerator: base * BigInt(shareBps) })),
    FULL_BPS,
  );
  const parts = deal.splits.flatMap((split, index) => {
    const payee = payeeOf(terms, split.uid, deal.currency);
    if (payee === undefined) return [];
    const rules = rulesFor(payee, split.role);
    const numerator = commissionBps(base, payee, rules) * BigInt(split.shareBps);
    return [{ split, payee, rules, numerator, credit: credits[index] ?? 0n }];
  });
  const amounts = allocate(
    parts.map(({ split, numerator }) => ({ key: split.uid, numerator })),
    DENOMINATOR,
  );
  return parts.map(({ split, payee, rules, credit }, index) => ({
    uid: split.uid,
    teamId: payee.teamId,
    component: 'split',
    currency: deal.currency,
    amountMinor: Number(amounts[index] ?? 0n),
    basisMinor: Number(credit),
    planKey: planKeyOf(payee),
    hasTiers: rules.some(({ kind }) => kind === 'tiers'),
    ...wonOn(terms),
  }));
}

function overrideEarnings(deal: EarningDeal, terms: Terms): Earning[] {
  const base = baseOf(deal);
  return terms.overrides
    .filter(({ currency }) => currency === null || currency === deal.currency)
    .map((override) => ({
      uid: override.uid,
      teamId: override.teamId,
      component: 'override',
      currency: deal.currency,
      amountMinor: Number(
        min(divideRounded(BigInt(base) * BigInt(override.rateBps), FULL_BPS), MOST),
      ),
      basisMinor: base,
      planKey: planKeyOf(override),
      hasTiers: false,
      ...wonOn(terms),
    }));
}

function wonOn({ dealId, dealVersion, wonAt }: Terms): Pick<Earning, 'termsId' | 'wonAt'> {
  return { termsId: `${dealId}_${dealVersion}`, wonAt };
}

/** The terms of a person for a deal in this currency; a plan with amounts of money is for its own alone. */
export function payeeOf(terms: Terms, uid: string, currency: string): PayeeTerms | undefined {
  return terms.payees.find(
    (payee) => payee.uid === uid && (payee.currency === null || payee.currency === currency),
  );
}

/** The rules of a payee's plan that are for somebody with this role in the deal. */
export function rulesFor({ rules }: PayeeTerms, role: string | undefined): PlanRule[] {
  return rules.filter((rule) => !('role' in rule) || rule.role === null || rule.role === role);
}

/**
 * What the whole deal would pay by these rules, in ten-thousandths of a minor unit, bounded by the
 * plan's floor and cap. A deal that is worth nothing pays nothing, whatever the floor.
 */
export function commissionBps(
  base: bigint,
  { capMinor, floorMinor }: PayeeTerms,
  rules: readonly PlanRule[],
): bigint {
  if (base === 0n || rules.length === 0) return 0n;
  const sum = rules.reduce((total, rule) => total + ruleBps(base, rule), 0n);
  const floor = floorMinor === null ? sum : max(sum, BigInt(floorMinor) * FULL_BPS);
  return min(floor, (capMinor === null ? MOST : BigInt(capMinor)) * FULL_BPS);
}

/** What the whole deal would pay by one rule, in ten-thousandths of a minor unit. */
export function ruleBps(base: bigint, rule: PlanRule): bigint {
  switch (rule.kind) {
    case 'percent':
      return base * BigInt(rule.rateBps);
    case 'fixed':
      return BigInt(rule.amountMinor) * FULL_BPS;
    case 'tiers':
      return base * BigInt(rule.tiers[0]?.rateBps ?? 0);
    case 'override':
      return 0n;
  }
}

function planKeyOf({ planId, planVersion }: { planId: string; planVersion: number }): string {
  return `${planId}_${planVersion}`;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
