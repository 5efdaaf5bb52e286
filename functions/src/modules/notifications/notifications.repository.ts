import { createHash } from 'node:crypto';
import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { listAdmins, listManagers } from '../users/users.public.ts';
import {
  type Alert,
  alertSchema,
  type Notification,
  type NotificationMail,
  type NotificationSettings,
  notificationMailSchema,
  notificationSchema,
  notificationSettingsSchema,
} from './notifications.schema.ts';

export const notifications: Collection<Notification> = orgCollection(
  'notifications',
  'Notification',
  notificationSchema,
);
export const alerts: Collection<Alert> = orgCollection('alerts', 'Alert', alertSchema);
export const notificationMails: Collection<NotificationMail> = orgCollection(
  'notificationMails',
  'Notification mail',
  notificationMailSchema,
);
export const notificationSettings: Collection<NotificationSettings> = orgCollection(
  'notificationSettings',
  'Notification settings',
  notificationSettingsSchema,
);

/** The composite indexes of an inbox, all of it and what is unread. */
export const notificationIndexes: readonly CompositeIndex[] = [
  compositeIndex('notifications', 'ownerId', 'at desc'),
  compositeIndex('notifications', 'ownerId', 'readAt', 'at desc'),
];

/** The id of what one person is told of one cause. */
export function notificationId(uid: string, cause: string): string {
  return `n_${createHash('sha256').update(`${uid}\n${cause}`).digest('base64url')}`;
}

/** Narrows a query to somebody's notifications. */
export function whereOf(query: Query, uid: string, isUnread: boolean): Query {
  const own = query.where('ownerId', '==', uid);
  return isUnread ? own.where('readAt', '==', null) : own;
}

/** More than anybody counts; beyond it the number is a lower bound. */
const MAX_COUNTED = 1000;

/** How many of somebody's notifications are unread, at most a thousand. One billed read. */
export function countUnread(unit: UnitOfWork, uid: string): Promise<number> {
  return unit.count(notifications, (query) => whereOf(query, uid, true).limit(MAX_COUNTED));
}

/** Somebody's unread notifications up to an instant, the newest first. */
export function findUnread(
  unit: UnitOfWork,
  uid: string,
  { until, limit }: { readonly until: Date | undefined; readonly limit: number },
): Promise<Stored<Notification>[]> {
  return unit.query(notifications, (query) => {
    const unread = whereOf(query, uid, true);
    const narrowed = until === undefined ? unread : unread.where('at', '<=', until);
    return narrowed.orderBy('at', 'desc').limit(limit);
  });
}

/** Whom an alert reaches, in no order. Billed: one read for each manager and administrator looked up. */
export async function findRecipients(
  unit: UnitOfWork,
  { uids, managersOf, admins, except }: Alert,
): Promise<string[]> {
  const managers = managersOf === null ? [] : await listManagers(unit, managersOf);
  const isUnmanaged = managersOf !== null && managers.length === 0;
  const found = [...managers, ...(admins || isUnmanaged ? await listAdmins(unit) : [])];
  const all = new Set([...uids, ...found.map(({ id }) => id)]);
  return [...all].filter((uid) => uid !== except);
}
