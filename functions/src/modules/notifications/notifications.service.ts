import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { isAllowed } from '../access/access.public.ts';
import { countUnread, findUnread, notifications, whereOf } from './notifications.repository.ts';
import type { ListNotifications, Notification, ReadAll } from './notifications.schema.ts';

type Caller = Context<Principal>;

/** A batch takes 500 writes, and a claimed key is one more. */
const MAX_MARKED = 400;

/** Who is concerned by a notification: its reader alone. */
export function audienceOfNotification({ ownerId }: Pick<Notification, 'ownerId'>) {
  return { ownerId, teamId: null, participantIds: [ownerId] };
}

/**
 * A page of the caller's notifications, the newest first, and how many are unread, at most 1000.
 * Billed: one read each, and one for the number.
 * @throws AppError invalid-argument (cursor)
 */
export async function listNotifications(
  ctx: Caller,
  { unread, cursor, limit }: ListNotifications,
): Promise<{ records: Stored<Notification>[]; nextCursor: string | null; unreadCount: number }> {
  const { orgId, uid } = ctx.principal;
  const unit = openUnit(ctx, orgId);
  const [page, unreadCount] = await Promise.all([
    unit.page(notifications, (query) => whereOf(query, uid, unread !== undefined), {
      ...{ order: { field: 'at', direction: 'desc' }, limit, cursor },
    }),
    countUnread(unit, uid),
  ]);
  return { ...page, unreadCount };
}

/** Marks a notification as read; one that is read stays so. @throws AppError not-found, conflict */
export function readNotification(
  ctx: Caller,
  { notificationId }: { notificationId: string },
): Promise<Stored<Notification>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const found = await unit.get(notifications, notificationId);
    // The same words as for an absent one.
    if (!isAllowed(principal, 'update', 'notification', audienceOfNotification(found))) {
      throw notFound(notifications.label, notificationId);
    }
    return found.readAt === null ? unit.update(notifications, found, { readAt: now }) : found;
  });
}

/**
 * Marks the caller's unread notifications as read, the newest 400 of those up to `until`; `more` says
 * that there may be others. Billed: one read and one write each.
 * @throws AppError conflict
 */
export function readAllNotifications(
  ctx: Caller,
  { until }: ReadAll,
): Promise<{ marked: number; more: boolean }> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const unread = await findUnread(unit, principal.uid, { until, limit: MAX_MARKED });
    for (const one of unread) unit.update(notifications, one, { readAt: now });
    return { marked: unread.length, more: unread.length === MAX_MARKED };
  });
}
