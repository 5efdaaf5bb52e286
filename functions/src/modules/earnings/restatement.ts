import type { Component } from '../ledger/ledger.schema.ts';
import { isOverride } from '../plans/plans.public.ts';
import type { PlanRule, Terms } from '../plans/plans.schema.ts';
import type { EarningState } from './postings.ts';
import type { PlanLine, RestatementLine } from './restatements.schema.ts';
import { type Earning, payeeOf, rulesFor, targetOf } from './target.ts';

/** A line of a restatement with what decides whose it is and whether it counts for more. */
export interface RestatedEarning {
  readonly line: RestatementLine;
  /** The payee's team, which decides who may see the line. */
  readonly teamId: string | null;
  /** What the payee is credited with more (or less) for tiers. */
  readonly tieredBasisMinor: number;
}

/**
 * What a restatement changes of what a deal earns whom: one entry for each payee, component and
 * currency whose amount, credited value or plan differs. Pure, and the same targets that the
 * postings follow from.
 */
export function restatedEarnings(before: EarningState, after: EarningState): RestatedEarning[] {
  const was = byPayee(targetOf(before.deal, before.terms));
  const is = byPayee(targetOf(after.deal, after.terms));
  return [...new Set([...was.keys(), ...is.keys()])]
    .flatMap((key) => restated([was.get(key), before], [is.get(key), after]) ?? [])
    .toSorted((a, b) => (keyOf(a.line) < keyOf(b.line) ? -1 : 1));
}

type Side = readonly [earning: Earning | undefined, state: EarningState];

function restated([was, before]: Side, [is, after]: Side): RestatedEarning | undefined {
  const known = is ?? was;
  if (known === undefined || isSame(was, is)) return undefined;
  const { uid, component, currency, teamId } = known;
  const [wasMinor, isMinor] = [was?.amountMinor ?? 0, is?.amountMinor ?? 0];
  const amount = (amountMinor: number) => ({ amountMinor, currency });
  return {
    teamId,
    tieredBasisMinor: tieredBasis(is) - tieredBasis(was),
    line: {
      ...{ payeeId: uid, component, effect: effectOf(isMinor - wasMinor) },
      ...{ before: amount(wasMinor), after: amount(isMinor), delta: amount(isMinor - wasMinor) },
      planBefore: was === undefined ? null : planLine(was, before),
      planAfter: is === undefined ? null : planLine(is, after),
    },
  };
}

function isSame(was: Earning | undefined, is: Earning | undefined): boolean {
  return (
    was?.amountMinor === is?.amountMinor &&
    was?.basisMinor === is?.basisMinor &&
    was?.planKey === is?.planKey
  );
}

function tieredBasis(earning: Earning | undefined): number {
  return earning?.hasTiers ? earning.basisMinor : 0;
}

function effectOf(deltaMinor: number): RestatementLine['effect'] {
  if (deltaMinor === 0) return 'same';
  return deltaMinor > 0 ? 'gains' : 'loses';
}

/** A person earns a deal's split by one plan, and an override by one. */
function byPayee(earnings: readonly Earning[]): Map<string, Earning> {
  return new Map(earnings.map((earning) => [keyOf({ ...earning, payeeId: earning.uid }), earning]));
}

function keyOf({
  payeeId,
  component,
}: {
  readonly payeeId: string;
  readonly component: Component;
}): string {
  return `${payeeId}_${component}`;
}

function planLine({ uid, component }: Earning, { deal, terms }: EarningState): PlanLine | null {
  if (deal === undefined || terms === undefined) return null;
  if (component === 'override') return overrideLine(terms, uid);
  const payee = payeeOf(terms, uid, deal.currency);
  if (payee === undefined) return null;
  const { planId, planName, planVersion } = payee;
  const role = deal.splits.find((split) => split.uid === uid)?.role;
  return { planId, planName, planVersion, rules: rulesFor(payee, role).map(nameRule) };
}

function overrideLine({ overrides }: Terms, uid: string): PlanLine | null {
  const override = overrides.find((terms) => terms.uid === uid);
  if (override === undefined) return null;
  const { planId, planName, planVersion } = override;
  return { planId, planName, planVersion, rules: ['override'] };
}

function nameRule(rule: PlanRule): string {
  return isOverride(rule) || rule.role === null ? rule.kind : `${rule.kind} (${rule.role})`;
}
