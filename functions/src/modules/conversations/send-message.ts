import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { parseInput } from '../../platform/validation.ts';
import { requireCreate } from '../access/access.public.ts';
import { contactType } from '../contacts/contacts.public.ts';
import { orgs } from '../orgs/orgs.public.ts';
import { audienceOf, getOwned } from '../owned-records/owned-records.public.ts';
import { conversationIdOf, conversations, messages } from './conversations.repository.ts';
import { type Message, type NewMessage, newMessageSchema } from './conversations.schema.ts';
import { deliverMessage, LEASE_MS } from './deliver-message.ts';
import type { MessagePorts } from './message-ports.ts';
import { findSettings, heldUntil, senderOf, useBudget, zoneOf } from './message-settings.ts';
import { findOptOut, requireAddress, requireNoOptOut } from './opt-outs.ts';
import { writeMessage } from './write-message.ts';

type Caller = Context<Principal>;

/** What accepting a message leaves: the claim `token` on it is whose call made it. */
interface Accepted {
  readonly id: string;
  readonly token: string;
  readonly isDue: boolean;
}

/**
 * Sends a message to a contact. It is stored first, once, as QUEUED, with the budget it takes and
 * the idempotency key of the request; then handed to the provider by this very call if `ports` are
 * given, and otherwise, or when this process dies, by the sweep of each minute. In the contact's
 * quiet hours it waits for their end. Billed: eight reads and four writes, one of these for the
 * outcome; the claim of an idempotency key is another.
 * @throws AppError not-found, permission-denied, invalid-argument (no address), failed-precondition
 * (opted out, no number to send from), resource-exhausted (the day's budget), unavailable
 */
export async function sendMessage(
  ctx: Caller,
  input: NewMessage,
  ports?: MessagePorts,
): Promise<Stored<Message>> {
  const asked = parseInput(newMessageSchema, input);
  ports?.requireReady(asked.channel);
  const { orgId } = ctx.principal;
  const [id, token] = [ctx.newId(), ctx.newId()];
  const startedMs = performance.now();
  const accepted = await runUnitOfWork(ctx, orgId, (unit) =>
    accept(unit, ctx, asked, { id, token, isSentHere: ports !== undefined }),
  );
  // A repeated request gets what the first one left; whether that is sent is the first one's business.
  const isOurs = accepted.token === token;
  const message = await openUnit(ctx, orgId).get(messages, accepted.id);
  if (ports === undefined || !isOurs || !accepted.isDue) return message;
  return deliverMessage(ctx, ports, orgId, { message, token, startedMs });
}

async function accept(
  unit: UnitOfWork,
  { principal, now }: Caller,
  { contactId, channel, content, subject }: NewMessage,
  { id, token, isSentHere }: Pick<Accepted, 'id' | 'token'> & { readonly isSentHere: boolean },
): Promise<Accepted> {
  const contact = await getOwned(unit, principal, contactType, contactId, 'read');
  requireCreate(principal, 'message', audienceOf(contact));
  const to = requireAddress(contact, channel);
  const [org, settings, conversation, optOut] = await Promise.all([
    unit.get(orgs, unit.orgId),
    findSettings(unit),
    unit.find(conversations, conversationIdOf(contact.id, channel)),
    findOptOut(unit, channel, to),
  ]);
  if (optOut !== undefined) requireNoOptOut(optOut);
  const ourNumber = channel === 'EMAIL' ? null : senderOf(settings, channel, conversation);
  const heldTo = heldUntil(settings, channel, zoneOf(contact, org.timeZone), now);
  await useBudget(unit, settings, heldTo ?? now, org.timeZone);
  const isDue = heldTo === null;
  const isClaimed = isDue && isSentHere;
  writeMessage(
    unit,
    contact,
    conversation,
    {
      ...{ id, channel, content, direction: 'OUTBOUND', status: 'QUEUED', ourNumber },
      ...{ from: ourNumber, to, subject: subjectOf(channel, subject, org.name) },
      nextSendAt: isClaimed ? new Date(now.getTime() + LEASE_MS) : (heldTo ?? now),
      attempt: {
        ...{ count: isClaimed ? 1 : 0, token: isClaimed ? token : null },
        ...{ startedAt: isClaimed ? now : null, uncertainSince: null },
      },
    },
    { actor: principal.uid, now },
  );
  return { id, token, isDue };
}

function subjectOf(
  channel: NewMessage['channel'],
  subject: string | undefined,
  orgName: string,
): string | null {
  return channel === 'EMAIL' ? (subject ?? `Message from ${orgName}`) : null;
}
