import { useCallback, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import type { OwnedView } from '../../data/records.ts';
import { type Loaded, useLoad } from '../../data/useLoad.ts';
import { changeRecord, type Kind } from './kinds.ts';

export interface RecordState<T> {
  readonly loaded: Loaded<T>;
  /** Changes the given fields; rejects with a Problem's cause. */
  readonly change: (change: object) => Promise<void>;
  /** Shows what a command answered. */
  readonly show: (record: T) => void;
}

/** One record, as it was loaded or as the latest command left it. */
export function useRecord<T extends OwnedView>(
  rest: Rest,
  kind: Kind<T>,
  id: string,
  onChange: (id: string, record: T | undefined) => void,
): RecordState<T> {
  const loaded = useLoad(
    useCallback(() => rest.get(`${kind.api}/${id}`, kind.schema), [rest, kind, id]),
  );
  const [latest, setLatest] = useState<T>();
  const show = useCallback(
    (record: T) => {
      setLatest(record);
      onChange(record.id, record);
    },
    [onChange],
  );
  const change = useCallback(
    async (fields: object) => show(await changeRecord(rest, kind, id, fields)),
    [rest, kind, id, show],
  );
  const isNewer =
    loaded.status === 'ready' && latest?.id === id && latest.version >= loaded.value.version;
  return { loaded: isNewer ? { ...loaded, value: latest } : loaded, change, show };
}
