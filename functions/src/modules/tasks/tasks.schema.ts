import { z } from 'zod';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';
import {
  aboutShape,
  aboutViewShape,
  listAboutShape,
  subjectRefShape,
} from '../subjects/subjects.schema.ts';

const prioritySchema = z.enum(['low', 'normal', 'high']);

/** Something to do about a record, `orgs/{orgId}/tasks/{taskId}`; its owner is who is to do it. */
export const taskSchema = z.strictObject({
  ...aboutShape,
  title: lineSchema(300),
  description: textSchema(10_000).nullable(),
  dueAt: z.date().nullable(),
  priority: prioritySchema,
  done: z.boolean(),
  doneAt: z.date().nullable(),
});
export type Task = z.infer<typeof taskSchema>;

/** A new task; the caller's own unless somebody else is named. */
export const newTaskSchema = z.strictObject({
  ...subjectRefShape,
  title: taskSchema.shape.title,
  description: taskSchema.shape.description.default(null),
  dueAt: instantSchema.nullable().default(null),
  priority: prioritySchema.default('normal'),
  assigneeId: idSchema.optional(),
});
export type NewTask = z.infer<typeof newTaskSchema>;

/** A change of a task. `version` is the one it is based on; an outdated one is refused. */
export const updateTaskSchema = z.strictObject({
  taskId: idSchema,
  version: taskSchema.shape.version.optional(),
  title: taskSchema.shape.title.optional(),
  description: taskSchema.shape.description.optional(),
  dueAt: instantSchema.nullable().optional(),
  priority: prioritySchema.optional(),
  done: z.boolean().optional(),
  assigneeId: idSchema.optional(),
});
export type UpdateTask = z.infer<typeof updateTaskSchema>;

/** A task named by its id, and whether it is done. */
export const completeTaskSchema = z.strictObject({
  taskId: idSchema,
  done: z.boolean().default(true),
});

const { ownerId: assigneeId, ...listShape } = listAboutShape;

/** Which tasks to list, those without a due time first and then by when they are due. */
export const listTasksSchema = z.strictObject({
  ...listShape,
  assigneeId,
  mine: z.literal('true').optional(),
  done: z.enum(['true', 'false']).optional(),
  dueBefore: instantSchema.optional(),
});
export type ListTasks = z.infer<typeof listTasksSchema>;

/** A task as the doors show it. */
export const taskViewSchema = z.object({
  ...aboutViewShape,
  title: z.string(),
  description: z.string().nullable(),
  dueAt: z.string().nullable(),
  priority: prioritySchema,
  done: z.boolean(),
  doneAt: z.string().nullable(),
  assigneeId: z.string(),
  createdBy: z.string(),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** What the doors show of a task. */
export function toTaskView(task: Task & { readonly id: string }): TaskView {
  const { id, recordType, recordId, version, title, description, priority, done } = task;
  return {
    ...{ id, recordType, recordId, version, title, description, priority, done },
    assigneeId: task.ownerId,
    createdBy: task.createdBy,
    dueAt: task.dueAt?.toISOString() ?? null,
    doneAt: task.doneAt?.toISOString() ?? null,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
  };
}
