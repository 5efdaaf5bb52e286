import type { EventType } from '../../data/webhooks.ts';

/** The pattern of every event there is. */
export const EVERYTHING = '*';

/** The types of event of one kind of record. */
export interface EventGroup {
  readonly name: string;
  /** The pattern of all of them: `deal.*`. */
  readonly all: string;
  readonly types: readonly EventType[];
}

/** The types of event that fit what is sought, by the record they are about. */
export function groupTypes(types: readonly EventType[], sought: string): EventGroup[] {
  const groups = new Map<string, EventType[]>();
  for (const type of types) {
    if (fits(type, sought))
      groups.set(type.recordType, [...(groups.get(type.recordType) ?? []), type]);
  }
  return [...groups].map(([recordType, members]) => ({
    name: nameOf(recordType),
    all: `${recordType}.*`,
    types: members,
  }));
}

/** The chosen patterns that no list of types has, such as those of integrators' own events. */
export function otherPatterns(chosen: readonly string[], types: readonly EventType[]): string[] {
  const known = new Set([
    EVERYTHING,
    ...types.flatMap(({ type, recordType }) => [type, `${recordType}.*`]),
  ]);
  return chosen.filter((pattern) => !known.has(pattern));
}

/** True when another of the chosen patterns lets the type through as well. */
export function isCovered(pattern: string, chosen: readonly string[]): boolean {
  if (pattern === EVERYTHING) return false;
  const all = `${pattern.split('.')[0]}.*`;
  return chosen.includes(EVERYTHING) || (pattern !== all && chosen.includes(all));
}

/** What is chosen once a pattern is taken or left; what the taken one covers goes. */
export function toggle(chosen: readonly string[], pattern: string): string[] {
  if (chosen.includes(pattern)) return chosen.filter((each) => each !== pattern);
  return [...chosen.filter((each) => !isCovered(each, [pattern])), pattern];
}

function fits({ type, recordType, description }: EventType, sought: string): boolean {
  const text = `${type} ${nameOf(recordType)} ${description}`.toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** `fieldSet` as a heading: Field set. */
function nameOf(recordType: string): string {
  const words = recordType.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
