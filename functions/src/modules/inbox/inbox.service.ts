import pMap from 'p-map';
import type { Stored } from '../../platform/collection.ts';
import { describeError } from '../../platform/log.ts';
import type { Invocation } from '../../platform/runtime.ts';
import {
  isAlreadyExists,
  isContention,
  openUnit,
  type UnitOfWork,
} from '../../platform/unit-of-work.ts';
import { afterFailure, finished, inboxIdOf, isDue, isPermanent, newEntry } from './inbox.policy.ts';
import { findDueEntries, inbox } from './inbox.repository.ts';
import type { Delivery, InboxEntry, InboxProvider } from './inbox.schema.ts';

/** The inbox belongs to no organisation. */
const NO_ORG = '';
const SWEEP_LIMIT = 200;
const SWEEP_CONCURRENCY = 4;

/** What is done about one type of event. */
export interface InboxHandler {
  /**
   * Whose events count: the platform's own, or those of the accounts connected to it. Whoever owns a
   * connected account decides what its events say, so none of them may tell of the platform's money.
   */
  readonly source: 'platform' | 'connected';
  /**
   * Runs at least once for each event, in any order and beside itself: effects follow from the event
   * and are guarded by their ids or preconditions.
   * @throws InboxRefusal, StripePermanentError, or an AppError below 500 but no conflict, when no
   * other attempt can help; anything else is tried again
   */
  readonly run: (ctx: Invocation, entry: Stored<InboxEntry>) => Promise<void>;
}

/** One handler a type. */
export type InboxHandlers = Readonly<
  Partial<Record<InboxProvider, Readonly<Partial<Record<string, InboxHandler>>>>>
>;

/**
 * Stores a verified delivery, once. A blind create: no read, one write, and none when it is there.
 * @throws whatever kept it from being stored: then the provider must deliver it again
 */
export async function receiveDelivery(
  ctx: Pick<Invocation, 'store' | 'now'>,
  delivery: Delivery,
): Promise<{ readonly duplicate: boolean }> {
  const unit = openUnit(ctx, NO_ORG);
  unit.create(inbox, inboxIdOf(delivery), newEntry(delivery, ctx.now));
  try {
    await unit.commit();
    return { duplicate: false };
  } catch (error) {
    if (isAlreadyExists(error)) return { duplicate: true };
    throw error;
  }
}

/** What became of an entry; `later`: it waits for its next attempt, or somebody else is at it. */
export type InboxOutcome = InboxEntry['status'] | 'later';

/**
 * Does what an entry asks for, unless that has been done; see `InboxHandler`. Billed: one read and
 * one write beside what the handler does.
 * @throws what the handler threw, when another attempt may help
 */
export async function processEntry(
  ctx: Invocation,
  handlers: InboxHandlers,
  entryId: string,
): Promise<InboxOutcome> {
  const unit = openUnit(ctx, NO_ORG);
  const entry = await unit.find(inbox, entryId);
  if (entry === undefined) return 'ignored';
  if (entry.status !== 'pending') return entry.status;
  if (!isDue(entry, ctx.now)) return 'later';
  const settle = (change: Settlement) => commitOutcome(unit, entry, change);
  const handler = handlers[entry.provider]?.[entry.type];
  if (handler === undefined || handler.source !== sourceOf(entry)) {
    return settle(finished(entry, 'ignored', ctx.now));
  }
  try {
    await handler.run(ctx, entry);
  } catch (error) {
    const isFinal = isPermanent(error);
    const outcome = await settle(afterFailure(entry, error, { now: ctx.now, isFinal }));
    if (outcome === 'pending') throw error;
    if (outcome === 'failed') alertOf(ctx, entry, error);
    return outcome;
  }
  return settle(finished(entry, 'processed', ctx.now));
}

function sourceOf({ account }: InboxEntry): InboxHandler['source'] {
  return account === null ? 'platform' : 'connected';
}

type Settlement = Partial<InboxEntry> & Pick<InboxEntry, 'status'>;

/** Writes what became of the entry, unless somebody else was faster: then theirs stands. */
async function commitOutcome(
  unit: UnitOfWork,
  entry: Stored<InboxEntry>,
  change: Settlement,
): Promise<InboxOutcome> {
  unit.update(inbox, entry, change);
  try {
    await unit.commit();
    return change.status;
  } catch (error) {
    if (isContention(error)) return 'later';
    throw error;
  }
}

/** What the alert of the deployment is on: an entry that a person has to look at. */
function alertOf({ log }: Invocation, { id, type, orgId }: Stored<InboxEntry>, error: unknown) {
  log.error({ inboxId: id, type, orgId, ...describeError(error) }, 'delivery failed for good');
}

/**
 * Takes up what the trigger left behind: what it never saw, and what waits for another attempt.
 * @returns how many were dealt with
 */
export async function driveInbox(ctx: Invocation, handlers: InboxHandlers): Promise<number> {
  const due = await findDueEntries(ctx.store, ctx.now, SWEEP_LIMIT);
  const done = await pMap(due, (entryId) => drive(ctx, handlers, entryId), {
    concurrency: SWEEP_CONCURRENCY,
  });
  return done.filter(Boolean).length;
}

async function drive(ctx: Invocation, handlers: InboxHandlers, entryId: string): Promise<boolean> {
  try {
    return (await processEntry(ctx, handlers, entryId)) !== 'later';
  } catch (error) {
    ctx.log.warn({ inboxId: entryId, ...describeError(error) }, 'delivery is tried again later');
    return false;
  }
}
