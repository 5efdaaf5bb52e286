import type { User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { notificationListSchema } from '../../data/notifications.ts';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { usePages } from '../../data/usePages.ts';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { NotificationRow } from './NotificationRow.tsx';
import { isUnread } from './unread.ts';
import type { useUnread } from './useUnread.ts';

interface NotificationListProps {
  readonly data: WorkspaceData;
  readonly role: User['role'];
  readonly isUnreadOnly: boolean;
  readonly unread: ReturnType<typeof useUnread>;
}

/** The newest first; what comes meanwhile appears on top. */
export function NotificationList({ data, role, isUnreadOnly, unread }: NotificationListProps) {
  const { rest } = data;
  const { latest, state, isMarking, mark, markAll } = unread;
  const filter = isUnreadOnly ? 'true' : undefined;
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/notifications', notificationListSchema, { unread: filter, ...at }),
      [rest, filter],
    ),
    latest,
  );
  if (list.status === 'loading') return <Loading what="notifications" />;
  if (list.status === 'failed') {
    return (
      <Failure
        title="The notifications cannot be shown"
        message={list.problem.message}
        onRetry={list.reload}
      />
    );
  }
  const { records } = list.value;
  const newest = records[0];
  const hasUnread = records.some((record) => isUnread(record, state)) || state.unread === undefined;
  return (
    <section className="section" aria-label={isUnreadOnly ? 'Unread' : 'All'}>
      <Stale problem={list.problem} reload={list.reload} />
      {newest === undefined ? (
        <Nothing isUnreadOnly={isUnreadOnly} />
      ) : (
        <>
          {hasUnread && (
            <button
              className="button button--small notifications__all"
              type="button"
              aria-disabled={isMarking}
              onClick={() => {
                if (!isMarking) void markAll(newest.at);
              }}
            >
              {isMarking ? 'Marking…' : 'Mark all read'}
            </button>
          )}
          <ol className="rows" aria-label="Notifications">
            {records.map((notification) => (
              <NotificationRow
                key={notification.id}
                data={data}
                notification={notification}
                role={role}
                isUnread={isUnread(notification, state)}
                onRead={() => void mark(notification.id)}
              />
            ))}
          </ol>
          <More pages={list.value} />
        </>
      )}
    </section>
  );
}

function Nothing({ isUnreadOnly }: { readonly isUnreadOnly: boolean }) {
  return (
    <div className="rows">
      <p className="rows__empty">
        {isUnreadOnly
          ? 'You have read everything.'
          : 'Nothing yet. You are told here when a deal or a task is assigned to you, a message comes in, and more: see Settings.'}
      </p>
    </div>
  );
}
