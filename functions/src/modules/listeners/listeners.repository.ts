import { type Collection, orgCollection } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  type Listener,
  type ListenerBook,
  listenerBookSchema,
  MAX_LISTENERS,
} from './listeners.schema.ts';

const listenerBooks: Collection<ListenerBook> = orgCollection(
  'listenerBooks',
  'Listener book',
  listenerBookSchema,
);

const BOOK_ID = 'current';

/** Everybody who listens now. One billed read. */
export async function findListeners(unit: UnitOfWork): Promise<readonly Listener[]> {
  return (await unit.find(listenerBooks, BOOK_ID))?.listeners ?? [];
}

/**
 * Lets somebody listen from this commit on, in place of what was listened to under the same id. The
 * book's precondition makes such commits follow one another. One billed read, one write.
 * @throws AppError failed-precondition when too many listen
 */
export async function putListener(unit: UnitOfWork, listener: Listener): Promise<void> {
  await changeListeners(
    unit,
    (others) => {
      if (others.length >= MAX_LISTENERS) {
        throw new AppError(
          'failed-precondition',
          `At most ${MAX_LISTENERS} workflows and webhook subscriptions can listen for events; pause or delete one first. A workflow whose runs wait for an event listens until they are over`,
        );
      }
      return [...others, listener];
    },
    listener.id,
  );
}

/** Lets somebody listen no more; nothing happens when they did not. */
export async function removeListener(unit: UnitOfWork, id: string): Promise<void> {
  await changeListeners(unit, (others) => [...others], id);
}

async function changeListeners(
  unit: UnitOfWork,
  change: (others: readonly Listener[]) => Listener[],
  id: string,
): Promise<void> {
  const book = await unit.find(listenerBooks, BOOK_ID);
  const listeners = change((book?.listeners ?? []).filter((listener) => listener.id !== id));
  if (book === undefined) unit.create(listenerBooks, BOOK_ID, { listeners });
  else unit.update(listenerBooks, book, { listeners });
}
