import { FieldValue } from 'firebase-admin/firestore';
import { findWatermark } from '../../platform/changed-records.ts';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { Store, UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  type Contribution,
  rollupStateSchema,
  type TeamTotals,
  type TeamYears,
  type Totals,
  teamTotalsSchema,
  teamYearsSchema,
  totalsSchema,
  type Year,
  yearSchema,
} from './analytics.schema.ts';
import {
  difference,
  type GroupOf,
  placeOf,
  TEAMS,
  TEAMS_A_DOCUMENT,
  teamsOf,
  yearOf,
} from './contribution.ts';

const ROLLUPS = 'rollups';
const STATES = 'rollupStates';
/** The name under which the time of the last roll-up is kept. */
export const ROLLUP_WATERMARK = 'rollups';

const totals: Collection<Totals> = orgCollection(ROLLUPS, 'Rollup', totalsSchema);
const years: Collection<Year> = orgCollection(ROLLUPS, 'Rollup', yearSchema);
const teamTotals: Collection<TeamTotals> = orgCollection(ROLLUPS, 'Rollup', teamTotalsSchema);
const teamYears: Collection<TeamYears> = orgCollection(ROLLUPS, 'Rollup', teamYearsSchema);

/** What an overview is drawn from: what there is now, and the days of the years asked for. */
export interface Figures {
  readonly totals: Totals;
  readonly years: ReadonlyMap<string, Year>;
}

/** The figures of one scope, the organisation or a person. Billed: one read, and one a year. */
export async function figuresOfScope(
  unit: UnitOfWork,
  scope: string,
  yearNumbers: readonly string[],
): Promise<Figures> {
  const [found, byId] = await Promise.all([
    unit.find(totals, scope),
    unit.findMany(
      years,
      yearNumbers.map((year) => yearOf(scope, year)),
    ),
  ]);
  return {
    totals: totalsSchema.parse(found ?? {}),
    years: new Map(
      yearNumbers.map((year) => [year, yearSchema.parse(byId.get(yearOf(scope, year)) ?? {})]),
    ),
  };
}

/** What there is now of all teams, and where the days of each are. One billed read. */
export async function findTeamTotals(unit: UnitOfWork): Promise<TeamTotals> {
  return teamTotalsSchema.parse((await unit.find(teamTotals, TEAMS)) ?? {});
}

/** The figures of some teams together. Billed: one read a year for each group of teams. */
export async function figuresOfTeams(
  unit: UnitOfWork,
  { byTeam, groups }: TeamTotals,
  teamIds: readonly string[],
  yearNumbers: readonly string[],
): Promise<Figures> {
  const held = [...new Set(teamIds.flatMap((teamId) => groups[teamId] ?? []))];
  const byId = await unit.findMany(
    teamYears,
    yearNumbers.flatMap((year) => held.map((group) => teamsOf(group, year))),
  );
  const ofYear = (year: string) =>
    held.flatMap((group) => {
      const found = byId.get(teamsOf(group, year))?.byTeam ?? {};
      return teamIds.map((teamId) => found[teamId] ?? {});
    });
  return {
    totals: totalsSchema.parse(teamIds.map((id) => byTeam[id] ?? {}).reduce(addTrees, {})),
    years: new Map(
      yearNumbers.map((year) => [year, yearSchema.parse(ofYear(year).reduce(addTrees, {}))]),
    ),
  };
}

/** Until when changes have been rolled up, or undefined before the first time. One billed read. */
export function getRolledUpUntil(store: Store): Promise<Date | undefined> {
  return findWatermark(store, ROLLUP_WATERMARK);
}

function addTrees(a: object, b: object): object {
  const sum: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const present = sum[key];
    if (typeof value === 'number') sum[key] = value + (typeof present === 'number' ? present : 0);
    else if (isObject(value)) sum[key] = addTrees(isObject(present) ? present : {}, value);
  }
  return sum;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What one record of an organisation now adds to its rollups. */
export interface Counted {
  readonly stateId: string;
  readonly contribution: Contribution;
}

/**
 * Brings the rollups of one organisation up to what the given records now add, in one batch with
 * the note of what each has added: whatever was added before is taken back, so a record may come
 * any number of times. A note changed meanwhile makes the batch fail as a whole.
 * Billed: one read of the teams, one read a record, and, for those that add something else than
 * before, one write each and one for each rollup document they touch.
 */
export async function applyContributions(
  { db, meter }: Store,
  orgId: string,
  counted: readonly Counted[],
): Promise<void> {
  const org = `orgs/${orgId}`;
  const refs = counted.map(({ stateId }) => db.doc(`${org}/${STATES}/${stateId}`));
  const teams = db.doc(`${org}/${ROLLUPS}/${TEAMS}`);
  const [found, ...states] = await meter.trip(() => db.getAll(teams, ...refs));
  meter.reads += refs.length + 1;
  const batch = db.batch();
  const sums: Contribution = {};
  let writes = 0;
  for (const [index, { contribution }] of counted.entries()) {
    const state = states[index];
    if (state === undefined) continue;
    const before = state.exists ? rollupStateSchema.parse(state.data()).contribution : {};
    const changes = Object.entries(difference(before, contribution));
    if (changes.length === 0) continue;
    for (const [key, amount] of changes) sums[key] = (sums[key] ?? 0) + amount;
    if (state.updateTime) {
      batch.update(state.ref, { contribution }, { lastUpdateTime: state.updateTime });
    } else batch.create(state.ref, { contribution });
    writes += 1;
  }
  const { groups } = teamTotalsSchema.parse(found?.data() ?? {});
  const known = Object.keys(groups).length;
  const documents = incrementsByDocument(sums, groupsIn(groups));
  if (Object.keys(groups).length > known) {
    // Nobody else may have given these teams a group meanwhile.
    if (found?.updateTime) batch.update(teams, { groups }, { lastUpdateTime: found.updateTime });
    else batch.create(teams, { groups });
    writes += 1;
  }
  for (const [documentId, fields] of documents) {
    batch.set(db.doc(`${org}/${ROLLUPS}/${documentId}`), fields, { merge: true });
    writes += 1;
  }
  if (writes === 0) return;
  await meter.trip(() => batch.commit());
  meter.writes += writes;
}

/** Answers the group of a team; one that has none is put into the last. */
function groupsIn(groups: Record<string, number>): GroupOf {
  return (teamId) => {
    const group = groups[teamId] ?? Math.floor(Object.keys(groups).length / TEAMS_A_DOCUMENT);
    groups[teamId] = group;
    return group;
  };
}

type Tree = { [field: string]: Tree | FieldValue };

function incrementsByDocument(sums: Contribution, groupOf: GroupOf): Map<string, Tree> {
  const documents = new Map<string, Tree>();
  for (const [key, amount] of Object.entries(sums)) {
    const { documentId, path } = placeOf(key, groupOf);
    const root = documents.get(documentId) ?? {};
    documents.set(documentId, root);
    let node = root;
    for (const field of path.slice(0, -1)) {
      const child = node[field];
      const next: Tree = child === undefined || child instanceof FieldValue ? {} : child;
      node[field] = next;
      node = next;
    }
    node[path.at(-1) ?? ''] = FieldValue.increment(amount);
  }
  return documents;
}
