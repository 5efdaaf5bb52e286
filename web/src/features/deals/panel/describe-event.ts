import type { Event } from '@splitline/functions/contracts';
import { formatDay, formatMoney } from '../../../ui/format.ts';

/** The names behind the ids in an event, and the reader's language. */
export interface EventWords {
  readonly personOf: (uid: string) => string;
  readonly stageOf: (stageId: string) => string;
  readonly locale?: string | undefined;
}

/** What of an event its sentence is made of. */
export type Told = Pick<Event, 'types' | 'actor' | 'before' | 'after'>;

type Fields = Readonly<Record<string, unknown>>;
type Describe = (before: Fields, after: Fields, words: EventWords, currency: string) => string;

/** What is said about a change of each field, in this order; the fields that follow from others say nothing. */
const changes: Readonly<Record<string, Describe>> = {
  stageId: (before, after, { stageOf }) =>
    `moved it from ${name(before.stageId, stageOf)} to ${name(after.stageId, stageOf)}`,
  valueMinor: (before, after, { locale }, currency) =>
    `changed the value from ${money(before, currency, locale)} to ${money(after, currency, locale)}`,
  currency: (before, after) =>
    `changed the currency from ${text(before.currency)} to ${text(after.currency)}`,
  title: (before, after) => `renamed it from “${text(before.title)}” to “${text(after.title)}”`,
  ownerId: (before, after, { personOf }) =>
    `handed it from ${name(before.ownerId, personOf)} to ${name(after.ownerId, personOf)}`,
  expectedCloseDate: (before, after, { locale }) =>
    `changed the expected close from ${day(before, locale)} to ${day(after, locale)}`,
  probability: (before, after) =>
    `changed the probability from ${text(before.probability)}% to ${text(after.probability)}%`,
  splits: () => 'changed how the commission is split',
  contactIds: () => 'changed its contacts',
  companyId: () => 'changed its company',
  lostReason: (_before, after) =>
    typeof after.lostReason === 'string'
      ? `gave “${after.lostReason}” as the reason`
      : 'took back the reason it was lost',
  description: () => 'changed the description',
  tags: () => 'changed the tags',
  customFields: () => 'changed custom fields',
  deletedAt: (_before, after) =>
    after.deletedAt instanceof Date ? 'deleted the deal' : 'restored the deal',
  restatement: (_before, after) => `restated what it earns: ${reasonOf(after.restatement)}`,
  termsId: () => 'changed its commission terms',
  paidMinor: (_before, after, { locale }, currency) =>
    `noted ${amount(after.paidMinor, currency, locale)} paid by the customer`,
  refundedMinor: (_before, after, { locale }, currency) =>
    `noted ${amount(after.refundedMinor, currency, locale)} paid back to the customer`,
};

/** What the types of events begin with that integrators report. */
const CUSTOM = 'custom.';

/** Fields whose change is a part of another's: a move brings a probability with it. */
const impliedBy: Readonly<Record<string, string>> = {
  currency: 'valueMinor',
  probability: 'stageId',
  splits: 'ownerId',
  termsId: 'stageId',
};

/** One event in a sentence: who did what, from what to what. `currency` is the deal's after the event. */
export function describeEvent(event: Told, currency: string, words: EventWords): string {
  const who = words.personOf(event.actor);
  if (event.types.includes('deal.created'))
    return `${who} ${created(event.after, currency, words)}.`;
  const { before, after } = event;
  const phrases = Object.entries(changes)
    .filter(([field]) => isChanged(field, before, after))
    .map(([, describe]) => describe(before, after, words, currency));
  return `${who} ${joinPhrases([...outcome(event.types), ...reported(event.types), ...phrases])}.`;
}

/** What integrators report, by the name they gave it. */
function reported(types: readonly string[]): string[] {
  return types
    .filter((type) => type.startsWith(CUSTOM))
    .map((type) => `reported “${type.slice(CUSTOM.length).replaceAll('_', ' ')}”`);
}

/**
 * The currency of the deal after each of its events (newest first): an event holds what changed,
 * and the currency seldom does.
 */
export function currenciesAfter(
  events: readonly Pick<Told, 'before'>[],
  current: string,
): readonly string[] {
  let currency = current;
  return events.map((event) => {
    const after = currency;
    const { currency: earlier } = event.before;
    if (typeof earlier === 'string') currency = earlier;
    return after;
  });
}

function created(after: Fields, currency: string, { stageOf, locale }: EventWords): string {
  return `created the deal in ${name(after.stageId, stageOf)}, worth ${money(after, currency, locale)}`;
}

function outcome(types: readonly string[]): string[] {
  if (types.includes('deal.won')) return ['won the deal'];
  if (types.includes('deal.lost')) return ['lost the deal'];
  return types.includes('deal.reopened') ? ['reopened the deal'] : [];
}

function isChanged(field: string, before: Fields, after: Fields): boolean {
  const has = (wanted: string) => before[wanted] !== undefined || after[wanted] !== undefined;
  const cause = impliedBy[field];
  return has(field) && !(cause !== undefined && has(cause));
}

function joinPhrases(phrases: readonly string[]): string {
  if (phrases.length === 0) return 'changed the deal';
  return phrases.length === 1
    ? phrases.join('')
    : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`;
}

function name(id: unknown, nameOf: (id: string) => string): string {
  return typeof id === 'string' ? nameOf(id) : 'nobody';
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing';
}

function money(fields: Fields, currency: string, locale: string | undefined): string {
  const { valueMinor } = fields;
  const own = fields.currency;
  if (typeof valueMinor !== 'number') return 'nothing';
  return formatMoney(valueMinor, typeof own === 'string' ? own : currency, locale);
}

function reasonOf(restatement: unknown): string {
  const isKnown =
    typeof restatement === 'object' && restatement !== null && 'reason' in restatement;
  return isKnown ? `“${text(restatement.reason)}”` : 'without a reason';
}

function amount(minor: unknown, currency: string, locale: string | undefined): string {
  return typeof minor === 'number' ? formatMoney(minor, currency, locale) : 'nothing';
}

function day(fields: Fields, locale: string | undefined): string {
  const { expectedCloseDate } = fields;
  return expectedCloseDate instanceof Date ? formatDay(expectedCloseDate, locale) : 'no date';
}
