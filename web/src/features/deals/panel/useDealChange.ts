import type { Deal } from '@splitline/functions/contracts';
import { useCallback, useEffect, useRef } from 'react';
import { dealVersionSchema } from '../../../data/deals.ts';
import type { Rest, Stored } from '../../../data/port.ts';
import { toProblem } from '../../../data/problem.ts';
import { readAnswer } from '../../../data/records.ts';
import { refusal } from '../../../data/refusal.ts';

/** What to change: fields, or what makes them of the deal as it is when their turn has come. */
type Change = object | ((deal: Stored<Deal>) => object);

/** Changes the given fields of a deal; rejects with a Problem's cause. */
export type ChangeDeal = (change: Change) => Promise<void>;

/** How long a field waits for the listener before it shows again what the listener has. */
const LISTENER_MS = 4000;

const CONFLICT =
  'Somebody else changed this deal at the same moment. Look at what it says now, then save again.';

/**
 * Changes a deal as it is on the screen: a change of an older one is refused. Changes are made one
 * after the other, and each is done when the listener shows it, so that no field falls back to its
 * old value in between and a change of the person's own is no conflict.
 */
export function useDealChange(rest: Rest, deal: Stored<Deal>): ChangeDeal {
  const { id } = deal;
  const latest = useRef(deal);
  const waiting = useRef(new Set<() => void>());
  const last = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    latest.current = deal;
    for (const look of waiting.current) look();
  }, [deal]);
  return useCallback(
    (change) => {
      const make = async () => {
        const fields = typeof change === 'function' ? change(latest.current) : change;
        const reached = await send(rest, id, { ...fields, version: latest.current.version });
        await shows(() => latest.current.version >= reached, waiting.current);
      };
      const made = last.current.then(make);
      // What was refused is told where it was asked for; the next one goes on.
      last.current = made.catch(() => undefined);
      return made;
    },
    [rest, id],
  );
}

/** Waits until the listener has what was saved, or for so long that something is wrong with it. */
function shows(isShown: () => boolean, waiting: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      waiting.delete(look);
      resolve();
    };
    const look = () => {
      if (isShown()) finish();
    };
    const timer = setTimeout(finish, LISTENER_MS);
    waiting.add(look);
    look();
  });
}

async function send(rest: Rest, id: string, change: object): Promise<number> {
  try {
    const answer = await rest.send('PATCH', `/api/deals/${id}`, change);
    return readAnswer(dealVersionSchema, answer).version;
  } catch (error) {
    throw toProblem(error).field === 'version' ? refusal(CONFLICT) : error;
  }
}
