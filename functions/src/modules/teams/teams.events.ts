import type { Team } from './teams.schema.ts';

/** What can happen to a team. */
export type TeamEventType = 'team.created' | 'team.renamed' | 'team.deleted' | 'team.updated';

/** Names what happened to a team between two of its states. */
export function nameTeamChanges(before: Team | undefined, after: Team): TeamEventType[] {
  if (before === undefined) return ['team.created'];
  const names: TeamEventType[] = [];
  if (before.deletedAt === null && after.deletedAt !== null) names.push('team.deleted');
  if (before.name !== after.name) names.push('team.renamed');
  return names.length === 0 ? ['team.updated'] : names;
}
