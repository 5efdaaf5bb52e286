export { teamKind } from './teams.kind.ts';
export { teams } from './teams.repository.ts';
export { joinTeams, retireTeam } from './teams.service.ts';
