import { isDeepStrictEqual } from 'node:util';
import type { Stored } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Deal } from '../deals/deals.schema.ts';
import type { Event, EventContent } from '../events/events.schema.ts';
import { post } from '../ledger/ledger.public.ts';
import { terms } from '../plans/plans.public.ts';
import { findEntriesOfDeal } from './earnings.repository.ts';
import { type EarningState, postingsOf, postingsToTarget } from './postings.ts';
import { type EarningDeal, isEarning } from './target.ts';

/** One delivered change of a deal with its event. */
interface Change {
  readonly event: EventContent;
  readonly before: Deal | undefined;
  readonly after: Deal | undefined;
}

/**
 * Posts what a change of a deal earns, in the commit of its event: the difference of the targets of
 * its two states. Billed: one read of the terms when the change touches what is earned; for each
 * payee one posting and one split.
 */
export async function postEarnings(
  unit: UnitOfWork,
  { event, before, after }: Change,
  now: Date,
): Promise<void> {
  if (!touchesEarnings(before, after)) return;
  const [was, is] = await statesOf(unit, before, after);
  for (const { id, entry } of postingsOf(event, was, is, now)) post(unit, id, entry);
}

/**
 * Posts what lost triggers left out, in the commit of the newest event that is recovered: what the
 * deal as it is earns less what the events known have posted. `known` must have been read before.
 */
export async function postMissedEarnings(
  unit: UnitOfWork,
  {
    event,
    known,
    current,
  }: { event: EventContent; known: readonly Event[]; current: Stored<Deal> },
  now: Date,
): Promise<void> {
  const [is] = await statesOf(unit, current, undefined);
  const versions = new Set(known.map(({ version }) => version));
  const entries = await findEntriesOfDeal(unit, current.id);
  const posted = entries.filter(
    ({ dealVersion, eventId }) =>
      dealVersion !== null && eventId !== null && versions.has(dealVersion),
  );
  for (const { id, entry } of postingsToTarget(event, is, posted, now)) post(unit, id, entry);
}

function touchesEarnings(before: Deal | undefined, after: Deal | undefined): boolean {
  const was = before !== undefined && isEarning(before) ? earningFields(before) : undefined;
  const is = after !== undefined && isEarning(after) ? earningFields(after) : undefined;
  return !isDeepStrictEqual(was, is);
}

function earningFields(deal: Deal): EarningDeal {
  const { valueMinor, refundedMinor, currency, stageKind, splits, termsId, deletedAt } = deal;
  return { valueMinor, refundedMinor, currency, stageKind, splits, termsId, deletedAt };
}

async function statesOf(
  unit: UnitOfWork,
  before: Deal | undefined,
  after: Deal | undefined,
): Promise<[EarningState, EarningState]> {
  const ids = [before?.termsId, after?.termsId].flatMap((id) => id ?? []);
  const found = await unit.findMany(terms, ids);
  const stateOf = (deal: Deal | undefined): EarningState => ({
    deal,
    terms: deal?.termsId ? found.get(deal.termsId) : undefined,
  });
  return [stateOf(before), stateOf(after)];
}
