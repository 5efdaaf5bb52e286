import { eventTypes } from '../events/events.public.ts';

/** The prefix of what integrators report, under names of their own. */
const REPORTED = 'custom.';

/** Whether some event can be meant by a pattern such as `deal.won`, `deal.*`, `custom.signed` or `*`. */
export function canOccur(pattern: string): boolean {
  if (pattern === '*' || pattern.startsWith(REPORTED)) return true;
  if (!pattern.endsWith('.*')) return eventTypes.includes(pattern);
  return eventTypes.some((type) => type.startsWith(pattern.slice(0, -1)));
}

/**
 * The kinds of record whose events a pattern stands for. Reports are about any record that has a
 * timeline, and so are patterns for everything.
 */
export function recordTypesOf(pattern: string): readonly string[] {
  if (pattern === '*') return [...new Set(eventTypes.map(prefixOf))];
  return pattern.startsWith(REPORTED)
    ? ['deal', 'contact', 'company', 'lead']
    : [prefixOf(pattern)];
}

function prefixOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}
