import { DateTime } from 'luxon';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { MAX_YEARS, type Overview, type OverviewQuery } from './analytics.schema.ts';
import { ORG_SCOPE, scopeOfUser } from './contribution.ts';
import { drawOverview } from './overview.ts';
import {
  figuresOfScope,
  figuresOfTeams,
  findTeamTotals,
  getRolledUpUntil,
} from './rollups.repository.ts';

const DEFAULT_DAYS = 30;

/**
 * The dashboard of what the caller may see: an administrator the organisation, a manager the
 * managed teams, a rep their own; or one of those teams. Drawn from rollups that are at most a minute behind `asOf`.
 * Billed: the organisation, the time of the rollups, what there is now, and one read for each year
 * of the range and the present one; to a manager whose teams are in several groups, for each group.
 * @throws AppError invalid-argument (startDate, endDate), permission-denied (teamId)
 */
export async function getOverview(
  ctx: Context<Principal>,
  query: OverviewQuery,
): Promise<Overview> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const teamIds = teamsOf(ctx.principal, query.teamId);
  const [{ timeZone, currency }, asOf, teamTotals] = await Promise.all([
    getOrg(unit),
    getRolledUpUntil(ctx.store),
    teamIds && findTeamTotals(unit),
  ]);
  const today = DateTime.fromJSDate(ctx.now, { zone: timeZone });
  const { startDate, endDate } = rangeOf(query, today);
  const years = yearsOf(startDate, endDate, today);
  const figures = await (teamTotals === undefined || teamIds === undefined
    ? figuresOfScope(unit, scopeOf(ctx.principal), years)
    : figuresOfTeams(unit, teamTotals, teamIds, years));
  const drawn = drawOverview({
    ...figures,
    currency,
    startDate,
    endDate,
    today: today.toISODate() ?? '',
  });
  return { ...drawn, timeZone, currency, asOf: asOf?.toISOString() ?? null };
}

/** The teams that the overview is of, or undefined when it is not of teams. */
function teamsOf(
  { role, managedTeamIds }: Principal,
  teamId: string | undefined,
): readonly string[] | undefined {
  if (teamId === undefined) return role === 'manager' ? managedTeamIds : undefined;
  // An administrator who names a team that does not exist sees that it has nothing.
  if (role === 'admin' || (role === 'manager' && managedTeamIds.includes(teamId))) return [teamId];
  throw new AppError(
    'permission-denied',
    'teamId: you do not manage this team; leave it out to see what you may see',
    { field: 'teamId' },
  );
}

function scopeOf({ role, uid }: Principal): string {
  return role === 'admin' ? ORG_SCOPE : scopeOfUser(uid);
}

function rangeOf(query: OverviewQuery, today: DateTime): { startDate: string; endDate: string } {
  const endDate = query.endDate ?? today.toISODate() ?? '';
  const startDate =
    query.startDate ??
    DateTime.fromISO(endDate)
      .minus({ days: DEFAULT_DAYS - 1 })
      .toISODate() ??
    '';
  if (startDate > endDate) throw badRange('endDate', 'must not be before startDate');
  if (Number(endDate.slice(0, 4)) - Number(startDate.slice(0, 4)) >= MAX_YEARS) {
    throw badRange('startDate', `choose a range within ${MAX_YEARS} calendar years`);
  }
  return { startDate, endDate };
}

function badRange(field: string, problem: string): AppError {
  return new AppError('invalid-argument', `${field}: ${problem}`, { field });
}

function yearsOf(startDate: string, endDate: string, today: DateTime): string[] {
  const first = Number(startDate.slice(0, 4));
  const last = Number(endDate.slice(0, 4));
  const range = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [...new Set([...range, today.year])].map((year) => String(year).padStart(4, '0'));
}
