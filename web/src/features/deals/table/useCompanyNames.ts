import type { Deal } from '@splitline/functions/contracts';
import { useEffect, useRef, useState } from 'react';
import type { Stored, WorkspaceData } from '../../../data/port.ts';

/** The names of the deals' companies, each looked up once while the table is shown. */
export function useCompanyNames(
  data: WorkspaceData,
  deals: readonly Stored<Deal>[],
): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  const key = [...new Set(deals.flatMap(({ companyId }) => companyId ?? []))].toSorted().join(' ');
  useEffect(() => {
    const missing = key.split(' ').filter((id) => id !== '' && !asked.current.has(id));
    if (missing.length === 0) return;
    for (const id of missing) asked.current.add(id);
    data.findCompanyNames(missing).then(
      (found) => setNames((before) => new Map([...before, ...found])),
      // Without a name the cell is empty; the next change of the list asks again.
      () => {
        for (const id of missing) asked.current.delete(id);
      },
    );
  }, [data, key]);
  return names;
}
