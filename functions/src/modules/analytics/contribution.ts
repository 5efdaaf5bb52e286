import { DateTime } from 'luxon';
import type { Contribution } from './analytics.schema.ts';

/** Ids hold no spaces, so a key is its document and path joined by them. */
const SEPARATOR = ' ';

/** Whose rollups a record counts in. */
export interface Concerned {
  readonly teamId: string | null;
  readonly userIds: readonly string[];
}

/** What a deal counts as: an open one in its stage now, a closed one on the day it was closed. */
export interface CountedDeal extends Concerned {
  readonly stage: string;
  readonly valueMinor: number;
  readonly currency: string;
  readonly closedOn: string | null;
}

/** The calendar day of an instant in a time zone, such as 2026-11-22. */
export function dayIn(timeZone: string, instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate() ?? '';
}

/** What a deal adds to the rollups. `closedOn` is a day such as 2026-11-22. */
export function dealContribution(deal: CountedDeal): Contribution {
  return inEachScope(deal, (scope) => {
    const group =
      deal.closedOn === null
        ? [scope, 'open', deal.stage]
        : [yearOf(scope, deal.closedOn), 'days', deal.closedOn, 'closed', deal.stage];
    return [
      [[...group, 'count'], 1],
      [[...group, deal.currency], deal.valueMinor],
    ];
  });
}

/** What a contact or lead adds: one to the total, and one on the day it was created. */
export function personContribution(
  kind: 'contacts' | 'leads',
  person: Concerned & { readonly createdOn: string },
): Contribution {
  const { createdOn } = person;
  return inEachScope(person, (scope) => [
    [[scope, kind], 1],
    [[yearOf(scope, createdOn), 'days', createdOn, kind], 1],
    ...(kind === 'contacts' ? [entry([scope, 'contactsByYear', createdOn.slice(0, 4)], 1)] : []),
  ]);
}

/** What a call adds on its day. */
export function callContribution(call: Concerned & { readonly day: string }): Contribution {
  return inEachScope(call, (scope) => [[[yearOf(scope, call.day), 'days', call.day, 'calls'], 1]]);
}

/** The amounts that turn one contribution into the other. */
export function difference(before: Contribution, after: Contribution): Contribution {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const amounts = [...keys].map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)] as const);
  return Object.fromEntries(amounts.filter(([, amount]) => amount !== 0));
}

/** The document a key is of, and the path of field names in it. */
export function placeOf(key: string): { readonly documentId: string; readonly path: string[] } {
  const [documentId = '', ...path] = key.split(SEPARATOR);
  return { documentId, path };
}

/** The rollups a record counts in: its organisation's, its team's and those of its people. */
export function scopeOfTeam(teamId: string): string {
  return `team_${teamId}`;
}

/** The scope of one person's records. */
export function scopeOfUser(uid: string): string {
  return `user_${uid}`;
}

export const ORG_SCOPE = 'org';

/** The rollup document of one year. */
export function yearOf(scope: string, day: string): string {
  return `${scope}_${day.slice(0, 4)}`;
}

type Entry = readonly [path: readonly string[], amount: number];

function entry(path: readonly string[], amount: number): Entry {
  return [path, amount];
}

function inEachScope(concerned: Concerned, entries: (scope: string) => Entry[]): Contribution {
  const scopes = [
    ORG_SCOPE,
    ...(concerned.teamId === null ? [] : [scopeOfTeam(concerned.teamId)]),
    ...new Set(concerned.userIds.map(scopeOfUser)),
  ];
  return Object.fromEntries(
    scopes.flatMap(entries).map(([path, amount]) => [path.join(SEPARATOR), amount]),
  );
}
