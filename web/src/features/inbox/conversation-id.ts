import type { Channel } from '@splitline/functions/contracts';

/** With whom, and on which channel; the id of a conversation is both. */
export interface Correspondence {
  readonly contactId: string;
  readonly channel: Channel;
}

export const channels: readonly Channel[] = ['SMS', 'EMAIL', 'WHATSAPP'];

export const channelNames: Readonly<Record<Channel, string>> = {
  SMS: 'SMS',
  EMAIL: 'E-mail',
  WHATSAPP: 'WhatsApp',
};

/** Where the page shows what is said with a contact on a channel. */
export function inboxPath({ contactId, channel }: Correspondence): string {
  return `/inbox/${contactId}_${channel.toLowerCase()}`;
}

/** Reads the id in an address; undefined when it is none. */
export function correspondenceOf(id: string): Correspondence | undefined {
  const at = id.lastIndexOf('_');
  const channel = channels.find((one) => one.toLowerCase() === id.slice(at + 1));
  const contactId = id.slice(0, Math.max(0, at));
  return channel === undefined || contactId === '' ? undefined : { contactId, channel };
}
