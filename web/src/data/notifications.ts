import { notificationViewSchema } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { PageOf } from './records.ts';

type View = z.infer<typeof notificationViewSchema>;

/** A page of what the member was told. */
export const notificationListSchema = z
  .object({ notifications: z.array(notificationViewSchema), nextCursor: z.string().nullable() })
  .transform(
    ({ notifications, nextCursor }): PageOf<View> => ({
      records: notifications,
      next: nextCursor === null ? undefined : { cursor: nextCursor },
    }),
  );

/** How many notifications one request has marked as read; `more` says that there may be others. */
export const markedSchema = z.object({ marked: z.int(), more: z.boolean() });
