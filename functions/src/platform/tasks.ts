import { firebaseApp } from './firestore.ts';
import { REGION } from './params.ts';

/** The task functions of the deployment; each has a queue of its own name. */
export type QueueName = 'runJob';

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
      await getFunctions(firebaseApp()).taskQueue(name).enqueue(payload, { id });
    } catch (error) {
      if (!isKnownTask(error)) throw error;
    }
  },
};

function isKnownTask(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'functions/task-already-exists'
  );
}
