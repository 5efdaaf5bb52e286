import Big from 'big.js';
import { moneyText, percentText } from '../../platform/money-text.ts';
import type { LedgerEntry } from '../ledger/ledger.schema.ts';
import type { RuleLine, TargetExplanation } from './explain.schema.ts';

/** How amounts are written, and whether the reader is the payee. */
export interface Voice {
  readonly locale: string;
  readonly isPayee: boolean;
}

/** How an amount comes about, for the one who earns it: what of what is how much. */
export function targetSentence(explanation: TargetExplanation, voice: Voice): string {
  const { component, amountMinor, exact, shareBps, rules } = explanation;
  const money = (minor: number | string) => moneyText(minor, explanation.currency, voice.locale);
  if (rules.length === 0) return 'No rule of the plan is for this role, so it pays nothing.';
  const steps = rules.map((rule) => ruleText(rule, explanation, voice));
  if (rules.length > 1) steps.push(`together ${money(sumOf(rules))}`);
  if (explanation.bound !== null) {
    steps.push(
      `the plan’s ${explanation.bound} makes it ${money(explanation.commissionExactMinor)}`,
    );
  }
  if (component === 'split' && shareBps !== null && shareBps !== FULL_BPS) {
    const whose = voice.isPayee ? 'your' : 'the payee’s';
    const share = percentText(shareBps, voice.locale);
    steps.push(`${whose} share of ${share} is ${money(exact.minor)}`);
  }
  if (!new Big(exact.minor).eq(amountMinor)) steps.push(roundingText(explanation, money));
  return `${steps.join('; ')}.`.replace(/^./, (first) => first.toUpperCase());
}

const FULL_BPS = 10_000;

function ruleText(
  { kind, rateBps, exactMinor }: RuleLine,
  { deal, currency, rules }: TargetExplanation,
  { locale }: Voice,
): string {
  const money = (minor: number | string) => moneyText(minor, currency, locale);
  if (kind === 'fixed') return `a fixed ${money(exactMinor)}`;
  // The whole sum is said once.
  const isFirst = rules.find((rule) => rule.rateBps !== null)?.exactMinor === exactMinor;
  const base =
    deal.refundedMinor > 0 && isFirst
      ? `${money(deal.baseMinor)} (${money(deal.valueMinor)} less ${money(deal.refundedMinor)} refunded)`
      : money(deal.baseMinor);
  const rate = percentText(rateBps ?? 0, locale);
  const which = kind === 'tiers' ? `the first tier’s ${rate}` : rate;
  return `${which} of ${base} is ${money(exactMinor)}`;
}

function roundingText(
  { amountMinor, rounding }: TargetExplanation,
  money: (minor: number) => string,
): string {
  const how = rounding.hasOddUnit ? ' (the odd unit of the deal)' : '';
  return `rounded to ${money(amountMinor)}${how}`;
}

function sumOf(rules: readonly RuleLine[]): string {
  return rules.reduce((sum, { exactMinor }) => sum.plus(exactMinor), new Big(0)).toFixed();
}

/** What an event changed of what the payee earns. */
export function changeSentence(
  { previousMinor, targetMinor }: { previousMinor: number; targetMinor: number },
  currency: string,
  { locale }: Voice,
): string {
  const money = (minor: number) => moneyText(minor, currency, locale);
  const delta = targetMinor - previousMinor;
  if (previousMinor === 0 || delta === 0) return '';
  const done = delta > 0 ? 'was added' : 'was taken back';
  return ` Before, it was ${money(previousMinor)}, so ${money(Math.abs(delta))} ${done}.`;
}

/** Why the payee earns nothing any more. */
export function goneSentence(previousMinor: number, currency: string, { locale }: Voice): string {
  const was = moneyText(previousMinor, currency, locale);
  return `The deal pays nothing by this plan any more, so the ${was} that it paid were taken back.`;
}

/** What an entry did that no deal's plan explains: what moved, and where. */
export function entrySentence(entry: LedgerEntry, { locale }: Voice): string {
  const money = (minor: number) => moneyText(Math.abs(minor), entry.currency, locale);
  const { reason, expenseMinor, heldMinor, approvedMinor, pendingMinor, paidMinor } = entry;
  const because = entry.note === null ? '' : ` Note: ${entry.note}`;
  const gained = expenseMinor < 0 ? 'added' : 'taken back';
  switch (reason) {
    case 'tier_adjustment':
      return `By the tiers reached in the period ${money(expenseMinor)} was ${gained}.${because}`;
    case 'dispute_hold':
      return `${money(heldMinor)} is held until the dispute is decided.${because}`;
    case 'release':
      return `The dispute is decided: ${money(heldMinor)} is no longer held.${because}`;
    case 'approval':
      return pendingMinor > 0
        ? `The approval of ${money(pendingMinor)} was withdrawn; it is pending again.${because}`
        : `${money(approvedMinor)} was approved for payment.`;
    case 'payout':
      return paidMinor > 0
        ? `${money(paidMinor)} was paid.${because}`
        : `${money(entry.inTransitMinor)} is on its way.${because}`;
    case 'payout_failure':
      return `The payment of ${money(entry.inTransitMinor)} failed and will be tried again.${because}`;
    case 'payout_return':
      return `${money(pendingMinor)} of what was paid came back and is pending again.${because}`;
    case 'manual_adjustment':
      return `${money(expenseMinor)} was ${gained} by hand.${because}`;
    default:
      return `${money(expenseMinor)} was ${gained}.${because}`;
  }
}
