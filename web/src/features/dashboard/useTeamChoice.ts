import type { User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { type NamedTeam, teamListSchema } from '../../data/plans.ts';
import type { Rest, Stored } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';

const NONE: readonly NamedTeam[] = [];

/** The teams whose figures the member may look at one by one; none for a rep. */
export function useTeamChoice(rest: Rest, member: Stored<User>): readonly NamedTeam[] {
  const loaded = useLoad(
    useCallback(async () => {
      if (member.role === 'rep') return NONE;
      const { teams } = await rest.get('/api/teams', teamListSchema, { limit: '100' });
      return member.role === 'admin'
        ? teams
        : teams.filter(({ id }) => member.managedTeamIds.includes(id));
    }, [rest, member]),
  );
  return loaded.status === 'ready' ? loaded.value : NONE;
}
