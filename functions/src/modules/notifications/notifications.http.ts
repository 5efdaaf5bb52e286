import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody, optionalJsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  changeSettingsSchema,
  listNotificationsSchema,
  notificationViewSchema,
  readAllSchema,
  settingsViewSchema,
  toNotificationView,
} from './notifications.schema.ts';
import {
  listNotifications,
  readAllNotifications,
  readNotification,
} from './notifications.service.ts';
import { changeNotificationSettings, getNotificationSettings } from './settings.service.ts';

const PATH = '/api/notifications';

const answerSchema = z.object(notificationViewSchema.shape).openapi('Notification');
const listSchema = z.object({
  notifications: z.array(answerSchema),
  unreadCount: z.int(),
  nextCursor: z.string().nullable(),
});
const settingsSchema = z.object(settingsViewSchema.shape).openapi('NotificationSettings');

/** Adds the caller's own inbox to the `/api` door, and what they want to be told. */
export function registerNotificationRoutes(api: Api): void {
  registerInbox(api);
  registerSettings(api);
  registerReading(api);
}

function registerInbox(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: listNotificationsSchema },
      responses: answers(200, listSchema, 'What the caller was told, the newest first'),
    }),
    async (c) => {
      const found = await listNotifications(c.var.caller, c.req.valid('query'));
      const { records, unreadCount, nextCursor } = found;
      const notifications = records.map(toNotificationView);
      return c.json({ notifications, unreadCount, nextCursor }, 200);
    },
  );
}

function registerSettings(api: Api): void {
  const path = `${PATH}/settings`;
  api.openapi(
    createRoute({
      method: 'get',
      path,
      responses: answers(200, settingsSchema, 'What the caller wants to be told, and how'),
    }),
    async (c) => c.json(await getNotificationSettings(c.var.caller), 200),
  );
  api.openapi(
    createRoute({
      method: 'put',
      path,
      request: {
        body: jsonBody(changeSettingsSchema.clone().openapi('NotificationSettingsChange')),
      },
      responses: answers(200, settingsSchema, 'The settings after the change of the given ones'),
    }),
    async (c) => c.json(await changeNotificationSettings(c.var.caller, c.req.valid('json')), 200),
  );
}

function registerReading(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/read-all`,
      request: { body: optionalJsonBody(readAllSchema.clone().openapi('ReadAllNotifications')) },
      responses: answers(
        200,
        z.object({ marked: z.int(), more: z.boolean() }),
        'How many are read now; `more` says that there may be others',
      ),
    }),
    async (c) => c.json(await readAllNotifications(c.var.caller, c.req.valid('json')), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{id}/read`,
      request: { params: z.strictObject({ id: idSchema }) },
      responses: answers(200, answerSchema, 'The notification, read'),
    }),
    async (c) => {
      const notificationId = c.req.valid('param').id;
      const read = await readNotification(c.var.caller, { notificationId });
      return c.json(toNotificationView(read), 200);
    },
  );
}
