import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, getPresent, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { teams } from './teams.repository.ts';
import type { ListTeams, NewTeam, RenameTeam, Team } from './teams.schema.ts';

type Caller = Context<Principal>;

/** Creates a team. @throws AppError permission-denied */
export async function createTeam(ctx: Caller, { name }: NewTeam): Promise<Stored<Team>> {
  requireOrgAccess(ctx.principal, 'create', 'team');
  const { orgId, uid } = ctx.principal;
  const teamId = ctx.newId();
  return runUnitOfWork(ctx, orgId, async (unit) =>
    unit.create(teams, teamId, {
      ...firstVersion({ actor: uid, now: ctx.now }),
      name,
      deletedAt: null,
    }),
  );
}

/** The team with this id. @throws AppError not-found */
export async function getTeam(ctx: Caller, teamId: string): Promise<Stored<Team>> {
  requireOrgAccess(ctx.principal, 'read', 'team');
  return getPresent(openUnit(ctx, ctx.principal.orgId), teams, teamId);
}

/** A page of the teams, by name. @throws AppError invalid-argument (cursor) */
export async function listTeams(
  ctx: Caller,
  { cursor, limit }: ListTeams,
): Promise<{ teams: Stored<Team>[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'team');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { records, nextCursor } = await unit.page(
    teams,
    (query) => query.where('deletedAt', '==', null),
    { order: { field: 'name', direction: 'asc' }, limit, cursor },
  );
  return { teams: records, nextCursor };
}

/** Renames a team. @throws AppError not-found, permission-denied */
export async function renameTeam(ctx: Caller, { teamId, name }: RenameTeam): Promise<Stored<Team>> {
  requireOrgAccess(ctx.principal, 'update', 'team');
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const team = await getPresent(unit, teams, teamId);
    if (team.name === name) return team;
    return updateRecord(unit, teams, team, { name }, { actor: uid, now: ctx.now });
  });
}

/**
 * Lets people be put on teams: each must be there, and stays until the commit, because its
 * deletion holds the same guard.
 * @throws AppError invalid-argument: `field`, when there is no such team
 */
export async function joinTeams(
  unit: UnitOfWork,
  teamIds: readonly string[],
  { field, now }: { field: string; now: Date },
): Promise<void> {
  const unique = [...new Set(teamIds)];
  await Promise.all(unique.map((teamId) => holdGuard(unit, guardOf(teamId), now)));
  const found = await unit.findMany(teams, unique);
  const missing = unique.find((teamId) => found.get(teamId)?.deletedAt !== null);
  if (missing === undefined) return;
  throw new AppError(
    'invalid-argument',
    `${field}: there is no team '${missing}'; give the id of one of your teams`,
    { field },
  );
}

/**
 * Deletes a team after `requireUnused` has let it pass; nobody can join it meanwhile.
 * @throws AppError not-found
 */
export async function retireTeam(
  unit: UnitOfWork,
  { principal, now }: Caller,
  teamId: string,
  requireUnused: () => Promise<void>,
): Promise<Stored<Team>> {
  const team = await getPresent(unit, teams, teamId);
  await holdGuard(unit, guardOf(teamId), now);
  await requireUnused();
  return updateRecord(unit, teams, team, { deletedAt: now }, { actor: principal.uid, now });
}

function guardOf(teamId: string): string {
  return `team_${teamId}`;
}
