import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordFields } from '../../platform/records.ts';
import { describeChange, describePurge } from './describe-change.ts';
import { eventSchema } from './events.schema.ts';
import { sealEvent } from './seal-event.ts';

type Thing = RecordFields & { readonly fields: Readonly<Record<string, unknown>> };
type Flat = RecordFields & Readonly<Record<string, unknown>> & { readonly people: string[] };

const at = new Date('2026-06-15T12:00:00Z');

const kind = {
  recordType: 'deal',
  audienceOf: ({ people }: Flat) => ({ ownerId: 'ada', teamId: 'east', participantIds: people }),
  nameChanges: (before: Flat | undefined) => [before ? 'deal.updated' : 'deal.created'],
  hidden: ['tokens'],
} as const;

function stateOf(fields: Thing['fields'], people: string[] = ['ada'], version = 1): Flat {
  return {
    ...fields,
    people,
    version,
    ...{ createdAt: at, createdBy: 'ada', updatedAt: at, updatedBy: 'bob', cause: null },
  };
}

describe('describeChange', () => {
  it('tells a creation with every field', () => {
    const event = describeChange(kind, 'd1', undefined, stateOf({ title: 'A', value: 1 }));
    expect(event).toEqual({
      ...{ recordType: 'deal', recordId: 'd1', version: 1, types: ['deal.created'] },
      ...{ actor: 'bob', at, cause: null, recovered: false },
      ...{ ownerId: 'ada', teamId: 'east', participantIds: ['ada'] },
      before: {},
      after: { title: 'A', value: 1, people: ['ada'] },
    });
  });

  it('tells a change with the changed fields alone, neither bookkeeping nor derived ones', () => {
    const before = stateOf({ title: 'A', value: 1, tokens: ['a'] });
    const after = stateOf({ title: 'B', value: 1, tokens: ['b'] }, ['ada'], 2);
    const event = describeChange(kind, 'd1', before, after);
    expect(event).toMatchObject({ version: 2, types: ['deal.updated'] });
    expect([event.before, event.after]).toEqual([{ title: 'A' }, { title: 'B' }]);
  });

  it('concerns those who were part of it before as well as those who are now', () => {
    const event = describeChange(
      kind,
      'd1',
      stateOf({}, ['ada', 'bob']),
      stateOf({}, ['ada', 'cy'], 2),
    );
    expect(event.participantIds).toEqual(['ada', 'cy', 'bob']);
  });

  it('compares times and lists by value', () => {
    const before = stateOf({ day: new Date(5), list: [{ uid: 'a', share: 1 }] });
    const after = stateOf({ day: new Date(5), list: [{ uid: 'a', share: 1 }] }, ['ada'], 2);
    expect(describeChange(kind, 'd1', before, after)).toMatchObject({ before: {}, after: {} });
  });

  it('carries what is needed to get from the state before to the state after', () => {
    fc.assert(
      fc.property(fieldsArbitrary, fieldsArbitrary, (was, is) => {
        const event = describeChange(kind, 'd1', stateOf(was), stateOf(is, ['ada'], 2));
        eventSchema.parse(sealEvent(event));
        expect(apply(was, event.before, event.after)).toEqual(is);
        expect(apply(is, event.after, event.before)).toEqual(was);
        for (const field of Object.keys(event.after)) {
          expect(event.after[field]).not.toEqual(event.before[field]);
        }
      }),
    );
  });

  it('says the same when it is asked again', () => {
    fc.assert(
      fc.property(fieldsArbitrary, fieldsArbitrary, (was, is) => {
        const tell = () => describeChange(kind, 'd1', stateOf(was), stateOf(is, ['ada'], 2));
        expect(tell()).toEqual(tell());
      }),
    );
  });
});

describe('describePurge', () => {
  it('tells what was lost, one version after the last', () => {
    const event = describePurge(kind, 'd1', stateOf({ title: 'A' }, ['ada'], 4));
    expect(event).toMatchObject({
      ...{ version: 5, types: ['deal.purged'], actor: 'system:purge' },
      ...{ before: { title: 'A', people: ['ada'] }, after: {} },
    });
    eventSchema.parse(sealEvent(event));
  });
});

/** Fields that may be absent on either side, with the kinds of values that Firestore holds. */
const fieldsArbitrary = fc.dictionary(
  fc.constantFrom('title', 'value', 'day', 'list', 'note'),
  fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.array(
      fc.record({ uid: fc.constantFrom('a', 'b'), share: fc.nat(3) }, { noNullPrototype: true }),
      { maxLength: 2 },
    ),
  ),
  { noNullPrototype: true },
);

function apply(
  state: Thing['fields'],
  before: Thing['fields'],
  after: Thing['fields'],
): Record<string, unknown> {
  const kept = Object.entries(state).filter(([field]) => !(field in before));
  return { ...Object.fromEntries(kept), ...after };
}
