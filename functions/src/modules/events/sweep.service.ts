import pMap from 'p-map';
import {
  type Changed,
  changedRecords,
  type Span,
  sinceLastRun,
} from '../../platform/changed-records.ts';
import type { RecordFields } from '../../platform/records.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { enqueueAll } from '../../platform/tasks.ts';
import { isAlreadyExists, openUnit } from '../../platform/unit-of-work.ts';
import { events } from './events.repository.ts';
import { eventId } from './events.schema.ts';
import { missingEvents } from './fill-gaps.ts';
import type { RecordKind } from './record-changes.ts';
import { sealEvent } from './seal-event.ts';
import { countEvents, listEvents } from './sweep.repository.ts';

/** Triggers normally run within seconds; younger changes are left to them. */
const GRACE_MS = 2 * 60 * 1000;
const PAGE = 300;
const CONCURRENCY = 16;
/** A batch takes 500 writes; more missing events are left to the next sweep. */
const MAX_FILLED = 400;

type SweepContext = Pick<Invocation, 'store' | 'log' | 'now' | 'tasks'>;

/**
 * Finds the records that changed since the last sweep and have fewer events than versions, and
 * records what lost triggers left out. A trigger that arrives afterwards finds its event there.
 * Billed: one read for each changed record and one for counting its events.
 * @returns how many events were recovered
 */
export async function sweepEvents(ctx: SweepContext, kinds: readonly SweptKind[]): Promise<number> {
  const until = new Date(ctx.now.getTime() - GRACE_MS);
  const recovered = await sinceLastRun(ctx.store, 'eventSweep', until, async (since) => {
    let sum = 0;
    for (const sweepKind of kinds) sum += await sweepKind(ctx, { since, until, limit: PAGE });
    return sum;
  });
  if (recovered > 0) ctx.log.warn({ recovered }, 'events of lost triggers recovered');
  return recovered;
}

/** The sweep of one kind of record. */
export type SweptKind = (ctx: SweepContext, span: Span) => Promise<number>;

/** How records of one kind are swept. */
export function sweepOf<T extends RecordFields>(kind: RecordKind<T>): SweptKind {
  return async (ctx, span) => {
    let recovered = 0;
    for await (const page of changedRecords(ctx.store, kind.collection, span)) {
      const counts = await pMap(page, (changed) => fillGaps(ctx, kind, changed), {
        concurrency: CONCURRENCY,
      });
      recovered += counts.reduce((sum, count) => sum + count, 0);
    }
    return recovered;
  };
}

async function fillGaps<T extends RecordFields>(
  ctx: SweepContext,
  kind: RecordKind<T>,
  { orgId, record }: Changed<T>,
): Promise<number> {
  const unit = openUnit(ctx, orgId);
  if ((await countEvents(unit, record.id)) >= record.version) return 0;
  const known = await listEvents(unit, record.id);
  // Somebody has changed the record since it was read; the next sweep sees it as it is then.
  if (known.some(({ version }) => version > record.version)) return 0;
  const missing = missingEvents(kind, record, known);
  const filled = missing.slice(-MAX_FILLED);
  for (const event of filled)
    unit.create(events, eventId(record.id, event.version), sealEvent(event));
  const newest = filled.at(-1);
  if (newest === undefined) return 0;
  const gap = { recovered: filled, event: newest, known, current: record };
  const tasks = (await kind.writeWithRecovered?.(unit, gap, ctx.now)) ?? [];
  try {
    await unit.commit();
  } catch (error) {
    // The late trigger was faster than this sweep; the next one looks at the record again.
    if (isAlreadyExists(error)) return 0;
    throw error;
  }
  await enqueueAll(ctx, tasks);
  ctx.log.warn(
    { orgId, recordId: record.id, versions: filled.map((e) => e.version) },
    'event gap filled',
  );
  return filled.length;
}
