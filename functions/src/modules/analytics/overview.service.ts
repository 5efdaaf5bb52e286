import { DateTime } from 'luxon';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { MAX_YEARS, type Overview, type OverviewQuery } from './analytics.schema.ts';
import { ORG_SCOPE, scopeOfTeam, scopeOfUser, yearOf } from './contribution.ts';
import { drawOverview } from './overview.ts';
import { getRolledUpUntil, sumTotals, sumYears } from './rollups.repository.ts';

const DEFAULT_DAYS = 30;

/**
 * The dashboard of what the caller may see: an administrator the organisation, a manager the
 * managed teams, a rep their own. Drawn from rollups that are at most a minute behind `asOf`.
 * Billed: the organisation, the time of the rollups, and for each scope one read and one a year.
 * @throws AppError invalid-argument (startDate, endDate)
 */
export async function getOverview(
  ctx: Context<Principal>,
  query: OverviewQuery,
): Promise<Overview> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [{ timeZone, currency }, asOf] = await Promise.all([
    getOrg(unit),
    getRolledUpUntil(ctx.store),
  ]);
  const today = DateTime.fromJSDate(ctx.now, { zone: timeZone });
  const { startDate, endDate } = rangeOf(query, today);
  const scopes = scopesOf(ctx.principal);
  const [totals, ...years] = await Promise.all([
    sumTotals(unit, scopes),
    ...yearsOf(startDate, endDate, today).map(
      async (year) =>
        [
          year,
          await sumYears(
            unit,
            scopes.map((scope) => yearOf(scope, year)),
          ),
        ] as const,
    ),
  ]);
  const drawn = drawOverview({
    totals,
    years: new Map(years),
    currency,
    startDate,
    endDate,
    today: today.toISODate() ?? '',
  });
  return { ...drawn, asOf: asOf?.toISOString() ?? null };
}

function scopesOf(caller: Principal): string[] {
  switch (caller.role) {
    case 'admin':
      return [ORG_SCOPE];
    case 'manager':
      return caller.managedTeamIds.map(scopeOfTeam);
    case 'rep':
      return [scopeOfUser(caller.uid)];
  }
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
