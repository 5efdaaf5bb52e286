import { z } from 'zod';
import { activityViewSchema } from '../activities/activities.schema.ts';
import { appointmentViewSchema } from '../appointments/appointments.schema.ts';
import { messageViewSchema } from '../conversations/message-view.schema.ts';
import { noteViewSchema } from '../notes/notes.schema.ts';
import { subjectRefShape } from '../subjects/subjects.schema.ts';
import { taskViewSchema } from '../tasks/tasks.schema.ts';

const itemKindSchema = z.enum(['event', 'activity', 'note', 'task', 'message', 'appointment']);

/** Whose timeline, which page of it, and of which kind its entries are to be. */
export const timelineQuerySchema = z.strictObject({
  ...subjectRefShape,
  kind: itemKindSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;

/** A change of the record, or something that was reported about it. */
const eventViewSchema = z.object({
  id: z.string(),
  recordType: z.string(),
  recordId: z.string(),
  version: z.int(),
  types: z.array(z.string()),
  actor: z.string(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});

/** One entry of a timeline: when it happened, what kind of thing it is, and the thing itself. */
export const timelineItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), at: z.string(), event: eventViewSchema }),
  z.object({ kind: z.literal('activity'), at: z.string(), activity: activityViewSchema }),
  z.object({ kind: z.literal('note'), at: z.string(), note: noteViewSchema }),
  z.object({ kind: z.literal('task'), at: z.string(), task: taskViewSchema }),
  z.object({ kind: z.literal('message'), at: z.string(), message: messageViewSchema }),
  z.object({
    ...{ kind: z.literal('appointment'), at: z.string(), appointment: appointmentViewSchema },
  }),
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;
