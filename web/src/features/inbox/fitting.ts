import type { Channel } from '@splitline/functions/contracts';
import type { Conversation } from '../../data/messages.ts';

interface Wanted {
  readonly isUnread: boolean;
  readonly channel: Channel | undefined;
  /** Part of a name, a number or an address. */
  readonly search: string;
  /** The one that is open stays, although opening it marks it as read. */
  readonly keep: string | undefined;
}

/** The conversations that fit what is wanted, in their order. */
export function fitting<T extends Conversation & { readonly id: string }>(
  conversations: readonly T[],
  { isUnread, channel, search, keep }: Wanted,
): readonly T[] {
  const words = search.toLowerCase().split(/\s+/);
  return conversations.filter((one) => {
    const { firstName, lastName, phone, email } = one.contact;
    const text = [firstName, lastName, phone, email].join(' ').toLowerCase();
    return (
      (!isUnread || one.unreadCount > 0 || one.id === keep) &&
      (channel === undefined || one.channel === channel) &&
      words.every((word) => text.includes(word))
    );
  });
}
