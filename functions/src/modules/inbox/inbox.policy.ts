import { z } from 'zod';
import { StripePermanentError } from '../../integrations/stripe/stripe.port.ts';
import { AppError } from '../../platform/errors.ts';
import type { Delivery, InboxEntry } from './inbox.schema.ts';

/** How long the trigger has before the sweep takes over. */
const GRACE_MS = 2 * 60 * 1000;
/**
 * With the pauses below the last attempt is three and a half days after the first: providers deliver
 * for up to three days what we did not take, so what an entry waits for has come by then.
 */
const MAX_ATTEMPTS = 24;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 6 * 60 * 60 * 1000;
/** Longer than any provider can deliver an event, or list it. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** Far below a document's limit; what handlers need of an event is a few kilobytes. */
const MAX_PAYLOAD_CHARS = 100_000;
const MAX_ERROR_CHARS = 1000;

/** An entry that no attempt can help: it is marked as failed, for a person to look at. */
export class InboxRefusal extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'InboxRefusal';
  }
}

/** The id that makes a delivery one, however often it comes. */
export function inboxIdOf({ provider, eventId }: Pick<Delivery, 'provider' | 'eventId'>): string {
  return `${provider}_${eventId}`;
}

/** The entry of a delivery that has just come. */
export function newEntry(delivery: Delivery, now: Date): InboxEntry {
  const { payload } = delivery;
  const isTooLarge = JSON.stringify(payload).length > MAX_PAYLOAD_CHARS;
  return {
    ...delivery,
    orgId: orgIdIn(payload),
    ...{ status: 'pending', attempts: 0, receivedAt: now, finishedAt: null },
    dueAt: new Date(now.getTime() + GRACE_MS),
    expiresAt: new Date(now.getTime() + KEPT_MS),
    // Kept without its content, it fails visibly for lack of it.
    payload: isTooLarge ? {} : payload,
    error: isTooLarge ? `The content is larger than ${MAX_PAYLOAD_CHARS} characters` : null,
  };
}

function orgIdIn({ metadata }: Delivery['payload']): string | null {
  const orgId: unknown = Object(metadata).orgId;
  return typeof orgId === 'string' ? orgId : null;
}

/** False between two attempts: an attempt that failed gives what it waits for time to come. */
export function isDue({ attempts, dueAt }: InboxEntry, now: Date): boolean {
  return attempts === 0 || dueAt === null || dueAt <= now;
}

/** The entry once it has been dealt with. */
export function finished(
  entry: InboxEntry,
  status: 'processed' | 'ignored',
  now: Date,
): Partial<InboxEntry> & Pick<InboxEntry, 'status'> {
  const attempts = entry.attempts + (status === 'processed' ? 1 : 0);
  return { status, attempts, error: null, dueAt: null, finishedAt: now };
}

/** The entry after an attempt that failed: given up when `isFinal`, or after too many of them. */
export function afterFailure(
  entry: InboxEntry,
  error: unknown,
  { now, isFinal }: { readonly now: Date; readonly isFinal: boolean },
): Partial<InboxEntry> & Pick<InboxEntry, 'status'> {
  const attempts = entry.attempts + 1;
  const message = messageOf(error);
  const isOver = isFinal || attempts >= MAX_ATTEMPTS;
  const said = isFinal || !isOver ? message : `Given up after ${attempts} attempts: ${message}`;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return {
    attempts,
    error: said.slice(0, MAX_ERROR_CHARS),
    ...(isOver
      ? { status: 'failed', dueAt: null, finishedAt: now, expiresAt: null }
      : { status: 'pending', dueAt: new Date(now.getTime() + pauseMs) }),
  };
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

/** True for what goes wrong in the same way whenever it is tried. */
export function isPermanent(error: unknown): boolean {
  // What is stored does not read otherwise the next time.
  if (error instanceof InboxRefusal || error instanceof z.ZodError) return true;
  if (error instanceof StripePermanentError) return true;
  if (!(error instanceof AppError)) return false;
  return error.status < 500 && error.code !== 'conflict' && error.code !== 'resource-exhausted';
}
