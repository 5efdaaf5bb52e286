import { z } from 'zod';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';
import {
  aboutShape,
  aboutViewShape,
  listAboutShape,
  subjectRefShape,
} from '../subjects/subjects.schema.ts';

const activityTypeSchema = z.enum(['call', 'email', 'meeting', 'other']);

const MAX_DURATION_MINUTES = 7 * 24 * 60;

/** Something somebody did about a record, `orgs/{orgId}/activities/{activityId}`; its owner did it. */
export const activitySchema = z.strictObject({
  ...aboutShape,
  type: activityTypeSchema,
  subject: lineSchema(300),
  body: textSchema(20_000).nullable(),
  occurredAt: z.date(),
  durationMinutes: z.int().min(0).max(MAX_DURATION_MINUTES).nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

/** A new activity; it happened now unless a time is given. */
export const newActivitySchema = z.strictObject({
  ...subjectRefShape,
  type: activityTypeSchema,
  subject: activitySchema.shape.subject,
  body: activitySchema.shape.body.default(null),
  occurredAt: instantSchema.optional(),
  durationMinutes: activitySchema.shape.durationMinutes.default(null),
});
export type NewActivity = z.infer<typeof newActivitySchema>;

/** A change of an activity. `version` is the one it is based on; an outdated one is refused. */
export const updateActivitySchema = z.strictObject({
  activityId: idSchema,
  version: activitySchema.shape.version.optional(),
  type: activityTypeSchema.optional(),
  subject: activitySchema.shape.subject.optional(),
  body: activitySchema.shape.body.optional(),
  occurredAt: instantSchema.optional(),
  durationMinutes: activitySchema.shape.durationMinutes.optional(),
});
export type UpdateActivity = z.infer<typeof updateActivitySchema>;

/** Which activities to list, latest first. */
export const listActivitiesSchema = z.strictObject({
  ...listAboutShape,
  type: activityTypeSchema.optional(),
});
export type ListActivities = z.infer<typeof listActivitiesSchema>;

/** An activity as the doors show it. */
export const activityViewSchema = z.object({
  ...aboutViewShape,
  type: activityTypeSchema,
  subject: z.string(),
  body: z.string().nullable(),
  occurredAt: z.string(),
  durationMinutes: z.int().nullable(),
  ownerId: z.string(),
});
export type ActivityView = z.infer<typeof activityViewSchema>;

/** What the doors show of an activity. */
export function toActivityView(activity: Activity & { readonly id: string }): ActivityView {
  const { id, recordType, recordId, version, type, subject, body, durationMinutes } = activity;
  return {
    ...{ id, recordType, recordId, version, type, subject, body, durationMinutes },
    ownerId: activity.ownerId,
    occurredAt: activity.occurredAt.toISOString(),
    createdAt: activity.createdAt.toISOString(),
    updatedAt: activity.updatedAt.toISOString(),
  };
}
