import { type NotificationView, taskViewSchema, type User } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Subscribe, WorkspaceData } from '../../data/port.ts';
import { refusal } from '../../data/refusal.ts';
import { destinationOf } from './destination.ts';

type Data = Pick<WorkspaceData, 'rest' | 'watchMessage'>;
type Find = (data: Data, recordId: string, role: User['role']) => Promise<string | undefined>;

const messageSchema = z.object({ conversationId: z.string() });

/** Records that are shown with another one, which has to be asked for. */
const finders: Readonly<Record<string, Find>> = {
  task: async ({ rest }, taskId, role) => {
    const { recordType, recordId } = await rest.get(`/api/tasks/${taskId}`, taskViewSchema);
    return destinationOf({ kind: 'task_assigned', recordType, recordId }, role);
  },
  message: async ({ watchMessage }, messageId, role) => {
    const message = await firstOf(watchMessage(messageId, messageSchema));
    if (message === undefined) throw refusal('The message is not there any more.');
    const about = { recordType: 'conversation', recordId: message.conversationId };
    return destinationOf({ kind: 'message_received', ...about }, role);
  },
};

/** How to find the page of a record that has none of its own; undefined when none shows it. */
export function finderOf(
  { recordType, recordId }: Pick<NotificationView, 'recordType' | 'recordId'>,
  data: Data,
  role: User['role'],
): (() => Promise<string | undefined>) | undefined {
  if (recordType === null || recordId === null || !Object.hasOwn(finders, recordType)) {
    return undefined;
  }
  const find = finders[recordType];
  return find && (() => find(data, recordId, role));
}

/** Listens until there is a value. */
function firstOf<T>(subscribe: Subscribe<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = subscribe(
      (value) => {
        resolve(value);
        // The listener may answer before its end is at hand.
        queueMicrotask(() => stop());
      },
      ({ message }) => reject(refusal(message)),
    );
  });
}
