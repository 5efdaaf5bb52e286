import { isDeepStrictEqual } from 'node:util';
import type { Audience } from '../../platform/principal.schema.ts';
import { recordFields } from '../../platform/record.schema.ts';
import type { RecordFields } from '../../platform/records.ts';
import type { RecordType } from '../access/access.schema.ts';
import type { EventContent } from './events.schema.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What of a kind of record its events are described by. */
interface Describable<T> {
  readonly recordType: RecordType;
  audienceOf(record: T): Audience;
  nameChanges(before: T | undefined, after: T): readonly string[];
  readonly hidden?: readonly string[];
}

const bookkeeping: ReadonlySet<string> = new Set(recordFields);

/**
 * The event of one change of a record: which fields changed, from what to what, by whom and when.
 * Pure, so that a trigger that runs again describes the same event.
 */
export function describeChange<T extends RecordFields>(
  kind: Describable<T>,
  recordId: string,
  before: T | undefined,
  after: T,
): EventContent {
  const was = visibleFields(kind, before);
  const is = visibleFields(kind, after);
  const changed = changedFields(was, is);
  const audience = kind.audienceOf(after);
  const formerly = before === undefined ? [] : kind.audienceOf(before).participantIds;
  return {
    ...audience,
    participantIds: [...new Set([...audience.participantIds, ...formerly])],
    recordType: kind.recordType,
    recordId,
    version: after.version,
    types: [...kind.nameChanges(before, after)],
    actor: after.updatedBy,
    at: after.updatedAt,
    before: pick(was, changed),
    after: pick(is, changed),
    cause: after.cause,
    recovered: false,
  };
}

/**
 * The event of a record's removal for good, one version after its last. Only the system removes
 * records, when their time in the bin is over.
 */
export function describePurge<T extends RecordFields>(
  kind: Describable<T>,
  recordId: string,
  before: T,
): EventContent {
  const was = visibleFields(kind, before);
  const audience = kind.audienceOf(before);
  return {
    ...audience,
    participantIds: [...audience.participantIds],
    recordType: kind.recordType,
    recordId,
    version: before.version + 1,
    types: [`${kind.recordType}.purged`],
    actor: 'system:purge',
    at: before.updatedAt,
    before: pick(was, changedFields(was, {})),
    after: {},
    cause: null,
    recovered: false,
  };
}

/** The fields of a state that its events tell of: not its bookkeeping and not what is derived. */
export function visibleFields(
  { hidden = [] }: { readonly hidden?: readonly string[] },
  state: object | undefined,
): Fields {
  return Object.fromEntries(
    Object.entries(state ?? {}).filter(
      ([field]) => !bookkeeping.has(field) && !hidden.includes(field),
    ),
  );
}

/** The names of the fields in which two states differ, in alphabetical order. */
export function changedFields(before: Fields, after: Fields): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .sort();
}

/** Those of the named fields that are there. */
export function pick(fields: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
  );
}
