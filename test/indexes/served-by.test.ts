import { describe, expect, it } from '@jest/globals';
import { initializeApp } from 'firebase-admin/app';
import { type DocumentData, Filter, getFirestore, type Query } from 'firebase-admin/firestore';
import { compositeIndex, groupIndex } from '../../functions/src/platform/indexes.ts';
import { shapeOf } from './query-shape.ts';
import { type Indexes, serve } from './served-by.ts';

const db = getFirestore(initializeApp({ projectId: 'demo-indexes' }, 'indexes'));
const cities = db.collection('cities');
const none: Indexes = { composite: [], overrides: [] };

/** The query as the client would send it. */
function sentFor(query: Query<DocumentData>): unknown {
  const toProto: unknown = Reflect.get(query, 'toProto');
  if (typeof toProto !== 'function') throw new Error('this Firestore client has no toProto()');
  return Reflect.apply(toProto, query, []).structuredQuery;
}

function missing(query: Query<DocumentData>, indexes: Indexes = none): readonly string[] {
  return serve(shapeOf(sentFor(query)), indexes).missing;
}

function composite(...fields: string[]): Indexes {
  return { composite: [compositeIndex('cities', ...fields)], overrides: [] };
}

describe('what the automatic indexes serve', () => {
  it.each([
    ['one equality', cities.where('state', '==', 'CA')],
    ['a null', cities.where('state', '==', null)],
    ['several equalities', cities.where('state', '==', 'CA').where('capital', '==', true)],
    ['a list of values', cities.where('state', 'in', ['CA', 'CO'])],
    ['a range with its order', cities.where('size', '>', 3).orderBy('size').orderBy('__name__')],
    ['an order', cities.orderBy('size', 'desc').orderBy('__name__', 'desc')],
    ['an equality ordered by itself', cities.where('state', '==', 'CA').orderBy('state')],
    ['an array', cities.where('regions', 'array-contains', 'west')],
    [
      'alternatives',
      cities.where(Filter.or(Filter.where('a', '==', 1), Filter.where('b', '>', 2))),
    ],
  ])('%s', (_name, query) => {
    expect(missing(query)).toEqual([]);
  });
});

describe('what needs a composite index', () => {
  it.each([
    [
      'an equality and an order',
      cities.where('state', '==', 'CA').orderBy('size', 'desc'),
      ['state', 'size desc'],
    ],
    [
      'an equality and a range',
      cities.where('state', '==', 'CA').where('size', '>', 3),
      ['state', 'size'],
    ],
    [
      'an array and an order',
      cities.where('regions', 'array-contains', 'west').orderBy('size'),
      ['regions contains', 'size'],
    ],
    ['two orders', cities.orderBy('state').orderBy('size', 'desc'), ['state', 'size desc']],
    [
      'two ranges',
      cities.where('size', '>', 3).where('age', '>', 3).orderBy('size'),
      ['size', 'age'],
    ],
  ])('%s', (_name, query, fields) => {
    const needed = fields.map((field) => `'${field}'`).join(', ');
    expect(missing(query)).toEqual([`compositeIndex('cities', ${needed})`]);
    expect(missing(query, composite(...fields))).toEqual([]);
  });

  it('not one in the other direction', () => {
    const query = cities.where('state', '==', 'CA').orderBy('size', 'desc');
    expect(missing(query, composite('state', 'size'))).not.toEqual([]);
  });

  it('not one of another field or another collection', () => {
    const query = cities.where('state', '==', 'CA').orderBy('size');
    expect(missing(query, composite('country', 'size'))).not.toEqual([]);
    const other = { composite: [compositeIndex('towns', 'state', 'size')], overrides: [] };
    expect(missing(query, other)).not.toEqual([]);
  });

  it('not one with a field that the query says nothing of', () => {
    const query = cities.where('state', '==', 'CA').orderBy('size');
    expect(missing(query, composite('state', 'country', 'size'))).not.toEqual([]);
  });

  it('one for each alternative', () => {
    const query = cities
      .where(
        Filter.or(Filter.where('a', '==', 1), Filter.where('regions', 'array-contains', 'west')),
      )
      .orderBy('size');
    expect(missing(query)).toEqual([
      `compositeIndex('cities', 'a', 'size')`,
      `compositeIndex('cities', 'regions contains', 'size')`,
    ]);
    expect(missing(query, composite('a', 'size'))).toHaveLength(1);
  });
});

describe('merged indexes', () => {
  const query = cities.where('state', '==', 'CA').where('capital', '==', true).orderBy('size');
  const state = compositeIndex('cities', 'state', 'size');
  const capital = compositeIndex('cities', 'capital', 'size');

  it('serve equalities together', () => {
    expect(missing(query, { composite: [state, capital], overrides: [] })).toEqual([]);
  });

  it('do not serve an equality that none of them has', () => {
    expect(missing(query, { composite: [state], overrides: [] })).not.toEqual([]);
  });

  it('are not counted as used when one is enough', () => {
    const both = compositeIndex('cities', 'state', 'capital', 'size');
    const shape = shapeOf(sentFor(query));
    expect(serve(shape, { composite: [state, both, capital], overrides: [] }).used).toEqual([both]);
  });
});

describe('a query across organisations', () => {
  const query = db.collectionGroup('cities').where('size', '>', 3).orderBy('size');

  it('finds no automatic index', () => {
    expect(missing(query)).toEqual([`groupIndex('cities', 'size')`]);
  });

  it('is served by an index of its own', () => {
    expect(missing(query, { composite: [], overrides: [groupIndex('cities', 'size')] })).toEqual(
      [],
    );
  });
});

describe('a field that is exempt from indexing', () => {
  it('cannot be searched', () => {
    const exempt = { collectionGroup: 'cities', fieldPath: 'size', indexes: [] };
    const query = cities.where('size', '==', 3);
    expect(missing(query, { composite: [], overrides: [exempt] })).toHaveLength(1);
  });
});

describe('a sum', () => {
  const west = cities.where('state', '==', 'CA').where('size', '>', 3);
  const missingFor = (sums: readonly string[], indexes: Indexes) =>
    serve(shapeOf(sentFor(west), sums), indexes).missing;

  it('needs the summed fields behind what the query needs', () => {
    const wanted = ["compositeIndex('cities', 'state', 'size', 'area', 'people')"];
    expect(missingFor(['people', 'area'], composite('state', 'size'))).toEqual(wanted);
    expect(missingFor(['people', 'area'], composite('state', 'size', 'area', 'people'))).toEqual(
      [],
    );
  });
});
