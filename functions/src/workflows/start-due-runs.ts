import { CronExpressionParser } from 'cron-parser';
import pMap from 'p-map';
import { appointments } from '../modules/appointments/appointments.public.ts';
import type { Appointment } from '../modules/appointments/appointments.schema.ts';
import {
  type ActiveWorkflow,
  findActiveByTrigger,
  getWorkflowVersion,
} from '../modules/automations/automations.public.ts';
import type { Trigger, TriggerKind } from '../modules/automations/automations.schema.ts';
import { companies } from '../modules/companies/companies.public.ts';
import { contacts } from '../modules/contacts/contacts.public.ts';
import { deals } from '../modules/deals/deals.public.ts';
import { events } from '../modules/events/events.public.ts';
import type { Event } from '../modules/events/events.schema.ts';
import { leads } from '../modules/leads/leads.public.ts';
import { getOrg } from '../modules/orgs/orgs.public.ts';
import { audienceOf } from '../modules/owned-records/owned-records.public.ts';
import { type Tick, workflowTicks } from '../modules/runs/runs.public.ts';
import type { Collection, Stored } from '../platform/collection.ts';
import { describeError } from '../platform/log.ts';
import type { Audience } from '../platform/principal.schema.ts';
import type { Invocation } from '../platform/runtime.ts';
import { isContention, openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import { type Occasion, type Running, startOnce } from './start-runs.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A commit becomes visible some time after the clock reading it carries. */
const OVERLAP_MS = 10 * MINUTE_MS;
const WORKFLOWS_PER_PAGE = 100;
/** What is looked at for one workflow in one sweep; the next one goes on from there. */
const PAGE = 200;
const CONCURRENCY = 8;
const LONG_AGO = new Date(0);
const ACTOR = 'system:clock';

/** A workflow that the clock starts, how far it has been looked after, and what that is done in. */
interface Clocked<K extends TriggerKind> {
  readonly ctx: Invocation;
  readonly orgId: string;
  readonly unit: UnitOfWork;
  readonly running: Running;
  readonly trigger: Extract<Trigger, { readonly kind: K }>;
  readonly tick: Tick | undefined;
}

/** What a sweep has found: what to start, and how far it has come by that. */
interface Found {
  readonly occasions: readonly Occasion[];
  readonly tick: Tick;
}

/**
 * Starts the workflows whose time has come: on deals that have not moved, before appointments, and by
 * the calendar. Each occasion has its id, so sweeps may overlap and repeat; each looks at a bounded
 * number of records, and the next one goes on from there.
 * @returns how many runs were started
 */
export async function startDueRuns(ctx: Invocation): Promise<number> {
  const started = [
    await startKind(ctx, 'stalled', findStalled),
    await startKind(ctx, 'appointment_soon', findSoon),
    await startKind(ctx, 'schedule', findScheduled),
  ];
  return started.reduce((sum, count) => sum + count, 0);
}

async function startKind<K extends TriggerKind>(
  ctx: Invocation,
  kind: K,
  find: (clocked: Clocked<K>) => Promise<Found>,
): Promise<number> {
  let started = 0;
  let after: string | undefined;
  do {
    const options = after === undefined ? {} : { after };
    const page = await findActiveByTrigger(ctx.store, kind, {
      limit: WORKFLOWS_PER_PAGE,
      ...options,
    });
    for (const active of page.found) {
      try {
        started += await startWorkflow(ctx, kind, active, find);
      } catch (error) {
        const workflowId = active.workflow.id;
        // One that cannot be looked after must not keep the others from it.
        ctx.log.error({ orgId: active.orgId, workflowId, ...describeError(error) }, 'not started');
      }
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return started;
}

async function startWorkflow<K extends TriggerKind>(
  ctx: Invocation,
  kind: K,
  { orgId, workflow }: ActiveWorkflow,
  find: (clocked: Clocked<K>) => Promise<Found>,
): Promise<number> {
  const { id: workflowId, activeVersion } = workflow;
  if (activeVersion === null) return 0;
  const unit = openUnit(ctx, orgId);
  const [{ definition }, { timeZone }, tick] = await Promise.all([
    getWorkflowVersion(unit, workflowId, activeVersion),
    getOrg(unit),
    unit.find(workflowTicks, workflowId),
  ]);
  const { trigger } = definition;
  if (!isOfKind(trigger, kind)) return 0;
  const running = { workflowId, workflowVersion: activeVersion, timeZone, definition };
  const found = await find({ ctx, orgId, unit, running, trigger, tick });
  const news = await pMap(found.occasions, (occasion) => startOnce(ctx, orgId, running, occasion), {
    concurrency: CONCURRENCY,
  });
  // Only once all are started: what is killed before is looked at again.
  if (tick === undefined) unit.create(workflowTicks, workflowId, found.tick);
  else unit.update(workflowTicks, tick, found.tick);
  try {
    await unit.commit();
  } catch (error) {
    // Another sweep has come as far.
    if (!isContention(error)) throw error;
  }
  return news.filter(Boolean).length;
}

function isOfKind<K extends TriggerKind>(
  trigger: Trigger,
  kind: K,
): trigger is Extract<Trigger, { readonly kind: K }> {
  return trigger.kind === kind;
}

const MOVES = ['deal.created', 'deal.stage_changed'];

/**
 * The deals whose last move is so many days ago: of each move that has come of age since the last
 * sweep, whether the deal is still where it took it.
 */
async function findStalled({ ctx, unit, trigger, tick }: Clocked<'stalled'>): Promise<Found> {
  const since = tick?.until ?? LONG_AGO;
  const bound = tick?.occasion ?? new Date(ctx.now.getTime() - trigger.days * DAY_MS);
  const { records: moves, nextCursor } = await unit.page(
    events,
    (query) =>
      query
        .where('types', 'array-contains-any', MOVES)
        .where('at', '>', since)
        .where('at', '<=', bound),
    { order: { field: 'at', direction: 'asc' }, limit: PAGE, cursor: tick?.cursor ?? undefined },
  );
  const occasions = await pMap(moves, (move) => asStalled(unit, move), {
    concurrency: CONCURRENCY,
  });
  return {
    occasions: occasions.filter((occasion) => occasion !== undefined),
    tick:
      nextCursor === null
        ? { until: new Date(bound.getTime() - OVERLAP_MS), occasion: null, cursor: null }
        : { until: since, occasion: bound, cursor: nextCursor },
  };
}

async function asStalled(unit: UnitOfWork, move: Stored<Event>): Promise<Occasion | undefined> {
  const deal = await unit.find(deals, move.recordId);
  if (deal === undefined || deal.deletedAt !== null || deal.stageKind !== 'open') return undefined;
  const later = await unit.count(events, (query) =>
    query
      .where('recordId', '==', deal.id)
      .where('types', 'array-contains', 'deal.stage_changed')
      .where('version', '>', move.version),
  );
  if (later > 0) return undefined;
  return {
    ...{ id: `stalled_${move.id}`, origin: 'stalled', recordType: 'deal', recordId: deal.id },
    ...{ record: deal, audience: deal, actor: ACTOR },
  };
}

/**
 * The appointments that start soon: those that have come near since the last sweep, and those that
 * were made or moved since then. One that is moved is another occasion.
 */
async function findSoon({ ctx, unit, trigger, tick }: Clocked<'appointment_soon'>): Promise<Found> {
  const { now } = ctx;
  const aheadMs = trigger.minutesBefore * MINUTE_MS;
  const since = tick?.until ?? now;
  // What is soon when a workflow is first looked at, is so all at once.
  const nearFrom = tick === undefined ? now : new Date(Math.max(+now, +since + aheadMs));
  const until = new Date(now.getTime() + aheadMs);
  const [near, changed] = await Promise.all([
    unit.query(appointments, (query) =>
      query
        .where('deletedAt', '==', null)
        .where('status', '==', 'SCHEDULED')
        .where('startTime', '>', nearFrom)
        .where('startTime', '<=', until)
        .orderBy('startTime')
        .limit(PAGE),
    ),
    unit.query(appointments, (query) =>
      query
        .where('updatedAt', '>', since)
        .where('updatedAt', '<=', now)
        .orderBy('updatedAt')
        .limit(PAGE),
    ),
  ]);
  const soon = new Map([...near, ...changed].map((each) => [each.id, each]));
  return {
    occasions: [...soon.values()].filter((each) => isSoon(each, now, until)).map(asSoon),
    tick: {
      until: earliest([
        new Date(now.getTime() - OVERLAP_MS),
        // A full page leaves the rest to the next sweep.
        ...near.slice(PAGE - 1).map(({ startTime }) => new Date(startTime.getTime() - aheadMs)),
        ...changed.slice(PAGE - 1).map(({ updatedAt }) => updatedAt),
      ]),
      ...{ occasion: null, cursor: null },
    },
  };
}

function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map(Number)));
}

function isSoon({ deletedAt, status, startTime }: Appointment, now: Date, until: Date): boolean {
  return deletedAt === null && status === 'SCHEDULED' && startTime > now && startTime <= until;
}

function asSoon(appointment: Stored<Appointment>): Occasion {
  const { id, ownerId, teamId, startTime } = appointment;
  return {
    ...{ id: `soon_${id}_${startTime.getTime()}`, origin: 'appointment_soon' },
    ...{ recordType: 'appointment', recordId: id, record: appointment, actor: ACTOR },
    audience: { ownerId, teamId, participantIds: [ownerId] },
  };
}

/**
 * The records of a kind at a time of the calendar, a page a sweep. Of times that have passed
 * unnoticed the last one counts, and none from before the workflow was first looked at.
 */
async function findScheduled(clocked: Clocked<'schedule'>): Promise<Found> {
  const { ctx, running, trigger, tick } = clocked;
  const idle = { occasions: [], tick: { until: ctx.now, occasion: null, cursor: null } };
  if (tick === undefined) return idle;
  const zone = trigger.timeZone ?? running.timeZone;
  const occasion = tick.occasion ?? lastTimeOf(trigger.cron, zone, tick.until, ctx.now);
  if (occasion === undefined) return idle;
  const { occasions, nextCursor } = await pageOf(clocked, occasion, tick.cursor ?? undefined);
  if (nextCursor === null)
    return { occasions, tick: { until: occasion, occasion: null, cursor: null } };
  return { occasions, tick: { until: tick.until, occasion, cursor: nextCursor } };
}

/** The last time of the calendar after one and until another. */
function lastTimeOf(cron: string, tz: string, after: Date, until: Date): Date | undefined {
  const currentDate = new Date(until.getTime() + 1);
  const last = CronExpressionParser.parse(cron, { currentDate, tz }).prev().toDate();
  return last > after ? last : undefined;
}

interface RecordPage {
  readonly records: readonly { id: string; record: object; audience: Audience }[];
  readonly nextCursor: string | null;
}

async function pageOf(
  { unit, trigger: { recordType } }: Clocked<'schedule'>,
  occasion: Date,
  cursor: string | undefined,
): Promise<{ occasions: Occasion[]; nextCursor: string | null }> {
  const { records, nextCursor } = await pages[recordType](unit, cursor);
  const occasions = records.map(({ id, record, audience }) => ({
    ...{ id: `cron_${occasion.getTime()}_${id}`, origin: 'schedule' as const, actor: ACTOR },
    ...{ recordType, recordId: id, record, audience },
  }));
  return { occasions, nextCursor };
}

/** The records in use, in the order they were made, which changes of them leave as it is. */
function inUse<T extends object>(collection: Collection<T>, audience: (record: T) => Audience) {
  return async (unit: UnitOfWork, cursor: string | undefined): Promise<RecordPage> => {
    const order = { field: 'createdAt', direction: 'asc' } as const;
    const found = await unit.page(collection, (query) => query.where('deletedAt', '==', null), {
      ...{ order, limit: PAGE, cursor },
    });
    const records = found.records.map((record) => ({
      ...{ id: record.id, record, audience: audience(record) },
    }));
    return { records, nextCursor: found.nextCursor };
  };
}

const pages = {
  deal: inUse(deals, ({ ownerId, teamId, participantIds }) => ({
    ownerId,
    teamId,
    participantIds,
  })),
  contact: inUse(contacts, audienceOf),
  company: inUse(companies, audienceOf),
  lead: inUse(leads, audienceOf),
} as const;
