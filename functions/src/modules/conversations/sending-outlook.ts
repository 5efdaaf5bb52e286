import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { requireCreate } from '../access/access.public.ts';
import { contactType } from '../contacts/contacts.public.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { audienceOf, getOwned } from '../owned-records/owned-records.public.ts';
import { conversationIdOf, conversations } from './conversations.repository.ts';
import { findSender, findSettings, heldUntil, zoneOf } from './message-settings.ts';
import { addressOf, findOptOut } from './opt-outs.ts';
import type { OutlookQuery, SendingOutlook } from './sending-outlook.schema.ts';
import { glanceOf } from './write-message.ts';

/**
 * What would become of a message to a contact if it was sent now: from where to where it would go,
 * and whether it would be refused or wait. Billed: five reads.
 * @throws AppError not-found, permission-denied
 */
export async function getSendingOutlook(
  { store, now, principal }: Context<Principal>,
  { contactId, channel }: OutlookQuery,
): Promise<SendingOutlook> {
  const unit = openUnit({ store }, principal.orgId);
  const contact = await getOwned(unit, principal, contactType, contactId, 'read');
  requireCreate(principal, 'message', audienceOf(contact));
  const to = addressOf(contact, channel);
  const conversationId = conversationIdOf(contact.id, channel);
  const [org, settings, conversation, optOut] = await Promise.all([
    getOrg(unit),
    findSettings(unit),
    unit.find(conversations, conversationId),
    to === null ? undefined : findOptOut(unit, channel, to),
  ]);
  const zone = zoneOf(contact, org.timeZone);
  return {
    ...{ contactId: contact.id, contact: glanceOf(contact), channel, conversationId, to },
    from: channel === 'EMAIL' ? null : (findSender(settings, channel, conversation) ?? null),
    isStarted: conversation !== undefined && conversation.deletedAt === null,
    optOut: optOut === undefined ? null : { source: optOut.source, at: optOut.at.toISOString() },
    heldUntil: heldUntil(settings, channel, zone, now)?.toISOString() ?? null,
    ...{ contactTimeZone: zone, timeZone: org.timeZone },
  };
}
