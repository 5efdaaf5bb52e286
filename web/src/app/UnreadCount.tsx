import { MAX_LISTED_UNREAD } from '../data/port.ts';

/** How many notifications wait to be read; nothing when none does. */
export function UnreadCount({ unread }: { readonly unread: number }) {
  if (unread === 0) return null;
  const count = unread < MAX_LISTED_UNREAD ? String(unread) : `${MAX_LISTED_UNREAD - 1}+`;
  return (
    <>
      <span className="unread-count" aria-hidden="true">
        {count}
      </span>
      <span className="visually-hidden"> {count} unread</span>
    </>
  );
}
