import { useCallback, useMemo } from 'react';
import { type NamedTeam, teamListSchema } from '../../data/plans.ts';
import type { Rest, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';

/** What teams and people are called. */
export interface NamesOf {
  readonly team: (id: string) => string;
  readonly person: (id: string) => string;
}

/** The teams of the organisation, by name; none until they have come. */
export function useTeams(rest: Rest): readonly NamedTeam[] {
  const load = useCallback(async () => {
    const { teams } = await rest.get('/api/teams', teamListSchema, { limit: '100' });
    return teams;
  }, [rest]);
  const teams = useLoad(load);
  return teams.status === 'ready' ? teams.value : NONE;
}

const NONE: readonly NamedTeam[] = [];

/** The names behind the ids in a version's assignment. */
export function useNames(data: WorkspaceData): NamesOf {
  const teams = useTeams(data.rest);
  const people = usePeople(data);
  return useMemo(
    () => ({
      team: (id) => teams.find((team) => team.id === id)?.name ?? 'that is gone',
      person: (id) => people.get(id)?.name ?? 'somebody who left',
    }),
    [teams, people],
  );
}
