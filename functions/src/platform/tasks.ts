import { type App, getApps, initializeApp } from 'firebase-admin/app';
import { firebaseApp } from './firestore.ts';
import type { Log } from './log.ts';
import { isTasksEmulated, REGION } from './params.ts';

/** The task functions of the deployment; each has a queue of its own name. */
export type QueueName = 'runJob' | 'runWorkflow' | 'deliverWebhook' | 'handOutAlert';

/** One run of a task function that is asked for; the id makes asking again harmless. */
export interface Task {
  readonly queue: QueueName;
  readonly id: string;
  readonly payload: object;
}

/** The door to Cloud Tasks. */
export interface Tasks {
  /**
   * Asks for one run of a task function. A task whose id was used before is a success: it has run,
   * or it will.
   */
  enqueue(queue: QueueName, id: string, payload: object): Promise<void>;
}

/** Cloud Tasks of the project the process runs in; its SDK is loaded with the first task. */
export const cloudTasks: Tasks = {
  async enqueue(queue, id, payload) {
    const { getFunctions } = await import('firebase-admin/functions');
    const name = `locations/${REGION}/functions/${queue}`;
    try {
      await getFunctions(tasksApp()).taskQueue(name).enqueue(payload, { id });
    } catch (error) {
      if (!isKnownTask(error)) throw error;
    }
  },
};

/**
 * Asks for tasks whose documents are committed. One that cannot be asked for is left to the sweep of
 * its documents: what was committed stays, so nothing may be thrown.
 */
export async function enqueueAll(
  { tasks, log }: { readonly tasks: Tasks; readonly log: Log },
  wanted: readonly Task[],
): Promise<void> {
  await Promise.all(
    wanted.map(async ({ queue, id, payload }) => {
      try {
        await tasks.enqueue(queue, id, payload);
      } catch (error) {
        log.warn({ err: error, queue, taskId: id }, 'task not enqueued; the sweep will find it');
      }
    }),
  );
}

const EMULATED_APP = 'emulated-tasks';

/**
 * The SDK names the account that a task is to be run as, and would ask Google's metadata server for
 * it although the emulator does not care.
 */
function tasksApp(): App {
  if (!isTasksEmulated()) return firebaseApp();
  return (
    getApps().find(({ name }) => name === EMULATED_APP) ??
    initializeApp({ serviceAccountId: 'tasks@emulator.test' }, EMULATED_APP)
  );
}

function isKnownTask(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'functions/task-already-exists'
  );
}
