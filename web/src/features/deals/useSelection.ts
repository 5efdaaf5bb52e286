import { useCallback, useMemo, useRef, useState } from 'react';
import type { Stored } from '../../data/port.ts';
import { rangeBetween } from './range.ts';

/** The deals that are ticked, for what is done with many at once. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Ticks one, or takes it out; with `isRange` all from the last one up to it, in the given order. */
  readonly toggle: (id: string, order: readonly string[], isRange: boolean) => void;
  readonly selectAll: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** What is not shown is not selected: nobody shall change what they do not see. */
export function useSelection(shown: readonly Stored<object>[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const ids = useMemo(() => {
    if (chosen.size === 0) return chosen;
    return new Set(shown.flatMap(({ id }) => (chosen.has(id) ? id : [])));
  }, [chosen, shown]);
  const toggle = useCallback<Selection['toggle']>((id, order, isRange) => {
    const range = isRange ? rangeBetween(order, last.current, id) : [id];
    last.current = id;
    setChosen((before) => {
      const after = new Set(before);
      const isAdded = !before.has(id);
      for (const each of range) {
        if (isAdded) after.add(each);
        else after.delete(each);
      }
      return after;
    });
  }, []);
  const selectAll = useCallback((all: readonly string[]) => setChosen(new Set(all)), []);
  const clear = useCallback(() => setChosen(new Set()), []);
  return { ids, toggle, selectAll, clear };
}
