import { DateTime } from 'luxon';
import type { Contribution } from './analytics.schema.ts';

/** Ids hold no spaces, so a key is its document and path joined by them. */
const SEPARATOR = ' ';
const TEAM_PREFIX = 'team_';
const YEAR_SUFFIX_LENGTH = '_2026'.length;

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

/** What a call, an appointment or a message adds: one on its day. */
export function dayContribution(
  kind: 'calls' | 'appointments' | 'messages',
  one: Concerned & { readonly day: string },
): Contribution {
  return inEachScope(one, (scope) => [[[yearOf(scope, one.day), 'days', one.day, kind], 1]]);
}

/** The amounts that turn one contribution into the other. */
export function difference(before: Contribution, after: Contribution): Contribution {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const amounts = [...keys].map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)] as const);
  return Object.fromEntries(amounts.filter(([, amount]) => amount !== 0));
}

/** Which document holds the days of a team's records; see TEAMS_A_DOCUMENT. */
export type GroupOf = (teamId: string) => number;

/**
 * The document a key is of, and the path of field names in it. What there is now of all teams
 * stands in one document, and so do the days of a group of teams, so that somebody who manages
 * several pays no read for each.
 */
export function placeOf(
  key: string,
  groupOf: GroupOf,
): { readonly documentId: string; readonly path: string[] } {
  const [scope = '', ...path] = key.split(SEPARATOR);
  if (!scope.startsWith(TEAM_PREFIX)) return { documentId: scope, path };
  const ofTeam = scope.slice(TEAM_PREFIX.length);
  if (path[0] !== 'days') return { documentId: TEAMS, path: ['byTeam', ofTeam, ...path] };
  const teamId = ofTeam.slice(0, -YEAR_SUFFIX_LENGTH);
  const year = ofTeam.slice(1 - YEAR_SUFFIX_LENGTH);
  return { documentId: teamsOf(groupOf(teamId), year), path: ['byTeam', teamId, ...path] };
}

/** The rollup document of what there is now of all teams. */
export const TEAMS = 'teams';

/**
 * So many teams share a document of days: a busy team's year takes some 40 kB of the 1 MiB that a
 * document holds.
 */
export const TEAMS_A_DOCUMENT = 12;

/** The rollup document of a year's days of a group of teams. */
export function teamsOf(group: number, year: string): string {
  return `${TEAMS}${group}_${year}`;
}

/** The scope of a team's records. */
function scopeOfTeam(teamId: string): string {
  return TEAM_PREFIX + teamId;
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

/** The rollups a record counts in: its organisation's, its team's and those of its people. */
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
