import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { allRecordKinds } from '../../functions/src/app/record-kinds.ts';
import { documentType, listTypes } from '../../functions/src/modules/events/describe-types.ts';
import { eventTypes, happenings } from '../../functions/src/modules/events/event-types.ts';
import type { RecordKind } from '../../functions/src/modules/events/events.public.ts';
import type { RecordFields } from '../../functions/src/platform/records.ts';
import { statesOf } from './states-of.ts';

const RUNS = 3000;
const SEED = 20_260_302;
/** What only a sweep or a removal names. */
const UNNAMED = new Set(['created', 'updated', 'purged']);

/** All names that a kind gives to changes between random states of its records. */
function namesOf(kind: RecordKind<RecordFields>): Set<string> {
  const names = new Set<string>();
  const states = statesOf(kind.collection.schema);
  fc.assert(
    fc.property(states, ({ before, after }) => {
      for (const name of kind.nameChanges(before, after)) names.add(name);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  return names;
}

describe('the documentation of events', () => {
  it('has the kinds of record that there are, and no other', () => {
    const kinds = allRecordKinds.map(({ recordType }) => recordType);
    expect(Object.keys(happenings).toSorted()).toEqual(kinds.toSorted());
    expect(
      listTypes(allRecordKinds)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(eventTypes.toSorted());
  });

  it.each(allRecordKinds.map((kind) => [kind.recordType, kind] as const))(
    'has every name that a change of a %s can have, and none that it cannot',
    (recordType, kind) => {
      const documented = Object.keys(happenings[recordType]?.verbs ?? {});
      const named = [...namesOf(kind)].map((name) => name.slice(recordType.length + 1));
      expect(named.filter((verb) => !documented.includes(verb))).toEqual([]);
      const unreached = documented.filter((verb) => !named.includes(verb) && !UNNAMED.has(verb));
      expect(unreached).toEqual([]);
    },
  );

  it.each(eventTypes)('tells what %s looks like, with an example that it takes', (type) => {
    const { schema, example, description } = documentType(allRecordKinds, type);
    expect(description).toMatch(/^An? .+\.$|^The .+\.$/);
    const shape = z.fromJSONSchema(
      z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(schema))),
    );
    expect(shape.safeParse(example).error?.issues ?? []).toEqual([]);
    const { before, after } = z
      .object({ data: z.object({ before: z.looseObject({}), after: z.looseObject({}) }) })
      .parse(example).data;
    expect(Object.keys({ ...before, ...after })).not.toEqual([]);
    // The schema is no formality: a field that no such record has is refused.
    const odd = JSON.parse(JSON.stringify(example));
    odd.data.after = { ...odd.data.after, noSuchField: 1 };
    expect(shape.safeParse(odd).success).toBe(false);
  });
});
