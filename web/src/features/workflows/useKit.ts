import { createContext, useCallback, useContext, useMemo } from 'react';
import { teamListSchema } from '../../data/plans.ts';
import type { WorkspaceData } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { catalogueSchema } from '../../data/workflows.ts';
import type { Kit } from './kit.ts';

type LoadedKit =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem; readonly retry: () => void }
  | { readonly status: 'ready'; readonly kit: Kit };

/** Loads what workflows are built of; people, stages and the organisation stay live. */
export function useLoadedKit(data: WorkspaceData): LoadedKit {
  const { rest } = data;
  const fixed = useLoad(
    useCallback(async () => {
      const catalogue = await rest.get('/api/workflows/operators', catalogueSchema);
      const { teams } = await rest.get('/api/teams', teamListSchema, { limit: '100' });
      return { catalogue, teams };
    }, [rest]),
  );
  const stages = useLive(data.watchStages);
  const people = useLive(data.watchUsers);
  const org = useLive(data.watchOrg);
  const kit = useMemo((): Kit | undefined => {
    const areThere = stages.status === 'ready' && people.status === 'ready';
    if (fixed.status !== 'ready' || !areThere || org.status !== 'ready') return undefined;
    return {
      ...fixed.value,
      stages: stages.value.records,
      people: people.value.records,
      currency: org.value?.currency ?? 'USD',
    };
  }, [fixed, stages, people, org]);
  if (kit !== undefined) return { status: 'ready', kit };
  if (fixed.status === 'failed') {
    return { status: 'failed', problem: fixed.problem, retry: fixed.reload };
  }
  const broken = [stages, people, org].find(({ status }) => status === 'failed');
  if (broken?.status === 'failed') return broken;
  return { status: 'loading' };
}

const KitContext = createContext<Kit | undefined>(undefined);
export const KitProvider = KitContext.Provider;

/** What workflows are built of, for what stands below a WithKit. */
export function useKit(): Kit {
  const kit = useContext(KitContext);
  if (kit === undefined) throw new Error('useKit needs a WithKit above it');
  return kit;
}
