import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Firestore, Timestamp } from 'firebase-admin/firestore';
import { AppError } from './errors.ts';
import { cursorAfter, pageOf } from './paging.ts';

const order = { field: 'updatedAt', direction: 'desc' } as const;
// Nothing is sent: queries are only built and compared.
const deals = () => new Firestore({ projectId: 'demo-splitline' }).collection('orgs/a/deals');
const encode = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');

function pageAfter(cursor: string) {
  return pageOf(deals(), { order, limit: 3, cursor });
}

describe('a cursor', () => {
  it('continues exactly after the last record, to the nanosecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: 0, max: 999_999 }),
        fc.stringMatching(/^[A-Za-z0-9-]{1,128}$/),
        (seconds, micros, id) => {
          const at = new Timestamp(seconds, micros * 1000);
          const next = pageAfter(cursorAfter({ id, get: () => at }, order));
          const wanted = deals()
            .orderBy('updatedAt', 'desc')
            .orderBy('__name__', 'desc')
            .limit(3)
            .startAfter(at, id);
          expect(next.isEqual(wanted)).toBe(true);
        },
      ),
    );
  });

  it.each(['a text', 7, true, null])('continues after %j', (value) => {
    const wanted = deals()
      .orderBy('updatedAt', 'desc')
      .orderBy('__name__', 'desc')
      .limit(3)
      .startAfter(value, 'x');
    const next = pageAfter(cursorAfter({ id: 'x', get: () => value }, order));
    expect(next.isEqual(wanted)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', 'bm90IGpzb24'],
    ['no position', encode({})],
    ['too little', encode(['a'])],
    ['too much', encode(['a', 'b', 'c'])],
    ['a value that cannot be ordered by', encode([{ a: 1 }, 'x'])],
    ['a time out of range', encode([{ seconds: 1e15, nanoseconds: 0 }, 'x'])],
    ['half nanoseconds', encode([{ seconds: 1, nanoseconds: 0.5 }, 'x'])],
    ['an empty id', encode(['a', ''])],
    ['a path for an id', encode(['a', 'x/y'])],
    ['an id that Firestore refuses', encode(['a', '..'])],
    ['a reserved id', encode(['a', '__x__'])],
    ['an endless id', encode(['a', 'x'.repeat(1501)])],
  ])('made of %s is refused by name', (_what, cursor) => {
    expect(() => pageAfter(cursor)).toThrow(AppError);
    try {
      pageAfter(cursor);
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-argument', field: 'cursor' });
    }
  });
});
