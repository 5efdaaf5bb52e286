import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion } from '../../platform/records.ts';
import {
  binAbout,
  changeAbout,
  createAbout,
  getAbout,
  listAbout,
  restoreAbout,
} from '../subjects/subjects.public.ts';
import { taskKind } from './tasks.kind.ts';
import type { ListTasks, NewTask, Task, UpdateTask } from './tasks.schema.ts';

type Caller = Context<Principal>;

/**
 * Adds a task about a record that the caller can see.
 * @throws AppError not-found, invalid-argument (assigneeId), permission-denied
 */
export function createTask(ctx: Caller, input: NewTask): Promise<Stored<Task>> {
  const { recordType, recordId, assigneeId, ...task } = input;
  return asAssignee(() =>
    createAbout(ctx, taskKind, { recordType, recordId, ownerId: assigneeId }, (about) => ({
      ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
      ...about,
      ...task,
      ...{ done: false, doneAt: null, deletedAt: null },
    })),
  );
}

/** The task with this id. @throws AppError not-found */
export function getTask(ctx: Caller, { taskId }: { taskId: string }): Promise<Stored<Task>> {
  return getAbout(ctx, taskKind, taskId);
}

/**
 * Changes a task; what becomes done is done now.
 * @throws AppError not-found, permission-denied, invalid-argument (assigneeId), conflict (version)
 */
export function updateTask(ctx: Caller, input: UpdateTask): Promise<Stored<Task>> {
  const { taskId, version, assigneeId, ...change } = input;
  const which = { id: taskId, version, ownerId: assigneeId };
  return asAssignee(() =>
    changeAbout(ctx, taskKind, which, (task) => ({
      ...change,
      ...doneFields(task, change.done, ctx.now),
    })),
  );
}

/** Marks a task as done, or as not done after all. @throws AppError not-found, permission-denied */
export function completeTask(
  ctx: Caller,
  { taskId, done }: { taskId: string; done: boolean },
): Promise<Stored<Task>> {
  return updateTask(ctx, { taskId, done });
}

function doneFields(task: Task, done: boolean | undefined, now: Date) {
  if (done === undefined || done === task.done) return {};
  return { done, doneAt: done ? now : null };
}

/** Puts a task into the bin. @throws AppError not-found, permission-denied */
export function deleteTask(ctx: Caller, { taskId }: { taskId: string }): Promise<{ id: string }> {
  return binAbout(ctx, taskKind, taskId);
}

/** Takes a task out of the bin. @throws AppError not-found, permission-denied */
export function restoreTask(ctx: Caller, { taskId }: { taskId: string }): Promise<Stored<Task>> {
  return restoreAbout(ctx, taskKind, taskId);
}

/**
 * A page of tasks, those without a due time first and then by when they are due; with `dueBefore`
 * only those that have one.
 * @throws AppError not-found (what they are about), invalid-argument
 */
export function listTasks(
  ctx: Caller,
  { done, dueBefore, mine, assigneeId, ...query }: ListTasks,
): Promise<{ records: Stored<Task>[]; nextCursor: string | null }> {
  return listAbout(ctx, taskKind, {
    ...query,
    ownerId: mine === undefined ? assigneeId : ctx.principal.uid,
    order: { field: 'dueAt', direction: 'asc' },
    filters: [
      ...(done === undefined ? [] : ([['done', '==', done === 'true']] as const)),
      ...(dueBefore === undefined ? [] : ([['dueAt', '<', dueBefore]] as const)),
    ],
  });
}

/** The owner of a task is called its assignee at the doors, in refusals too. */
async function asAssignee<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.field !== 'ownerId') throw error;
    const message = error.message.replace(/^ownerId\b/, 'assigneeId');
    throw new AppError(error.code, message, { field: 'assigneeId', cause: error });
  }
}
