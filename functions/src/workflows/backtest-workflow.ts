import { getWorkflowVersion, matches } from '../modules/automations/automations.public.ts';
import type { Definition } from '../modules/automations/automations.schema.ts';
import { events, foldEvents } from '../modules/events/events.public.ts';
import type { Event } from '../modules/events/events.schema.ts';
import { hears } from '../modules/listeners/listeners.public.ts';
import { getOrg } from '../modules/orgs/orgs.public.ts';
import type { Backtest, BacktestView, Touched } from '../modules/runs/trials.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { digestOf } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import { findTried } from './try-workflow.ts';
import type { Fields } from './workflow-actions/action.ts';
import { walkSteps } from './workflow-actions/walk.ts';

/** What one backtest looks at: events of the span, and records whose whole history is read for it. */
export const BACKTEST_LIMITS = { events: 5000, records: 1000 } as const;
const PAGE = 300;
/** More changes than a record should have. */
const MAX_HISTORY = 1000;

type Past = readonly Stored<Event>[];

/**
 * What a definition would have done in a span of the organisation's history, and how that differs
 * from the active version: each event is looked at as it came, with the record as it was, by a clock
 * that runs along. History stays as it was: what the workflow would have changed is not in it. Nothing
 * is written and nobody is called. Billed: one read for each event of the span, and for each event
 * of the records that one of the definitions hears of.
 * @throws AppError not-found, permission-denied, invalid-argument (definition), failed-precondition
 * (a trigger that no event starts)
 */
export async function backtestWorkflow(
  ctx: Context<Principal>,
  workflowId: string,
  { definition: given, from, to }: Backtest,
): Promise<BacktestView> {
  const { principal } = ctx;
  const unit = openUnit(ctx, principal.orgId);
  const { workflow, definition } = await findTried(unit, principal, workflowId, given);
  requireEventTrigger(definition);
  const [active, { timeZone }] = await Promise.all([
    findActive(unit, workflowId, workflow.activeVersion),
    getOrg(unit),
  ]);
  const span = await readSpan(unit, from, to);
  const heard = span.events.filter(({ types }) =>
    [definition, active?.definition].some((each) => each !== undefined && hearsTypes(each, types)),
  );
  const ids = [...new Set(heard.map(({ recordId }) => recordId))];
  const looked = new Set(ids.slice(0, BACKTEST_LIMITS.records));
  // What comes before the first record that is one too many has been looked at wholly.
  const cutAt = heard.find(({ recordId }) => !looked.has(recordId))?.at ?? span.cutAt;
  const shown = cutAt === undefined ? heard : heard.filter(({ at }) => at < cutAt);
  const histories = await readHistories(unit, shown);
  const until = cutAt ?? to;
  const run = (tried: Definition) =>
    shown.flatMap((event) => tryEvent(tried, event, { histories, timeZone, until }));
  const touched = run(definition);
  const outcome = {
    ...{ from: from.toISOString(), to: to.toISOString(), until: until.toISOString() },
    ...{ events: span.events.length, records: histories.size, cut: cutAt !== undefined, touched },
    difference:
      active === undefined
        ? null
        : { version: active.number, ...compare(touched, run(active.definition)) },
  };
  return { ...outcome, resultHash: digestOf(outcome) };
}

function requireEventTrigger({ trigger }: Definition): void {
  if (trigger.kind === 'event') return;
  throw new AppError(
    'failed-precondition',
    'definition.trigger: history has events; a workflow that is started by hand or by the clock cannot be tried on it, try it on one record',
    { field: 'definition.trigger' },
  );
}

function hearsTypes({ trigger }: Definition, types: readonly string[]): boolean {
  return trigger.kind === 'event' && hears(trigger.types, types);
}

async function findActive(unit: UnitOfWork, workflowId: string, number: number | null) {
  if (number === null) return undefined;
  const { definition } = await getWorkflowVersion(unit, workflowId, number);
  return definition.trigger.kind === 'event' ? { number, definition } : undefined;
}

/** The events of a span in their order; those of the instant at which there are too many are left out. */
async function readSpan(
  unit: UnitOfWork,
  from: Date,
  to: Date,
): Promise<{ events: Past; cutAt: Date | undefined }> {
  const found: Stored<Event>[] = [];
  let cursor: string | undefined;
  do {
    const page = await unit.page(
      events,
      (query) => query.where('at', '>=', from).where('at', '<=', to),
      { order: { field: 'at', direction: 'asc' }, limit: PAGE, cursor },
    );
    found.push(...page.records);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && found.length <= BACKTEST_LIMITS.events);
  const cutAt = found[BACKTEST_LIMITS.events]?.at;
  return { events: cutAt === undefined ? found : found.filter(({ at }) => at < cutAt), cutAt };
}

/** All that has happened to each of the records, by version. */
async function readHistories(unit: UnitOfWork, heard: Past): Promise<ReadonlyMap<string, Past>> {
  const ids = [...new Set(heard.map(({ recordId }) => recordId))];
  const histories = new Map<string, Past>();
  for (let at = 0; at < ids.length; at += 16) {
    const some = ids.slice(at, at + 16);
    const found = await Promise.all(
      some.map((recordId) =>
        unit.query(events, (query) =>
          query
            .where('recordId', '==', recordId)
            .where('version', '>=', 1)
            .orderBy('version')
            .limit(MAX_HISTORY),
        ),
      ),
    );
    for (const [index, recordId] of some.entries()) histories.set(recordId, found[index] ?? []);
  }
  return histories;
}

interface Known {
  readonly histories: ReadonlyMap<string, Past>;
  readonly timeZone: string;
  readonly until: Date;
}

/** What a definition would have made of one event. */
function tryEvent(
  definition: Definition,
  { id: eventId, ...event }: Stored<Event>,
  { histories, timeZone, until }: Known,
): Touched[] {
  const { recordType, recordId, version, at } = event;
  const history = histories.get(recordId) ?? [];
  const stateAt = (instant: Date) => stateAfter(history.filter((each) => each.at <= instant));
  const isReport = version === 0;
  const before = isReport ? stateAt(at) : stateAfter(history.filter((e) => e.version < version));
  const after = isReport ? before : stateAfter(history.filter((e) => e.version <= version));
  if (!matches(definition, { event, before, after }, { now: at, timeZone })) return [];
  const { visited, end } = walkSteps({
    ...{ steps: definition.steps, start: at, end: until, stateAt },
    scene: { event, before: before ?? null, timeZone },
    eventAt: (types, since, before) =>
      history.find(
        (each) =>
          each.at >= since &&
          each.at < before &&
          each.version > version &&
          hears(types, each.types),
      )?.at,
  });
  const steps = visited.map(({ step }) => step.id);
  return [{ eventId, recordType, recordId, at: at.toISOString(), steps, end }];
}

/** The record after some of its changes; undefined before the first, and once it was purged. */
function stateAfter(history: Past): Fields | undefined {
  const [first, last] = [history[0], history.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (last.types.some((type) => type.endsWith('.purged'))) return undefined;
  return {
    ...foldEvents(history),
    ...{ version: last.version, createdAt: first.at, createdBy: first.actor },
    ...{ updatedAt: last.at, updatedBy: last.actor, cause: last.cause },
  };
}

/** The events that only one of two starts by, and those by which they take other steps. */
function compare(draft: readonly Touched[], active: readonly Touched[]) {
  const stepsOf = (list: readonly Touched[]) =>
    new Map(list.map(({ eventId, steps, end }) => [eventId, [...steps, end].join(' ')]));
  const [ofDraft, ofActive] = [stepsOf(draft), stepsOf(active)];
  return {
    added: [...ofDraft.keys()].filter((id) => !ofActive.has(id)),
    removed: [...ofActive.keys()].filter((id) => !ofDraft.has(id)),
    changed: [...ofDraft].flatMap(([id, steps]) =>
      ofActive.has(id) && ofActive.get(id) !== steps ? [id] : [],
    ),
  };
}
