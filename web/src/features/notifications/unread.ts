import type { NotificationView } from '@splitline/functions/contracts';

/** What is known to be read by now, beyond what the list said when it was loaded. */
export interface ReadState {
  /** The unread ones by id, live; undefined when there are too many to know all of them. */
  readonly unread: ReadonlySet<string> | undefined;
  /** Those that were marked here and may not have arrived with the server. */
  readonly marked: ReadonlySet<string>;
  /** Everything up to this moment was marked here. */
  readonly markedUntil: string;
}

/** True while the person has not read it. */
export function isUnread(
  { id, at, readAt }: Pick<NotificationView, 'id' | 'at' | 'readAt'>,
  { unread, marked, markedUntil }: ReadState,
): boolean {
  if (readAt !== null || marked.has(id) || at <= markedUntil) return false;
  return unread === undefined || unread.has(id);
}
