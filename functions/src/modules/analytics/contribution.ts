import { DateTime } from 'luxon';
import type { Contribution } from './analytics.schema.ts';

/** Ids hold no spaces, so a key is its document and path joined by them. */
const SEPARATOR = ' ';
const TEAM_PREFIX = 'team_';
const USER_PREFIX = 'user_';
const YEAR_SUFFIX_LENGTH = '_2026'.length;
const MONTH_LENGTH = '2026-11'.length;
const FIRST_MONTH = '2000-01';
const LAST_MONTH = '2099-12';
/** What stands in the documents of a year. */
const OF_A_YEAR: ReadonlySet<string> = new Set(['days', 'people']);

/** Where the forecast has the deals that nobody expects to close at a certain time. */
export const NO_MONTH = 'none';
/** Beside the sum in a currency stands, under this and its code, the one weighted by probability. */
export const WEIGHTED_PREFIX = 'weighted';
/** How many days the deals of a group took, all together. */
export const CYCLE_DAYS = 'cycleDays';

/** Whose rollups a record counts in. */
export interface Concerned {
  readonly teamId: string | null;
  readonly userIds: readonly string[];
}

/**
 * What a deal counts as: an open one in its stage and the month it is expected to close in, now; a
 * closed one on the day it was closed.
 */
export interface CountedDeal extends Concerned {
  readonly ownerId: string;
  readonly stage: string;
  readonly valueMinor: number;
  readonly currency: string;
  /** In whole per cent. */
  readonly probability: number;
  /** A calendar day, as its midnight in UTC. */
  readonly expectedCloseDate: Date | null;
  readonly closed: {
    /** A day such as 2026-11-22. */
    readonly on: string;
    readonly isWon: boolean;
    /** Whole days from its creation on. */
    readonly afterDays: number;
  } | null;
}

/** The calendar day of an instant in a time zone, such as 2026-11-22. */
export function dayIn(timeZone: string, instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate() ?? '';
}

/** What a deal adds to the rollups. */
export function dealContribution(deal: CountedDeal): Contribution {
  const { closed } = deal;
  return inEachScope(deal, (scope) =>
    closed === null ? openEntries(deal, scope) : closedEntries(deal, closed, scope),
  );
}

function openEntries(deal: CountedDeal, scope: string): Entry[] {
  const { currency, valueMinor, probability } = deal;
  const weightedMinor = Math.round((valueMinor * probability) / 100);
  const groups = [
    [scope, 'open', deal.stage],
    [scope, 'forecast', forecastMonth(deal.expectedCloseDate)],
  ];
  return groups.flatMap((group) => [
    ...entriesOf(deal, group),
    entry([...group, WEIGHTED_PREFIX + currency], weightedMinor),
  ]);
}

function closedEntries(
  deal: CountedDeal,
  { on, isWon, afterDays }: NonNullable<CountedDeal['closed']>,
  scope: string,
): Entry[] {
  const year = yearOf(scope, on);
  const group = [year, 'days', on, 'closed', deal.stage];
  return [
    ...entriesOf(deal, group),
    entry([...group, CYCLE_DAYS], afterDays),
    // Of one person there is nobody to compare with.
    ...(isWon && !scope.startsWith(USER_PREFIX)
      ? entriesOf(deal, [year, 'people', deal.ownerId, on.slice(0, MONTH_LENGTH)])
      : []),
  ];
}

function entriesOf({ currency, valueMinor }: CountedDeal, group: readonly string[]): Entry[] {
  return [entry([...group, 'count'], 1), entry([...group, currency], valueMinor)];
}

/** The months of a forecast are few, whatever dates people enter: those far off count as the farthest. */
function forecastMonth(expected: Date | null): string {
  if (expected === null) return NO_MONTH;
  const month = expected.toISOString().slice(0, MONTH_LENGTH);
  if (month < FIRST_MONTH) return FIRST_MONTH;
  return month > LAST_MONTH ? LAST_MONTH : month;
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
  if (!OF_A_YEAR.has(path[0] ?? ''))
    return { documentId: TEAMS, path: ['byTeam', ofTeam, ...path] };
  const teamId = ofTeam.slice(0, -YEAR_SUFFIX_LENGTH);
  const year = ofTeam.slice(1 - YEAR_SUFFIX_LENGTH);
  return { documentId: teamsOf(groupOf(teamId), year), path: ['byTeam', teamId, ...path] };
}

/** The rollup document of what there is now of all teams. */
export const TEAMS = 'teams';

/**
 * So many teams share a document of days: a busy team's year takes some 50 kB of the 1 MiB that a
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
  return USER_PREFIX + uid;
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
