import pMap from 'p-map';
import type { Stored } from '../../platform/collection.ts';
import { findDue } from '../../platform/due-documents.ts';
import { newId } from '../../platform/ids.ts';
import { describeError } from '../../platform/log.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { contacts } from '../contacts/contacts.public.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { messages } from './conversations.repository.ts';
import type { Message } from './conversations.schema.ts';
import { deliverMessage, LEASE_MS, type Sender } from './deliver-message.ts';
import type { MessagePorts } from './message-ports.ts';
import { findSettings, heldUntil, zoneOf } from './message-settings.ts';
import { findOptOut, optOutReason } from './opt-outs.ts';
import { causedBy, fail } from './settle-message.ts';

const SWEEP_LIMIT = 200;
const SWEEP_CONCURRENCY = 4;

/**
 * Sends the messages whose time has come: those whose quiet hours are over, those to be tried again,
 * and those of processes that died, of which it first finds out whether they were sent.
 * @returns how many were due
 */
export async function driveMessages(ctx: Sender, ports: MessagePorts): Promise<number> {
  const due = await findDue(ctx.store, 'messages', ctx.now, SWEEP_LIMIT);
  await pMap(due, ({ orgId, id }) => driveSafely(ctx, ports, orgId, id), {
    concurrency: SWEEP_CONCURRENCY,
  });
  return due.length;
}

async function driveSafely(ctx: Sender, ports: MessagePorts, orgId: string, id: string) {
  try {
    await driveMessage(ctx, ports, orgId, id);
  } catch (error) {
    // One that cannot even be read must not keep the others from being sent.
    ctx.log.error({ orgId, messageId: id, ...describeError(error) }, 'message not sent');
  }
}

/** Does what is due about one message: finds out about an earlier attempt, or sends it, or both. */
export async function driveMessage(
  ctx: Sender,
  ports: MessagePorts,
  orgId: string,
  id: string,
): Promise<void> {
  const after = await driveOnce(ctx, ports, orgId, id);
  // It turned out not to have been sent.
  if (after !== undefined && isDue(after, ctx.now)) await driveOnce(ctx, ports, orgId, id);
}

async function driveOnce(
  ctx: Sender,
  ports: MessagePorts,
  orgId: string,
  id: string,
): Promise<Stored<Message> | undefined> {
  const token = newId();
  const startedMs = performance.now();
  const message = await claim(ctx, orgId, id, token);
  if (message === undefined) return undefined;
  return deliverMessage(ctx, ports, orgId, { message, token, startedMs });
}

function isDue({ status, nextSendAt }: Message, now: Date): boolean {
  return status === 'QUEUED' && nextSendAt !== null && nextSendAt <= now;
}

/**
 * Claims a message that is due, so that nobody else sends it. What was allowed when it was accepted
 * may not be any more: then it fails, or waits for the end of the quiet hours.
 */
async function claim(
  { store, now }: Sender,
  orgId: string,
  id: string,
  token: string,
): Promise<Stored<Message> | undefined> {
  const known = await openUnit({ store }, orgId).find(messages, id);
  if (known === undefined) return undefined;
  return runUnitOfWork(causedBy({ store, now }, known), orgId, async (unit) => {
    const message = await unit.find(messages, id);
    if (message === undefined || !isDue(message, now)) return undefined;
    const { attempt } = message;
    const isUncertain = attempt.token !== null;
    if (!isUncertain && (await isHeldBack(unit, message, now))) return undefined;
    const uncertainSince = attempt.uncertainSince ?? attempt.startedAt;
    return unit.update(messages, message, {
      nextSendAt: new Date(now.getTime() + LEASE_MS),
      attempt: {
        ...{ count: attempt.count + 1, token, startedAt: now },
        uncertainSince: isUncertain ? uncertainSince : null,
      },
    });
  });
}

/** True when a message must not be sent now; what becomes of it instead is written. */
async function isHeldBack(unit: UnitOfWork, message: Stored<Message>, now: Date): Promise<boolean> {
  const { channel, to, recordId } = message;
  const [contact, settings, org, optOut] = await Promise.all([
    unit.find(contacts, recordId),
    findSettings(unit),
    getOrg(unit),
    to === null ? undefined : findOptOut(unit, channel, to),
  ]);
  if (optOut !== undefined) {
    fail(unit, message, `Not sent: ${optOutReason(channel, optOut.source)}`, now);
    return true;
  }
  // One that was merged into another is still written to.
  if (contact === undefined || (contact.deletedAt !== null && contact.mergedInto === null)) {
    fail(unit, message, 'Not sent: the contact was deleted', now);
    return true;
  }
  const heldTo = heldUntil(settings, channel, zoneOf(contact, org.timeZone), now);
  if (heldTo === null) return false;
  unit.update(messages, message, { nextSendAt: heldTo });
  return true;
}
