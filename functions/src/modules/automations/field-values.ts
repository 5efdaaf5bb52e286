import type { EventContent } from '../events/events.schema.ts';

/** What conditions read: an event, and its record on either side of it as far as it is known. */
export interface EvaluationScope {
  readonly event: EventContent;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** Fields that hold a calendar day, stored as its midnight in UTC. */
const dayFields: ReadonlySet<string> = new Set(['expectedCloseDate']);

/**
 * The value at a path such as `stageKey`, `customFields.budget`, `before.ownerId` or
 * `event.data.source`; undefined where there is none. Amounts come with their currency, days as
 * `2026-02-01`.
 */
export function valueAt(path: string, { before, after, event }: EvaluationScope): unknown {
  const [first = '', ...rest] = path.split('.');
  if (first === 'before') return fieldOf(before, rest);
  if (first === 'event') return fieldOf(eventFields(event), rest);
  return fieldOf(after ?? before, [first, ...rest]);
}

/** What can be read of an event itself; `data` is what a reported event says. */
export function eventFields(event: EvaluationScope['event']): Readonly<Record<string, unknown>> {
  const { types, at, actor, recordType, recordId, version, after } = event;
  return {
    ...{ type: types[0], at, actor, recordType, recordId, version },
    data: version === 0 ? after : {},
  };
}

/** The value of a field of a state; undefined where there is none. */
export function fieldOf(state: unknown, names: readonly string[]): unknown {
  const holder = names.slice(0, -1).reduce(ownValue, state);
  const name = names.at(-1) ?? '';
  const value = ownValue(holder, name);
  if (value instanceof Date && dayFields.has(name)) return value.toISOString().slice(0, 10);
  const currency = name.endsWith('Minor') ? ownValue(holder, 'currency') : undefined;
  if (typeof value === 'number' && typeof currency === 'string') {
    return { amountMinor: value, currency };
  }
  return value ?? undefined;
}

function ownValue(holder: unknown, name: string): unknown {
  if (holder === null || typeof holder !== 'object' || !Object.hasOwn(holder, name)) {
    return undefined;
  }
  return Reflect.get(holder, name);
}
