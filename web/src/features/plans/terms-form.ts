import {
  type NewPlanVersion,
  newPlanVersionSchema,
  toMajorUnits,
  toMinorUnits,
} from '@splitline/functions/contracts';
import type { z } from 'zod';
import type { PlanVersion } from '../../data/plans.ts';
import { startOfDayIn } from '../../ui/moment-in.ts';
import { moneyForInput } from '../../ui/money-input.ts';

export type RuleKind = 'percent' | 'fixed' | 'tiers' | 'override';

export interface TierInput {
  readonly id: string;
  readonly from: string;
  readonly rate: string;
}

/** A rule as it is typed in; only what its kind needs is read. */
export interface RuleInput {
  readonly id: string;
  readonly kind: RuleKind;
  readonly role: string;
  readonly rate: string;
  readonly amount: string;
  readonly mode: 'marginal' | 'cliff';
  readonly tiers: readonly TierInput[];
}

/** Terms as they are typed in: amounts in major units, rates in per cent. */
export interface TermsInput {
  readonly currency: string;
  readonly rules: readonly RuleInput[];
  readonly cap: string;
  readonly floor: string;
  readonly everyone: boolean;
  readonly teamIds: readonly string[];
  readonly userIds: readonly string[];
  /** A day, or empty for now. */
  readonly from: string;
}

let lastId = 0;

function newId(): string {
  lastId += 1;
  return `input-${lastId}`;
}

export function newTier(from = ''): TierInput {
  return { id: newId(), from, rate: '' };
}

export function newRule(kind: RuleKind = 'percent'): RuleInput {
  const tiers = [newTier('0'), newTier()];
  return { id: newId(), kind, role: '', rate: '', amount: '', mode: 'marginal', tiers };
}

/** Empty terms, for deals in the organisation's currency. */
export function emptyTerms(currency: string): TermsInput {
  return {
    ...{ currency, rules: [newRule()], cap: '', floor: '', from: '' },
    ...{ everyone: true, teamIds: [], userIds: [] },
  };
}

/** The terms of a version, to begin the next one with. */
export function termsOf(version: PlanVersion, orgCurrency: string): TermsInput {
  const currency = version.currency ?? orgCurrency;
  const amount = (minor: number | null) => (minor === null ? '' : moneyForInput(minor, currency));
  const rate = (bps: number) => String(bps / 100);
  return {
    ...{ currency, cap: amount(version.capMinor), floor: amount(version.floorMinor), from: '' },
    ...version.assignment,
    rules: version.rules.map((rule) => ({
      ...newRule(rule.kind),
      role: 'role' in rule ? (rule.role ?? '') : '',
      rate: 'rateBps' in rule ? rate(rule.rateBps) : '',
      amount: 'amountMinor' in rule ? amount(rule.amountMinor) : '',
      ...('tiers' in rule
        ? {
            mode: rule.mode,
            tiers: rule.tiers.map(({ fromMinor, rateBps }) => ({
              ...{ id: newId(), from: amount(fromMinor), rate: rate(rateBps) },
            })),
          }
        : {}),
    })),
  };
}

export type ReadTerms =
  | { readonly terms: object; readonly parsed: NewPlanVersion }
  | { readonly problems: Readonly<Record<string, string>> };

/** The time, and the organisation's zone. */
interface Clock {
  readonly now: Date;
  readonly timeZone: string;
}

/** The terms for the server, or what is wrong with them by the path of the field, `rules.0.rateBps`. */
export function readTerms(input: TermsInput, { now, timeZone }: Clock): ReadTerms {
  const { currency, rules, cap, floor, everyone, teamIds, userIds, from } = input;
  const money = (text: string) => minorOf(text, currency);
  const hasAmounts =
    cap !== '' || floor !== '' || rules.some(({ kind }) => kind === 'fixed' || kind === 'tiers');
  const terms = {
    currency: hasAmounts ? currency : null,
    rules: rules.map((rule) => ruleOf(rule, money)),
    capMinor: cap === '' ? null : money(cap),
    floorMinor: floor === '' ? null : money(floor),
    assignment: { everyone, teamIds: [...teamIds], userIds: [...userIds] },
    ...(from === '' ? {} : { effectiveFrom: startOf(from, { now, timeZone }) }),
  };
  const parsed = newPlanVersionSchema.safeParse(terms);
  if (parsed.success) return { terms, parsed: parsed.data };
  const problems = parsed.error.issues.map(
    (issue) => [issue.path.join('.'), wordsOf(issue)] as const,
  );
  // The first problem of a field is the one to solve first.
  return { problems: Object.fromEntries(problems.toReversed()) };
}

type Issue = Pick<z.core.$ZodIssue, 'code' | 'message'>;

/** What is wrong with a field, for the person who fills it in. */
function wordsOf({ code, message }: Issue): string {
  switch (code) {
    case 'invalid_type':
      return message.endsWith('NaN') ? 'Enter a number.' : 'Too many decimals: round it.';
    case 'too_small':
      return 'This is too little.';
    case 'too_big':
      return 'This is too much.';
    default:
      return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  }
}

function ruleOf(rule: RuleInput, money: (text: string) => number): object {
  const role = rule.role.trim() === '' ? null : rule.role.trim();
  switch (rule.kind) {
    case 'percent':
      return { kind: rule.kind, role, rateBps: bpsOf(rule.rate) };
    case 'fixed':
      return { kind: rule.kind, role, amountMinor: money(rule.amount) };
    case 'override':
      return { kind: rule.kind, rateBps: bpsOf(rule.rate) };
    case 'tiers': {
      const tiers = rule.tiers.map(({ from, rate }) => ({
        fromMinor: money(from),
        rateBps: bpsOf(rate),
      }));
      return { kind: rule.kind, role, mode: rule.mode, tiers };
    }
  }
}

/** Not a number where there is none: the schema says what is wrong then. */
function bpsOf(percent: string): number {
  if (percent.trim() === '') return Number.NaN;
  // 12.55 * 100 is not 1255 in binary.
  const bps = Number(percent) * 100;
  const rounded = Math.round(bps);
  return Math.abs(bps - rounded) < 1e-6 ? rounded : bps;
}

function minorOf(major: string, currency: string): number {
  const number = Number(major);
  if (major.trim() === '' || !Number.isFinite(number)) return Number.NaN;
  // With too many decimals it is no whole number of minor units, which the schema refuses.
  return toMinorUnits(number, currency) ?? number / toMajorUnits(1, currency);
}

/** The beginning of a day where the organisation is; today begins now. */
function startOf(day: string, { now, timeZone }: Clock): string {
  const start = startOfDayIn(timeZone, day);
  return (start === undefined || start < now ? now : start).toISOString();
}
