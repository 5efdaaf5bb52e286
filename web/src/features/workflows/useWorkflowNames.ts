import { useCallback } from 'react';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { workflowListSchema } from '../../data/workflows.ts';

const NONE: ReadonlyMap<string, string> = new Map();

/** What workflows are called, by id, as far as one page of them goes; nothing for who may not know. */
export function useWorkflowNames(rest: Rest, isAdmin: boolean): ReadonlyMap<string, string> {
  const list = useLoad(
    useCallback(async () => {
      if (!isAdmin) return NONE;
      const { records } = await rest.get('/api/workflows', workflowListSchema, { limit: '100' });
      return new Map(records.map(({ id, name }) => [id, name]));
    }, [rest, isAdmin]),
  );
  return list.status === 'ready' ? list.value : NONE;
}
