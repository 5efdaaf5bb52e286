import type { Collection, Stored } from '../../platform/collection.ts';
import { timestampsToDates } from '../../platform/firestore.ts';
import type { Audience } from '../../platform/principal.schema.ts';
import type { RecordFields } from '../../platform/records.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { enqueueAll, type Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { RecordType } from '../access/access.schema.ts';
import { describeChange, describePurge } from './describe-change.ts';
import type { Event, EventContent } from './events.schema.ts';
import { recordEvent } from './events.service.ts';

/**
 * A kind of record whose changes become events. Written as methods, so that kinds of different
 * records can stand in one list: each is only ever given what its own schema has parsed.
 */
export interface RecordKind<T extends RecordFields> {
  readonly recordType: RecordType;
  readonly collection: Collection<T>;
  /** Who is concerned by a state of the record, and so may see its events. */
  audienceOf(record: T): Audience;
  /** Names what happened, most telling first; never empty. */
  nameChanges(before: T | undefined, after: T): readonly string[];
  /** Derived fields, such as search tokens, that events leave out. */
  readonly hidden?: readonly string[];
  /**
   * Writes what is to be stored with the event of a change, or not at all.
   * @returns the tasks to ask for once it is committed
   */
  writeWithEvent?(unit: UnitOfWork, change: EventChange<T>, now: Date): Promise<readonly Task[]>;
  /** Writes what lost triggers left out, with the events that a sweep recovers. */
  writeWithRecovered?(unit: UnitOfWork, gap: RecoveredGap<T>, now: Date): Promise<readonly Task[]>;
}

/** A change of a record with its event; undefined is what is not there. */
export interface EventChange<T extends RecordFields> {
  readonly event: EventContent;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/**
 * The events that a sweep recovers, oldest first, of which the newest carries the whole difference;
 * the events that had been recorded; and the record as it is.
 */
export interface RecoveredGap<T extends RecordFields> {
  readonly recovered: readonly EventContent[];
  readonly event: EventContent;
  readonly known: readonly Event[];
  readonly current: Stored<T>;
}

/** One delivered change of a document, as the trigger saw it. */
export interface Delivery {
  readonly orgId: string;
  readonly recordId: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A delivered change with its states checked; undefined is what is not there. */
export interface RecordedChange<T extends RecordFields> {
  readonly orgId: string;
  readonly recordId: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/**
 * Turns one delivered change into its one event. What it writes follows from the change alone, so
 * deliveries may repeat, come late or in any order. A write that leaves the version as it was has
 * changed derived fields only, and is no event.
 * @returns the change, unless it breaks the schema
 */
export async function recordChange<T extends RecordFields>(
  ctx: Pick<Invocation, 'log' | 'store' | 'now' | 'tasks'>,
  kind: RecordKind<T>,
  { orgId, recordId, before, after }: Delivery,
): Promise<RecordedChange<T> | undefined> {
  const { log, store, now } = ctx;
  const schema = kind.collection.schema.optional();
  const was = schema.safeParse(timestampsToDates(before));
  const is = schema.safeParse(timestampsToDates(after));
  const where = { orgId, recordType: kind.recordType, recordId };
  if (!was.success || !is.success) {
    // Retrying cannot mend a document that none of our doors would have written.
    const issues = (is.error ?? was.error)?.issues;
    log.error({ ...where, issues }, 'record breaks its schema; no event recorded');
    return undefined;
  }
  const change = { orgId, recordId, before: was.data, after: is.data };
  if (was.data !== undefined && was.data.version === is.data?.version) return change;
  const event =
    is.data === undefined
      ? was.data && describePurge(kind, recordId, was.data)
      : describeChange(kind, recordId, was.data, is.data);
  if (event === undefined) return change;
  const tasks: Task[] = [];
  const isNew = await recordEvent(store, orgId, event, async (unit) => {
    tasks.push(...((await kind.writeWithEvent?.(unit, { ...change, event }, now)) ?? []));
  });
  if (isNew) await enqueueAll(ctx, tasks);
  log.info({ ...where, version: event.version, types: event.types, isNew }, 'change recorded');
  return change;
}
