import type { Fields } from './describe-change.ts';
import type { Event } from './events.schema.ts';

type Change = Pick<Event, 'before' | 'after'>;

/** The fields of a record after one more of its changes. */
export function foldEvent(state: Fields, { before, after }: Change): Fields {
  const next: Record<string, unknown> = { ...state };
  for (const field of Object.keys(before)) delete next[field];
  return Object.assign(next, after);
}

/** The fields of a record after these of its changes, in whatever order they are given. */
export function foldEvents(events: readonly (Change & Pick<Event, 'version'>)[]): Fields {
  const byVersion = events.toSorted((a, b) => a.version - b.version);
  return byVersion.reduce<Fields>(foldEvent, {});
}
