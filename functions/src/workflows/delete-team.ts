import { requireOrgAccess } from '../modules/access/access.public.ts';
import { retireTeam } from '../modules/teams/teams.public.ts';
import type { Team } from '../modules/teams/teams.schema.ts';
import { countTeamPeople } from '../modules/users/users.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';
import { countTeamRecords } from './owned-kinds.ts';

/**
 * Deletes a team that nobody belongs to or manages and no record is on.
 * @throws AppError permission-denied, not-found, failed-precondition when it is in use
 */
export async function deleteTeam(ctx: Context<Principal>, teamId: string): Promise<Stored<Team>> {
  requireOrgAccess(ctx.principal, 'delete', 'team');
  return runUnitOfWork(ctx, ctx.principal.orgId, (unit) =>
    retireTeam(unit, ctx, teamId, () => requireUnused(unit, teamId)),
  );
}

async function requireUnused(unit: UnitOfWork, teamId: string): Promise<void> {
  const [people, records] = await Promise.all([
    countTeamPeople(unit, teamId),
    countTeamRecords(unit, teamId),
  ]);
  if (people > 0) {
    throw new AppError(
      'failed-precondition',
      `The team still has ${people} members or managers, deactivated ones included; give them another team first`,
    );
  }
  if (records > 0) {
    throw new AppError(
      'failed-precondition',
      `${records} records are still on the team; hand them over to somebody on another team first`,
    );
  }
}
