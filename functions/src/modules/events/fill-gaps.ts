import type { Stored } from '../../platform/collection.ts';
import type { RecordFields } from '../../platform/records.ts';
import { changedFields, type Fields, pick, visibleFields } from './describe-change.ts';
import type { Event, EventContent } from './events.schema.ts';
import { foldEvents } from './fold-events.ts';
import type { RecordKind } from './record-changes.ts';

const SWEEP = 'system:sweep';

/**
 * The events that a record's known events leave out. What the lost triggers would have told apart
 * is no longer known, so the newest missing version carries the combined difference between the
 * known events, folded, and the record as it is; the others carry none.
 */
export function missingEvents<T extends RecordFields>(
  kind: RecordKind<T>,
  { id, ...record }: Stored<T>,
  known: readonly Event[],
): EventContent[] {
  const current = kind.collection.schema.parse(record);
  const versions = new Map(known.map((event) => [event.version, event]));
  const missing = Array.from({ length: current.version }, (_, index) => index + 1).filter(
    (version) => !versions.has(version),
  );
  const newest = missing.at(-1);
  const folded = foldEvents(known);
  return missing.map((version) => {
    const isCurrent = version === current.version;
    const next = versions.get(version + 1);
    return {
      ...kind.audienceOf(current),
      participantIds: [...kind.audienceOf(current).participantIds],
      recordType: kind.recordType,
      recordId: id,
      version,
      types: [`${kind.recordType}.${version === 1 ? 'created' : 'updated'}`],
      actor: isCurrent ? current.updatedBy : SWEEP,
      at: isCurrent ? current.updatedAt : (next?.at ?? current.updatedAt),
      before: {},
      after: {},
      cause: isCurrent ? current.cause : null,
      recovered: true,
      ...(version === newest ? combinedDifference(kind, version, folded, current) : {}),
    };
  });
}

function combinedDifference<T extends RecordFields>(
  kind: RecordKind<T>,
  version: number,
  folded: Fields,
  current: T,
): Pick<EventContent, 'types' | 'before' | 'after'> {
  const now = visibleFields(kind, current);
  const changed = changedFields(folded, now);
  return {
    types: namesOf(kind, version, folded, current),
    before: pick(folded, changed),
    after: pick(now, changed),
  };
}

// A fold that starts after a lost creation is no whole state: names drawn from it would be guesses.
function namesOf<T extends RecordFields>(
  kind: RecordKind<T>,
  version: number,
  folded: Fields,
  current: T,
): string[] {
  if (version === 1) return [...kind.nameChanges(undefined, current)];
  const before = kind.collection.schema.safeParse({ ...current, ...folded });
  const isWhole = Object.keys(visibleFields(kind, current)).every((field) => field in folded);
  if (!before.success || !isWhole) return [`${kind.recordType}.updated`];
  return [...kind.nameChanges(before.data, current)];
}
