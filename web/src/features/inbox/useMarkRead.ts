import { useEffect } from 'react';
import type { Rest } from '../../data/port.ts';

/**
 * Marks what is unread as read while the person looks at it. When that fails it stays marked as
 * unread, which is the truth, and the next opening tries again.
 */
export function useMarkRead(rest: Rest, id: string, unreadCount: number): void {
  useEffect(() => {
    if (unreadCount === 0) return;
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      rest.send('POST', `/api/messages/${id}/read`).catch(() => undefined);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [rest, id, unreadCount]);
}
