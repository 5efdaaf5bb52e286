import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Bound,
  cursorOf,
  type Entry,
  mergePages,
  type Place,
  placeIn,
  type Source,
} from './merge-pages.ts';

/** A list in memory that answers as Firestore would. */
function sourceOf(entries: readonly Entry<string>[]): Source<string> {
  const ordered = [...entries].sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  return {
    fetch: (bound, limit) =>
      Promise.resolve(ordered.filter((entry) => isBehind(entry, bound)).slice(0, limit)),
  };
}

function isBehind({ atMs, id }: Entry<string>, bound: Bound | undefined): boolean {
  if (bound === undefined) return true;
  if (bound.from === 'after') return atMs < bound.atMs || (atMs === bound.atMs && id < bound.id);
  return bound.from === 'before' ? atMs < bound.atMs : atMs <= bound.atMs;
}

/** Few instants, so that many entries share one. */
const lists = fc.array(
  fc.uniqueArray(
    fc.record({ atMs: fc.integer({ min: 0, max: 4 }), id: fc.stringMatching(/^[a-z]{1,3}$/) }),
    {
      selector: ({ id }) => id,
      maxLength: 15,
    },
  ),
  { minLength: 1, maxLength: 5 },
);

describe('mergePages', () => {
  it('answers every entry once, newest first, whatever the lists and the page size', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 8 }), async (given, limit) => {
        const entries = given.map((list, source) =>
          list.map(({ atMs, id }) => ({ atMs, id, value: `${atMs} ${source} ${id}` })),
        );
        const sources = entries.map(sourceOf);
        const seen: string[] = [];
        let place: Place | undefined;
        let isMore = true;
        while (isMore) {
          const { values, next } = await mergePages(sources, place, limit);
          expect(values.length).toBeLessThanOrEqual(limit);
          seen.push(...values);
          isMore = next !== null;
          // A cursor survives its way through a client.
          place = next === null ? undefined : placeIn(cursorOf(next));
        }
        const all = entries.flat().map(({ value }) => value);
        expect([...seen].sort()).toEqual([...all].sort());
        const times = seen.map((value) => Number(value.split(' ')[0]));
        expect(times).toEqual([...times].sort((a, b) => b - a));
      }),
      { numRuns: 2000 },
    );
  });

  it('neither loses nor repeats what was there when newer entries come in between pages', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 5 }), async (given, limit) => {
        const entries = given.map((list, source) =>
          list.map(({ atMs, id }) => ({ atMs, id, value: `${source} ${id}` })),
        );
        const seen: string[] = [];
        let place: Place | undefined;
        for (let page = 0; ; page += 1) {
          const sources = entries.map((list) =>
            sourceOf([...list, { atMs: 100 + page, id: 'new', value: `new ${page}` }]),
          );
          const { values, next } = await mergePages(sources, place, limit);
          seen.push(...values);
          if (next === null) break;
          place = next;
        }
        const old = seen.filter((value) => !value.startsWith('new'));
        expect(old.sort()).toEqual(
          entries
            .flat()
            .map(({ value }) => value)
            .sort(),
        );
      }),
    );
  });
});

describe('placeIn', () => {
  it.each([
    '',
    'abc',
    Buffer.from('[1,0]').toString('base64url'),
    Buffer.from('[1.5,0,"a"]').toString('base64url'),
    Buffer.from('[1e300,0,"a"]').toString('base64url'),
    Buffer.from('[1,0,"a/b"]').toString('base64url'),
    Buffer.from('[1,0,"__a"]').toString('base64url'),
    Buffer.from('[1,-1,"a"]').toString('base64url'),
    Buffer.from('{"atMs":1}').toString('base64url'),
  ])('refuses the cursor %j by its name', (cursor) => {
    expect(() => placeIn(cursor)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', field: 'cursor' }),
    );
  });
});
