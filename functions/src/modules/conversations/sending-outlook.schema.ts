import { z } from 'zod';
import { idSchema } from '../../platform/text.schema.ts';
import { channelSchema, optOutSchema } from './conversations.schema.ts';
import { conversationViewSchema } from './message-view.schema.ts';

/** To whom somebody may be about to write, and how. */
export const outlookQuerySchema = z.strictObject({ contactId: idSchema, channel: channelSchema });
export type OutlookQuery = z.infer<typeof outlookQuerySchema>;

/** What would become of a message that was sent now. */
export const sendingOutlookSchema = z.object({
  contactId: z.string(),
  contact: conversationViewSchema.shape.contact,
  channel: channelSchema,
  conversationId: z.string(),
  /** True when there are messages already. */
  isStarted: z.boolean(),
  /** The contact's address; null when there is none to write to on the channel. */
  to: z.string().nullable(),
  /** The number it goes out from; null when there is none, and for mails. */
  from: z.string().nullable(),
  /** Who said that the contact wants no messages, and when; it would be refused. */
  optOut: z.object({ source: optOutSchema.shape.source, at: z.string() }).nullable(),
  /** When the contact's quiet hours end that it is now in; it would wait until then. */
  heldUntil: z.string().nullable(),
  /** The clock of the contact, and that of the organisation. */
  contactTimeZone: z.string(),
  timeZone: z.string(),
});
export type SendingOutlook = z.infer<typeof sendingOutlookSchema>;
