import { useCallback } from 'react';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';

const teamsSchema = z.object({ teams: z.array(z.object({ id: z.string(), name: z.string() })) });

/** The most that one request brings. */
const MAX_TEAMS = '100';

/** Names teams; nothing is asked for while `isNeeded` is false. */
export function useTeamNames(rest: Rest, isNeeded: boolean): (teamId: string) => string {
  const loaded = useLoad(
    useCallback(
      async () =>
        isNeeded
          ? (await rest.get('/api/teams', teamsSchema, { limit: MAX_TEAMS })).teams
          : undefined,
      [rest, isNeeded],
    ),
  );
  if (loaded.status === 'loading') return () => '…';
  if (loaded.status === 'failed') return () => 'A team whose name cannot be loaded';
  return (teamId) => loaded.value?.find(({ id }) => id === teamId)?.name ?? 'Another team';
}
