import { FieldValue } from 'firebase-admin/firestore';
import { findWatermark } from '../../platform/changed-records.ts';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { Store, UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  type Contribution,
  rollupStateSchema,
  type Totals,
  totalsSchema,
  type Year,
  yearSchema,
} from './analytics.schema.ts';
import { difference, placeOf } from './contribution.ts';

const ROLLUPS = 'rollups';
const STATES = 'rollupStates';
/** The name under which the time of the last roll-up is kept. */
export const ROLLUP_WATERMARK = 'rollups';

const totals: Collection<Totals> = orgCollection(ROLLUPS, 'Rollup', totalsSchema);
const years: Collection<Year> = orgCollection(ROLLUPS, 'Rollup', yearSchema);

/** What there is now in all of the scopes together; nothing where nothing was rolled up yet. */
export async function sumTotals(unit: UnitOfWork, scopes: readonly string[]): Promise<Totals> {
  const found = await Promise.all(scopes.map((scope) => unit.find(totals, scope)));
  return totalsSchema.parse(found.map((each) => each ?? {}).reduce(addTrees, {}));
}

/** What happened on the days of one year, in all of the rollup documents together. */
export async function sumYears(unit: UnitOfWork, documentIds: readonly string[]): Promise<Year> {
  const found = await Promise.all(documentIds.map((documentId) => unit.find(years, documentId)));
  return yearSchema.parse(found.map((each) => each ?? {}).reduce(addTrees, {}));
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
 * Billed: one read a record, and, for those that add something else than before, one write each
 * and one for each rollup document they touch.
 */
export async function applyContributions(
  { db, meter }: Store,
  orgId: string,
  counted: readonly Counted[],
): Promise<void> {
  const org = `orgs/${orgId}`;
  const refs = counted.map(({ stateId }) => db.doc(`${org}/${STATES}/${stateId}`));
  const states = await meter.trip(() => db.getAll(...refs));
  meter.reads += refs.length;
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
  for (const [documentId, fields] of incrementsByDocument(sums)) {
    batch.set(db.doc(`${org}/${ROLLUPS}/${documentId}`), fields, { merge: true });
    writes += 1;
  }
  if (writes === 0) return;
  await meter.trip(() => batch.commit());
  meter.writes += writes;
}

type Tree = { [field: string]: Tree | FieldValue };

function incrementsByDocument(sums: Contribution): Map<string, Tree> {
  const documents = new Map<string, Tree>();
  for (const [key, amount] of Object.entries(sums)) {
    const { documentId, path } = placeOf(key);
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
