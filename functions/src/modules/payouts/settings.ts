import type { Context } from '../../platform/context.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { findLastPeriod, payoutSettings, SETTINGS_ID } from './payouts.repository.ts';
import type { ChangePayoutSettings, Schedule, Timeline } from './payouts.schema.ts';
import { withSchedule } from './periods.ts';

type Caller = Context<Principal>;

/** Orders to close and changes of the schedule exclude each other by this guard. */
export const PERIODS_GUARD = 'payout_periods';

/** How an organisation pays by default. */
const DEFAULT_SCHEDULE: Schedule = 'monthly';

/** The schedule in force, where its days are, and since when; null is since ever. */
export interface Settings {
  readonly schedule: Schedule;
  readonly timeZone: string;
  readonly since: Date | null;
}

/** How often people are paid. Everybody may know. @throws AppError permission-denied */
export async function getPayoutSettings(ctx: Caller): Promise<Settings> {
  requireOrgAccess(ctx.principal, 'read', 'period');
  return latest(await findTimeline(openUnit(ctx, ctx.principal.orgId)));
}

/**
 * Changes how often people are paid, from the end of the last period on whose closing was ordered:
 * the next one runs from there to the next boundary of the new schedule. What is closed stays.
 * @throws AppError permission-denied
 */
export async function changePayoutSettings(
  ctx: Caller,
  { schedule }: ChangePayoutSettings,
): Promise<Settings> {
  requireOrgAccess(ctx.principal, 'update', 'period');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    await holdGuard(unit, PERIODS_GUARD, ctx.now);
    const [stored, last, org] = await Promise.all([
      unit.find(payoutSettings, SETTINGS_ID),
      findLastPeriod(unit),
      getOrg(unit),
    ]);
    const from = last?.endsAt ?? null;
    const timeline = withSchedule(stored?.timeline ?? defaultTimeline(org.timeZone), {
      from,
      schedule,
      timeZone: org.timeZone,
    });
    const document = { timeline, updatedAt: ctx.now, updatedBy: ctx.principal.uid };
    if (stored === undefined) unit.create(payoutSettings, SETTINGS_ID, document);
    else unit.update(payoutSettings, stored, document);
    return latest(timeline);
  });
}

/** Every schedule there was. One or two billed reads. */
export async function findTimeline(unit: UnitOfWork): Promise<Timeline> {
  const stored = await unit.find(payoutSettings, SETTINGS_ID);
  return stored?.timeline ?? defaultTimeline((await getOrg(unit)).timeZone);
}

/** Every schedule there was, and stores it when nobody has chosen: what is closed must not move. */
export async function pinTimeline(
  unit: UnitOfWork,
  { actor, now }: { readonly actor: string; readonly now: Date },
): Promise<Timeline> {
  const stored = await unit.find(payoutSettings, SETTINGS_ID);
  if (stored !== undefined) return stored.timeline;
  const timeline = defaultTimeline((await getOrg(unit)).timeZone);
  unit.create(payoutSettings, SETTINGS_ID, { timeline, updatedAt: now, updatedBy: actor });
  return timeline;
}

function defaultTimeline(timeZone: string): Timeline {
  return [{ from: null, schedule: DEFAULT_SCHEDULE, timeZone }];
}

function latest(timeline: Timeline): Settings {
  const segment = timeline.at(-1);
  if (segment === undefined) throw new Error('A timeline is never empty');
  const { schedule, timeZone, from } = segment;
  return { schedule, timeZone, since: from };
}
