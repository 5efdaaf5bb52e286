import { readFile } from 'node:fs/promises';
import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteField, doc, setDoc, Timestamp } from 'firebase/firestore';
import { dealSchema } from '../../functions/src/modules/deals/deals.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { currencySchema } from '../../functions/src/platform/money.schema.ts';
import { midnight, newDealBy, newDirectId } from '../support/client-writes.ts';
import { dealOf, dealPath, storedDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { createRaw, type RawValue, rawFieldsOf } from '../support/raw-writes.ts';
import { RULES_FILE, useClients } from '../support/rules.ts';

const storeOf = useClients();
let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

/** Writes a deal of the rep through the rules. */
async function create(fields: Record<string, unknown>, id = newDirectId()): Promise<string> {
  await setDoc(
    doc(storeOf(org.rep), dealPath(org.orgId, id)),
    newDealBy(org.rep.principal, fields),
  );
  return id;
}

describe('a deal written directly', () => {
  const hour = 3_600_000;

  it.each<[string, () => Record<string, unknown>]>([
    ['an unknown field', () => ({ commission: 1 })],
    ['an owner that is somebody else', () => ({ ownerId: org.colleague.uid })],
    ['no owner', () => ({ ownerId: null })],
    ['another team', () => ({ teamId: org.teams.west })],
    ['no team', () => ({ teamId: null })],
    ['other participants', () => ({ participantIds: [org.colleague.uid] })],
    ['more participants', () => ({ participantIds: [org.rep.uid, org.colleague.uid] })],
    ['no participants', () => ({ participantIds: [] })],
    ['a split for another', () => ({ splits: [{ uid: org.colleague.uid, shareBps: 10_000 }] })],
    ['half a split', () => ({ splits: [{ uid: org.rep.uid, shareBps: 5_000 }] })],
    ['a split with more to it', () => ({ splits: [{ uid: org.rep.uid, shareBps: 10_000, x: 1 }] })],
    ['no splits', () => ({ splits: [] })],
    ['version 0', () => ({ version: 0 })],
    ['version 2', () => ({ version: 2 })],
    ['a version in words', () => ({ version: '1' })],
    ['the client’s creation time', () => ({ createdAt: Timestamp.now() })],
    ['an earlier creation time', () => ({ createdAt: Timestamp.fromMillis(Date.now() - hour) })],
    ['the client’s update time', () => ({ updatedAt: Timestamp.now() })],
    ['no update time', () => ({ updatedAt: null })],
    ['another creator', () => ({ createdBy: org.admin.uid })],
    ['another writer', () => ({ updatedBy: org.admin.uid })],
    ['a cause', () => ({ cause: { eventId: 'e', chain: [], depth: 1 } })],
    ['another stage', () => ({ stageId: org.stages.QUALIFIED })],
    ['a stage of another kind', () => ({ stageKind: 'won' })],
    ['the key of another stage', () => ({ stageKey: 'CLOSED_WON' })],
    ['no stage key', () => ({ stageKey: null })],
    ['an unknown currency', () => ({ currency: 'XYZ' })],
    ['a currency in small letters', () => ({ currency: 'usd' })],
    ['no currency', () => ({ currency: null })],
    ['more than certainty', () => ({ probability: 101 })],
    ['less than no chance', () => ({ probability: -1 })],
    ['half a per cent', () => ({ probability: 10.5 })],
    ['a probability in words', () => ({ probability: '10' })],
    ['a negative value', () => ({ valueMinor: -1 })],
    ['half a cent', () => ({ valueMinor: 0.5 })],
    ['minus zero', () => ({ valueMinor: -0 })],
    ['a value too large', () => ({ valueMinor: 1_000_000_000_000_000 })],
    ['an infinite value', () => ({ valueMinor: Number.POSITIVE_INFINITY })],
    ['a value that is none', () => ({ valueMinor: Number.NaN })],
    ['a value in words', () => ({ valueMinor: '5' })],
    ['no title', () => ({ title: null })],
    ['an empty title', () => ({ title: '' })],
    ['a title of spaces', () => ({ title: '   ' })],
    ['a title of a no-break space', () => ({ title: '\u00a0' })],
    ['a title of a zero-width no-break space', () => ({ title: '\ufeff' })],
    ['a title of a line separator', () => ({ title: '\u2028' })],
    ['a title of an ideographic space', () => ({ title: '\u3000' })],
    ['a title with a line break', () => ({ title: 'a\nb' })],
    ['a title with a null', () => ({ title: 'a\u0000b' })],
    ['a title with a C1 control', () => ({ title: 'a\u0085b' })],
    ['a title of 301 characters', () => ({ title: 'x'.repeat(301) })],
    ['a title that is a number', () => ({ title: 5 })],
    ['a title that is a list', () => ({ title: ['a'] })],
    ['a moment for a day', () => ({ expectedCloseDate: Timestamp.fromMillis(1_800_000_000_001) })],
    ['noon', () => ({ expectedCloseDate: Timestamp.fromMillis(1_893_456_000_000 + 12 * hour) })],
    [
      'a microsecond after midnight',
      () => ({ expectedCloseDate: new Timestamp(1_893_456_000, 1000) }),
    ],
    ['a day in words', () => ({ expectedCloseDate: '2030-02-01' })],
    ['a closing time', () => ({ closedAt: midnight('2030-02-01') })],
    ['terms', () => ({ termsId: 'terms' })],
    ['a payment', () => ({ paidMinor: 1 })],
    ['a refund', () => ({ refundedMinor: 1 })],
    ['a restatement', () => ({ restatement: { reason: 'x', dealVersion: 2 } })],
    ['contacts', () => ({ contactIds: ['c'] })],
    ['a company', () => ({ companyId: 'c' })],
    ['names of contacts', () => ({ contacts: [{ id: 'c', firstName: 'A', lastName: 'B' }] })],
    ['a reason for its loss', () => ({ lostReason: 'price' })],
    ['a description', () => ({ description: 'x' })],
    ['tags', () => ({ tags: ['vip'] })],
    ['custom fields', () => ({ customFields: { size: 1 } })],
    ['external ids', () => ({ externalIds: [{ source: 'a', id: 'b' }] })],
    ['search tokens', () => ({ searchTokens: [1] })],
    ['a place in the bin', () => ({ deletedAt: midnight('2026-02-01') })],
  ])('is refused with %s', async (_what, fields) => {
    const id = newDirectId();
    await assertFails(create(fields(), id));
    expect(await storedDeal(org.orgId, id)).toBeUndefined();
  });

  it.each(Object.keys(dealSchema.shape))('is refused without the field %s', async (field) => {
    const deal = Object.entries(newDealBy(org.rep.principal)).filter(([key]) => key !== field);
    const ref = doc(storeOf(org.rep), dealPath(org.orgId, newDirectId()));
    await assertFails(setDoc(ref, Object.fromEntries(deal)));
    await assertFails(
      setDoc(ref, { ...Object.fromEntries(deal), [field]: deleteField() }, { merge: true }),
    );
  });

  it.each([
    ['a space', 'direct-a b4567890123456789'],
    ['an umlaut', 'direct-ä2345678901234567890'],
    ['two underscores in front', '__a'],
    ['the form that the id of any other record has', newId()],
  ])('is refused under an id with %s', async (_what, id) => {
    await assertFails(create({}, id));
  });

  it.each<[string, Record<string, unknown>]>([
    ['no expected day', { expectedCloseDate: null }],
    ['a day long past', { expectedCloseDate: midnight('1969-12-31') }],
    ['nothing to gain', { valueMinor: 0 }],
    ['the largest value', { valueMinor: 999_999_999_999_999 }],
    ['no chance', { probability: 0 }],
    ['certainty', { probability: 100 }],
    ['a currency without decimals', { currency: 'JPY' }],
    ['a title of 300 characters', { title: 'x'.repeat(300) }],
    ['a title in several scripts', { title: 'Größe 東京 مرحبا 😀' }],
  ])('is accepted with %s', async (_what, fields) => {
    const id = await create(fields);
    const { expectedCloseDate, ...rest } = fields;
    expect(await storedDeal(org.orgId, id)).toMatchObject({
      ...rest,
      ownerId: org.rep.uid,
      version: 1,
      ...(expectedCloseDate instanceof Timestamp && {
        expectedCloseDate: expectedCloseDate.toDate(),
      }),
    });
  });

  it('is accepted from somebody without a team', async () => {
    const { admin } = org;
    const ref = doc(storeOf(admin), dealPath(org.orgId, newDirectId()));
    await assertSucceeds(setDoc(ref, newDealBy(admin.principal)));
  });
});

describe('rules and schema', () => {
  it('know the same currencies', async () => {
    const rules = await readFile(RULES_FILE, 'utf8');
    const listed = [...rules.matchAll(/'([A-Z]{3})'/g)].map(([, code]) => code);
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const known = letters
      .flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
      .filter((code) => currencySchema.safeParse(code).success);
    expect(known.length).toBeGreaterThan(150);
    expect(listed).toEqual(known);
  });

  // A document that the rules accept and the schema refuses would break every list it is in.
  it('agree: whatever the rules accept, the schema reads', async () => {
    const { orgId, rep } = org;
    const seen = { accepted: 0, refused: 0 };
    const attempt = async (odd: Readonly<Record<string, RawValue>>) => {
      const path = dealPath(orgId, newDirectId());
      const fields = { ...rawDealBy(rep), ...odd };
      const serverTimes = ['createdAt', 'updatedAt'];
      if (await createRaw({ uid: rep.uid, orgId, path, fields, serverTimes })) {
        seen.accepted += 1;
        const snapshot = await firestore().doc(path).get();
        expect(snapshot.exists).toBe(true);
        dealSchema.parse(timestampsToDates(snapshot.data()));
      } else {
        seen.refused += 1;
      }
    };
    await fc.assert(fc.asyncProperty(oddFields, attempt), { numRuns: 300 });
    // Enough on either side for the property to mean something.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(50);
  }, 60_000);
});

/** A valid new deal of somebody, without the times that the server sets. */
function rawDealBy({ principal }: Member): Record<string, RawValue> {
  const { createdAt: _created, updatedAt: _updated, ...deal } = dealOf(principal);
  return rawFieldsOf({ ...deal, searchTokens: [] });
}

const oddCharacters = [
  ...['a', 'Z', '0', ' ', '\t', '\n', '\u0000', '\u001f', '\u007f', '\u0085', '\u00a0', '\u00ad'],
  ...['\u1680', '\u180e', '\u2003', '\u200b', '\u200f', '\u2028', '\u2029', '\u202e', '\u202f'],
  ...[
    '\u205f',
    '\u3000',
    '\ufeff',
    '\ufffd',
    '\uffff',
    '\ud83d',
    '\ude00',
    '😀',
    '👩‍👩‍👧',
    'é',
    'e\u0301',
  ],
  ...['م', 'ש', '東', '\u{10ffff}', '"', '\\', "'", '$', '.*'],
];

const titles = fc.oneof(
  fc.array(fc.constantFrom(...oddCharacters), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc
    .tuple(fc.constantFrom('x', '😀', ' ', '\u2028'), fc.integer({ min: 148, max: 302 }))
    .map(([character, count]) => `${character.repeat(count)}a`),
);

const integers = (values: fc.Arbitrary<number | bigint>) =>
  values.map((value): RawValue => ({ integerValue: String(value) }));
const doubles = (...values: readonly (number | 'NaN' | 'Infinity' | '-0')[]) =>
  fc.constantFrom(...values).map((doubleValue): RawValue => ({ doubleValue }));
const times = (values: fc.Arbitrary<string>) =>
  values.map((timestampValue): RawValue => ({ timestampValue }));
const texts = (values: fc.Arbitrary<string>) =>
  values.map((stringValue): RawValue => ({ stringValue }));

// The first and the last year that Firestore can hold are among the days.
const days = fc
  .integer({ min: -719_162, max: 2_932_896 })
  .map((day) => new Date(day * 86_400_000).toISOString());

const oddFields = fc.oneof(
  { arbitrary: fc.record({ title: texts(titles) }), weight: 3 },
  fc.record({
    valueMinor: fc.oneof(
      integers(fc.nat()),
      integers(fc.bigInt({ min: -2n, max: 2n ** 63n - 1n })),
      integers(fc.constantFrom(0, 1e15 - 1, 1e15)),
      doubles(0, '-0', 1, 0.5, 1e15, 'NaN', 'Infinity'),
    ),
  }),
  fc.record({
    probability: fc.oneof(integers(fc.integer({ min: -2, max: 102 })), doubles('-0', 50, 0.5)),
  }),
  fc.record({
    expectedCloseDate: fc.oneof(
      times(days),
      times(fc.constantFrom('0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z')),
      times(fc.constantFrom('2030-02-01T00:00:00.000000001Z', '2030-02-01T23:59:59.999999Z')),
      texts(fc.constant('2030-02-01')),
    ),
  }),
  fc.record({ currency: texts(fc.constantFrom('USD', 'JPY', 'KWD', 'XXX', 'usd', 'XYZ', '')) }),
  // Numbers that are equal but of another type.
  fc.record({ version: doubles(1, 1.5) }),
);
