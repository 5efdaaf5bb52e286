import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed } from '../access/access.public.ts';
import { foldEvents } from '../events/events.public.ts';
import type { Event } from '../events/events.schema.ts';
import { ledger } from '../ledger/ledger.public.ts';
import type { Component, LedgerEntry } from '../ledger/ledger.schema.ts';
import { terms } from '../plans/plans.public.ts';
import { earningDealOf } from './earning-deal.ts';
import { findEventsUntil } from './earnings.repository.ts';
import type { EntryExplanation, TargetExplanation } from './explain.schema.ts';
import { explainTarget } from './explain.ts';
import {
  changeSentence,
  entrySentence,
  goneSentence,
  targetSentence,
  type Voice,
} from './explain-sentence.ts';
import type { EarningState } from './postings.ts';
import { targetOf } from './target.ts';

type Caller = Context<Principal>;

/** An entry that the event of a deal posted. */
interface DealPosting extends LedgerEntry {
  readonly component: Component;
  readonly dealId: string;
  readonly dealVersion: number;
}

/**
 * Why an entry was posted and why it is that much, as data and in words: for the payee, and for
 * those who may see the payee's earnings. Nobody else's terms or amounts are in it. Billed: the
 * entry; for one that a deal's event posted, the deal's events until then and the terms.
 * @throws AppError not-found
 */
export async function explainEntry(
  ctx: Caller,
  entryId: string,
  locale: string,
): Promise<EntryExplanation> {
  const { principal } = ctx;
  const unit = openUnit(ctx, principal.orgId);
  const entry = await unit.find(ledger, entryId);
  if (entry === undefined || !isAllowed(principal, 'read', 'ledger', entry)) {
    throw notFound(ledger.label, entryId);
  }
  const voice = { locale, isPayee: entry.ownerId === principal.uid };
  const { ownerId, reason, currency, dealId, dealTitle, dealVersion } = entry;
  const head = {
    ...{ entryId, userId: ownerId, reason, currency, earnedMinor: 0 - entry.expenseMinor },
    deal: dealId === null ? null : { dealId, title: dealTitle, version: dealVersion },
  };
  if (isDealPosting(entry)) return { ...head, ...(await explainPosting(unit, entry, voice)) };
  return {
    ...{ ...head, sentence: entrySentence(entry, voice) },
    ...{ event: null, previousMinor: null, targetMinor: null, before: null, after: null },
  };
}

function isDealPosting(entry: Stored<LedgerEntry>): entry is Stored<DealPosting> {
  return entry.component !== null && entry.dealId !== null && entry.dealVersion !== null;
}

type PostingExplanation = Omit<
  EntryExplanation,
  'entryId' | 'userId' | 'reason' | 'currency' | 'earnedMinor' | 'deal'
>;

async function explainPosting(
  unit: UnitOfWork,
  entry: DealPosting,
  voice: Voice,
): Promise<PostingExplanation> {
  const { dealId, dealVersion, currency } = entry;
  const events = await findEventsUntil(unit, dealId, dealVersion);
  const event = events.find(({ version }) => version === dealVersion);
  const [was, is] = await statesOf(unit, events, dealVersion);
  const [before, after] = [partOf(was, entry), partOf(is, entry)];
  const targetMinor = after?.amountMinor ?? 0;
  // What a recovered event posted made up for all that was lost, whatever the state before it was.
  const previousMinor =
    event?.recovered === false ? (before?.amountMinor ?? 0) : targetMinor + entry.expenseMinor;
  const sentence =
    after === undefined
      ? goneSentence(previousMinor, currency, voice)
      : targetSentence(after, voice) +
        changeSentence({ previousMinor, targetMinor }, currency, voice);
  return {
    sentence,
    event: event ? { id: event.id, types: event.types, recovered: event.recovered } : null,
    ...{ previousMinor, targetMinor, before: before ?? null, after: after ?? null },
  };
}

/** The states before and after an event, with the terms of each. */
async function statesOf(
  unit: UnitOfWork,
  events: readonly Event[],
  version: number,
): Promise<[EarningState, EarningState]> {
  const earlier = events.filter((event) => event.version < version);
  const deals = [foldEvents(earlier), foldEvents(events)].map(earningDealOf);
  const found = await unit.findMany(
    terms,
    deals.flatMap((deal) => deal?.termsId ?? []),
  );
  const [was, is] = deals.map((deal) => ({
    deal,
    terms: deal?.termsId ? found.get(deal.termsId) : undefined,
  }));
  const nothing = { deal: undefined, terms: undefined };
  return [was ?? nothing, is ?? nothing];
}

/** What a state pays the entry's payee by the entry's plan, for the entry's win. */
function partOf(
  { deal, terms: pinned }: EarningState,
  { ownerId: uid, component, currency, planKey, wonAt }: DealPosting,
): TargetExplanation | undefined {
  const isPaid = targetOf(deal, pinned).some(
    (earning) =>
      earning.uid === uid &&
      earning.component === component &&
      earning.currency === currency &&
      earning.planKey === planKey &&
      earning.wonAt.getTime() === wonAt?.getTime(),
  );
  return isPaid ? explainTarget(deal, pinned, { uid, component }) : undefined;
}
