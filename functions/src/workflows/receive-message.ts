import { z } from 'zod';
import { findHolder } from '../modules/claims/claims.public.ts';
import { addContact, contacts } from '../modules/contacts/contacts.public.ts';
import type { Contact } from '../modules/contacts/contacts.schema.ts';
import {
  conversationIdOf,
  conversations,
  findOrgOfNumber,
  findSettings,
  heedKeyword,
  keywordIn,
  messages,
  reportStatus,
  statusOfTwilio,
  writeMessage,
} from '../modules/conversations/conversations.public.ts';
import { type InboxHandler, InboxRefusal } from '../modules/inbox/inbox.public.ts';
import { getOwner, listAdmins } from '../modules/users/users.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { normalisePhone } from '../platform/phone.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { updateRecord } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { idSchema, lineSchema } from '../platform/text.schema.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

/** The types that Twilio's deliveries are stored under. */
export const INBOUND_TYPE = 'message.inbound';
export const STATUS_TYPE = 'message.status';

const ACTOR = 'system:messages';
const MAX_CONTENT = 20_000;

/** What is kept of a text that came in. */
export const inboundSchema = z.strictObject({
  sid: idSchema,
  channel: z.enum(['SMS', 'WHATSAPP']),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  profileName: z.string().nullable(),
  media: z.array(z.strictObject({ url: z.string(), contentType: z.string() })),
});
export type Inbound = z.infer<typeof inboundSchema>;

/** What is kept of a report on a text of ours. */
export const statusReportSchema = z.strictObject({
  sid: idSchema,
  orgId: idSchema,
  messageId: idSchema,
  status: z.string(),
  errorCode: z.string().nullable(),
});
export type StatusPayload = z.infer<typeof statusReportSchema>;

/**
 * Adds a text that came in to the conversation with whoever sent it, in the organisation that owns
 * the number that was texted. Somebody who is not known becomes a contact of that number's owner, as
 * people know it from shared inboxes; one who is in the bin comes back from there. STOP and START
 * are heeded in the same commit.
 */
export const receiveMessage: InboxHandler = {
  source: 'platform',
  run: async (ctx, { payload }) => {
    const inbound = inboundSchema.parse(payload);
    const to = normalisePhone(inbound.to, 'To');
    const orgId = await findOrgOfNumber(ctx, to);
    if (orgId === undefined) {
      throw new InboxRefusal(
        `No organisation has the number ${to}; register it at POST /api/twilio/phone-numbers`,
      );
    }
    const { store, now } = ctx;
    await runUnitOfWork({ store, now }, orgId, (unit) => receive(unit, ctx, { ...inbound, to }));
  },
};

async function receive(unit: UnitOfWork, ctx: Invocation, inbound: Inbound): Promise<void> {
  const { sid, channel, to, media } = inbound;
  const id = `in_${sid}`;
  const from = normalisePhone(inbound.from, 'From');
  const [known, holderId] = await Promise.all([
    unit.find(messages, id),
    findHolder(unit, 'contact', { kind: 'phone', value: from }),
  ]);
  if (known !== undefined) return;
  const contact = await senderOf(unit, ctx, { ...inbound, from }, holderId);
  const conversation = await unit.find(conversations, conversationIdOf(contact.id, channel));
  const keyword = keywordIn(inbound.body);
  if (keyword !== null) {
    const at = ctx.now;
    await heedKeyword(unit, keyword, { channel, address: from, contactId: contact.id, at });
  }
  writeMessage(
    unit,
    contact,
    conversation,
    {
      ...{ id, channel, direction: 'INBOUND', status: 'RECEIVED', ourNumber: to },
      ...{ from, to, media, keyword, providerId: sid },
      content: inbound.body.slice(0, MAX_CONTENT).toWellFormed(),
    },
    { actor: ACTOR, now: ctx.now },
  );
}

/** Whoever has the phone number; a new contact when nobody has. */
async function senderOf(
  unit: UnitOfWork,
  ctx: Invocation,
  inbound: Inbound,
  holderId: string | undefined,
): Promise<Stored<Contact>> {
  const holder = holderId === undefined ? undefined : await unit.find(contacts, holderId);
  if (holder === undefined) return newSender(unit, ctx, inbound);
  if (holder.deletedAt === null) return holder;
  const change = { actor: ACTOR, now: ctx.now };
  return updateRecord(unit, contacts, holder, { deletedAt: null }, change);
}

async function newSender(
  unit: UnitOfWork,
  ctx: Invocation,
  { from, to, channel, profileName }: Inbound,
): Promise<Stored<Contact>> {
  const caller: Context<Principal> = { ...ctx, principal: systemOf(unit.orgId) };
  const ownerId = await ownerOf(unit, caller.principal, to);
  const name = lineSchema(100).safeParse(profileName);
  return addContact(unit, caller, ctx.newId(), {
    ...{ firstName: name.success ? name.data : from, phone: from, ownerId, source: channel },
  });
}

/** Whoever looks after people who write to this number; an administrator when that is nobody any more. */
async function ownerOf(unit: UnitOfWork, system: Principal, to: string): Promise<string> {
  const { numbers } = await findSettings(unit);
  const owner = numbers.find(({ phoneNumber }) => phoneNumber === to)?.ownerId;
  try {
    if (owner !== undefined) return (await getOwner(unit, system, owner)).id;
  } catch {
    // No longer an active member.
  }
  const [admin] = await listAdmins(unit);
  if (admin === undefined) throw new InboxRefusal('The organisation has no active administrator');
  return admin.id;
}

function systemOf(orgId: string): Principal {
  return {
    ...{ kind: 'automation', orgId, uid: ACTOR, role: 'admin', teamId: null },
    ...{ managedTeamIds: [], scopes: [] },
  };
}

/** Takes a text of ours on by what Twilio reports of it. */
export const settleByReport: InboxHandler = {
  source: 'platform',
  run: async (ctx, { payload }) => {
    const { sid, orgId, messageId, status: word, errorCode } = statusReportSchema.parse(payload);
    const status = statusOfTwilio(word);
    // A word that Twilio has come up with since says nothing to us.
    if (status === undefined) return;
    const report = { messageId, providerId: sid, status, errorCode };
    if (await reportStatus(ctx, orgId, report)) return;
    throw new InboxRefusal(`There is no message '${messageId}' that Twilio knows as ${sid}`);
  },
};
