import { z } from 'zod';
import { lineSchema, textSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';

/** What people are told of without asking; `workflow` is what a workflow of theirs tells them. */
export const notificationKindSchema = z.enum([
  'deal_assigned',
  'deal_won',
  'dispute_opened',
  'dispute_resolved',
  'payout_failed',
  'task_assigned',
  'mentioned',
  'message_received',
  'member_left',
  'run_failed',
  'webhook_disabled',
  'workflow',
]);
export type NotificationKind = z.infer<typeof notificationKindSchema>;

/** How long somebody can find it in the inbox. */
export const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
export const MAX_TITLE = 200;
export const MAX_BODY = 2000;

const contentShape = {
  kind: notificationKindSchema,
  title: lineSchema(MAX_TITLE),
  body: textSchema(MAX_BODY),
  /** The record that it is about. */
  recordType: z.string().nullable(),
  recordId: z.string().nullable(),
  /** The event that it tells of. */
  eventId: z.string().nullable(),
  at: z.date(),
};

/** Something one person is told, `orgs/{orgId}/notifications/{id}`; the id follows from its cause. */
export const notificationSchema = z.strictObject({
  ...contentShape,
  /** Who is told. */
  ownerId: z.string(),
  readAt: z.date().nullable(),
  expiresAt: z.date(),
});
export type Notification = z.infer<typeof notificationSchema>;

/**
 * An alert to be handed out, `orgs/{orgId}/alerts/{id}`: stored with the event that it tells of,
 * and removed in the commit that makes its notifications. Whom it reaches is looked up then, which
 * keeps these reads out of the trigger.
 */
export const alertSchema = z.strictObject({
  ...contentShape,
  uids: z.array(z.string()).max(100),
  /** Its managers are told, or the administrators when it has none. */
  managersOf: z.string().nullable(),
  /** True when all administrators are told. */
  admins: z.boolean(),
  /** Whoever made it happen knows. */
  except: z.string().nullable(),
  nextSendAt: z.date(),
  attempts: z.int().min(0),
});
export type Alert = z.infer<typeof alertSchema>;

/** A mail to be sent, `orgs/{orgId}/notificationMails/{id}`; removed when it is. */
export const notificationMailSchema = z.strictObject({
  uid: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  nextSendAt: z.date(),
  attempts: z.int().min(0),
});
export type NotificationMail = z.infer<typeof notificationMailSchema>;

const digestSchema = z.enum(['daily', 'weekly', 'off']);
export type DigestFrequency = z.infer<typeof digestSchema>;

/**
 * What somebody wants to be told, and how, `orgs/{orgId}/notificationSettings/{uid}`. Without the
 * document everything is in the inbox and nothing is mailed.
 */
export const notificationSettingsSchema = z.strictObject({
  /** The kinds that are kept out of the inbox, and those that are mailed. */
  muted: z.array(notificationKindSchema),
  mailed: z.array(notificationKindSchema),
  digest: digestSchema,
  /** Up to when digests have told everything. */
  digestSince: z.date().nullable(),
  /** When the next digest is due; null while there is none to come. */
  nextSendAt: z.date().nullable(),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

const channelsSchema = z.strictObject({ inbox: z.boolean(), email: z.boolean() });

/** New settings; what is left out stays. */
export const changeSettingsSchema = z.strictObject({
  kinds: z.partialRecord(notificationKindSchema, channelsSchema.partial()).optional(),
  digest: digestSchema.optional(),
});
export type ChangeSettings = z.infer<typeof changeSettingsSchema>;

export const settingsViewSchema = z.object({
  kinds: z.record(notificationKindSchema, channelsSchema),
  digest: digestSchema,
  nextDigestAt: z.string().nullable(),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** Which of the caller's notifications to list, the newest first. */
export const listNotificationsSchema = z.strictObject({
  unread: z.literal('true').optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListNotifications = z.infer<typeof listNotificationsSchema>;

/** Which of them to mark as read: all, or those up to the newest that the caller has seen. */
export const readAllSchema = z.strictObject({ until: instantSchema.optional() });
export type ReadAll = z.infer<typeof readAllSchema>;

/** A notification as the doors show it. */
export const notificationViewSchema = z.object({
  id: z.string(),
  kind: notificationKindSchema,
  title: z.string(),
  body: z.string(),
  recordType: z.string().nullable(),
  recordId: z.string().nullable(),
  eventId: z.string().nullable(),
  at: z.string(),
  readAt: z.string().nullable(),
});
export type NotificationView = z.infer<typeof notificationViewSchema>;

/** What the doors show of a notification. */
export function toNotificationView({
  at,
  readAt,
  ownerId: _,
  expiresAt: __,
  ...shown
}: Notification & { readonly id: string }): NotificationView {
  return { ...shown, at: at.toISOString(), readAt: readAt?.toISOString() ?? null };
}
