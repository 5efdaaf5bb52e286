/** Runs work of the same key one after the other, in the order it was asked for. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Queues by key; work that fails tells who asked for it and does not hold up the next. */
export function createTurns(): InTurn {
  const queues = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = queues.get(key) ?? Promise.resolve();
    const done = before.then(work);
    const over = done.then(
      () => forget(),
      () => forget(),
    );
    const forget = () => {
      if (queues.get(key) === over) queues.delete(key);
    };
    queues.set(key, over);
    return done;
  };
}
