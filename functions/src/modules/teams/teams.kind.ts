import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameTeamChanges } from './teams.events.ts';
import { teams } from './teams.repository.ts';
import type { Team } from './teams.schema.ts';

/** How changes of teams become events. */
export const teamKind: RecordKind<Team> = {
  recordType: 'team',
  collection: teams,
  audienceOf: () => orgWide,
  nameChanges: nameTeamChanges,
};
