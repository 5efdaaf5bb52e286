import { useCallback } from 'react';
import type { Query, Rest } from '../../data/port.ts';
import { type TeamView, teamPageSchema } from '../../data/settings.ts';
import { type Loaded, useLoad } from '../../data/useLoad.ts';

const PAGE_SIZE = '100';
const MAX_PAGES = 5;

/** The teams by name. More than 500 are no list that one chooses from. */
export function useAllTeams(rest: Rest): Loaded<readonly TeamView[]> {
  return useLoad(
    useCallback(async () => {
      const teams: TeamView[] = [];
      let at: Query | undefined = {};
      for (let page = 0; page < MAX_PAGES && at !== undefined; page += 1) {
        const { records, next }: { records: TeamView[]; next: Query | undefined } = await rest.get(
          '/api/teams',
          teamPageSchema,
          { limit: PAGE_SIZE, ...at },
        );
        teams.push(...records);
        at = next;
      }
      return teams;
    }, [rest]),
  );
}
