/** The memory answers as the emulator does, in what the money model asks of it. */
import { describe, expect, it } from '@jest/globals';
import { AggregateField, FieldPath, FieldValue, Filter } from 'firebase-admin/firestore';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';

/** Everything once: writes of all kinds, their preconditions, reads, queries and sums. */
async function script(): Promise<unknown[]> {
  const told: unknown[] = [];
  const people = firestore().collection(`orgs/${newId()}/people`);
  const tell = async (what: string, doing: () => Promise<unknown>) => {
    try {
      told.push([what, timestampsToDates(await doing())]);
    } catch (error) {
      told.push([what, error instanceof Error && 'code' in error ? error.code : String(error)]);
    }
  };
  const contents = async () => {
    const { docs } = await people.orderBy('n').orderBy(FieldPath.documentId()).get();
    return docs.map((doc) => [doc.id, doc.data()]);
  };
  const ann = people.doc('ann');
  await tell('create', async () => {
    const batch = firestore().batch();
    batch.create(ann, { n: 1, tags: ['a', 'b'], at: new Date(5), none: null, in: { deep: 1 } });
    batch.create(people.doc('bob'), { n: 2, tags: ['b'], at: new Date(7), none: 3 });
    batch.create(people.doc('cid'), { n: 2, tags: [], at: new Date(9), none: null });
    await batch.commit();
  });
  await tell('create again, beside another', async () => {
    const batch = firestore().batch();
    batch.create(people.doc('dan'), { n: 9 });
    batch.create(ann, { n: 9 });
    await batch.commit();
  });
  await tell('contents', contents);
  const first = await ann.get();
  const stale = first.updateTime;
  const read = stale === undefined ? {} : { lastUpdateTime: stale };
  await tell('update what was read', async () => {
    await firestore()
      .batch()
      .update(ann, { n: 4, in: { other: 2 } }, read)
      .commit();
  });
  await tell('update what has changed since', async () => {
    await firestore().batch().update(ann, { n: 5 }, read).commit();
  });
  await tell('update what is not there', async () => {
    await firestore().batch().update(people.doc('eve'), { n: 5 }).commit();
  });
  await tell('remove what has changed since', async () => {
    await firestore().batch().delete(ann, read).commit();
  });
  await tell('add up', async () => {
    for (const by of [3, -1]) {
      const sums = { earned: { USD: FieldValue.increment(by) }, kept: by };
      await firestore().batch().set(people.doc('fay'), sums, { merge: true }).commit();
    }
    const both = firestore().batch();
    both.set(people.doc('fay'), { earned: { JPY: FieldValue.increment(7) } }, { merge: true });
    both.set(people.doc('fay'), { earned: { USD: FieldValue.increment(7) } }, { merge: true });
    await both.commit();
    return (await people.doc('fay').get()).data();
  });
  await tell('get several', async () => {
    const found = await firestore().getAll(ann, people.doc('eve'), people.doc('bob'));
    return found.map((doc) => [doc.id, doc.exists, doc.get('n')]);
  });
  const ids = async (query: ReturnType<typeof people.where>) =>
    (await query.get()).docs.map(({ id }) => id);
  const queries = {
    equal: people.where('n', '==', 2),
    null: people.where('none', '==', null),
    contains: people.where('tags', 'array-contains', 'b'),
    range: people.where('at', '>=', new Date(7)).orderBy('at', 'desc').limit(1),
    before: people.where('at', '<', new Date(9)),
    after: people.orderBy('n').startAfter(2),
    either: people.where(Filter.or(Filter.where('n', '==', 4), Filter.where('n', 'in', [2, 8]))),
    unordered: people.orderBy('in.other'),
  };
  for (const [name, query] of Object.entries(queries)) await tell(name, () => ids(query));
  await tell('page after a document', async () => {
    const bob = await people.doc('bob').get();
    return ids(people.orderBy('n').orderBy(FieldPath.documentId()).startAfter(bob));
  });
  await tell('sum and count', async () => {
    const sums = { n: AggregateField.sum('n'), all: AggregateField.count() };
    return (await people.aggregate(sums).get()).data();
  });
  await tell('remove', async () => {
    await firestore().batch().delete(people.doc('bob')).commit();
  });
  await tell('contents in the end', contents);
  return told;
}

describe('Firestore in memory', () => {
  it('answers as the emulator does', async () => {
    const onEmulator = await script();
    MemoryFirestore.install();
    expect(await script()).toEqual(onEmulator);
    expect(onEmulator.length).toBeGreaterThan(20);
  });
});
