import Big from 'big.js';
import type { Component } from '../ledger/ledger.schema.ts';
import type { PayeeTerms, PlanRule, Terms } from '../plans/plans.schema.ts';
import type { RuleLine, TargetExplanation } from './explain.schema.ts';
import {
  baseOf,
  commissionBps,
  type EarningDeal,
  isEarning,
  payeeOf,
  ruleBps,
  rulesFor,
  targetOf,
} from './target.ts';

const FULL_BPS = 10_000n;
/** Enough for any amount: exact amounts end eight digits after the minor unit. */
const EXACT_DIGITS = 8;

/** Whose earnings on a deal by which component. */
export interface Part {
  readonly uid: string;
  readonly component: Component;
}

/**
 * How `targetOf` comes to what it gives one payee by one component, or undefined when that is
 * nothing. It tells of this payee alone: nobody else's share, rate or amount is in it.
 */
export function explainTarget(
  deal: EarningDeal | undefined,
  terms: Terms | undefined,
  { uid, component }: Part,
): TargetExplanation | undefined {
  if (deal === undefined || terms === undefined || !isEarning(deal)) return undefined;
  const earning = targetOf(deal, terms).find(
    (each) => each.uid === uid && each.component === component,
  );
  if (earning === undefined) return undefined;
  const { amountMinor } = earning;
  return component === 'split'
    ? explainSplit(deal, terms, uid, amountMinor)
    : explainOverride(deal, terms, uid, amountMinor);
}

function explainSplit(
  deal: EarningDeal,
  terms: Terms,
  uid: string,
  amountMinor: number,
): TargetExplanation | undefined {
  const split = deal.splits.find((each) => each.uid === uid);
  const payee = payeeOf(terms, uid, deal.currency);
  if (split === undefined || payee === undefined) return undefined;
  const base = BigInt(baseOf(deal));
  const rules = rulesFor(payee, split.role);
  const commission = commissionBps(base, payee, rules);
  const numerator = commission * BigInt(split.shareBps);
  const denominator = FULL_BPS * FULL_BPS;
  const { capMinor, floorMinor } = payee;
  return {
    ...headOf(deal, payee, 'split'),
    ...{ role: split.role ?? null, shareBps: split.shareBps },
    rules: rules.map((rule) => ruleLine(base, rule)),
    ...{ capMinor, floorMinor, bound: boundOf(base, payee, rules) },
    commissionExactMinor: decimal(commission, FULL_BPS),
    exact: exactOf(numerator, denominator),
    amountMinor,
    rounding: {
      method: 'largest-remainder',
      hasOddUnit: BigInt(amountMinor) > numerator / denominator,
    },
  };
}

function explainOverride(
  deal: EarningDeal,
  { overrides }: Terms,
  uid: string,
  amountMinor: number,
): TargetExplanation | undefined {
  const override = overrides.find((each) => each.uid === uid);
  if (override === undefined) return undefined;
  const { rateBps } = override;
  const numerator = BigInt(baseOf(deal)) * BigInt(rateBps);
  const exactMinor = decimal(numerator, FULL_BPS);
  return {
    ...headOf(deal, override, 'override'),
    ...{ role: null, shareBps: null },
    rules: [{ kind: 'override', role: null, rateBps, exactMinor }],
    ...{ capMinor: null, floorMinor: null, bound: null },
    commissionExactMinor: exactMinor,
    exact: exactOf(numerator, FULL_BPS),
    amountMinor,
    rounding: { method: 'half-away-from-zero', hasOddUnit: false },
  };
}

function headOf(
  deal: EarningDeal,
  { planId, planName, planVersion }: Pick<PayeeTerms, 'planId' | 'planName' | 'planVersion'>,
  component: Component,
) {
  const { valueMinor, refundedMinor, currency } = deal;
  return {
    ...{ component, currency, plan: { planId, planName, planVersion } },
    deal: { valueMinor, refundedMinor, baseMinor: baseOf(deal) },
  };
}

function ruleLine(base: bigint, rule: PlanRule): RuleLine {
  const exactMinor = base === 0n ? '0' : decimal(ruleBps(base, rule), FULL_BPS);
  const role = 'role' in rule ? rule.role : null;
  return { kind: rule.kind, role, rateBps: rateOf(rule), exactMinor };
}

function rateOf(rule: PlanRule): number | null {
  if (rule.kind === 'fixed') return null;
  // What tiers pay beyond the first is posted when the period is closed.
  return rule.kind === 'tiers' ? (rule.tiers[0]?.rateBps ?? 0) : rule.rateBps;
}

function boundOf(
  base: bigint,
  { capMinor, floorMinor }: PayeeTerms,
  rules: readonly PlanRule[],
): TargetExplanation['bound'] {
  if (base === 0n || rules.length === 0) return null;
  const sum = rules.reduce((total, rule) => total + ruleBps(base, rule), 0n);
  if (capMinor !== null && sum > BigInt(capMinor) * FULL_BPS) return 'cap';
  return floorMinor !== null && sum < BigInt(floorMinor) * FULL_BPS ? 'floor' : null;
}

function exactOf(numerator: bigint, denominator: bigint): TargetExplanation['exact'] {
  return {
    numerator: String(numerator),
    denominator: String(denominator),
    minor: decimal(numerator, denominator),
  };
}

/** A quotient by a power of ten, which ends. */
function decimal(numerator: bigint, denominator: bigint): string {
  const scaled = (numerator * 10n ** BigInt(EXACT_DIGITS)) / denominator;
  return new Big(String(scaled)).div(new Big(10).pow(EXACT_DIGITS)).toFixed();
}
