import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { deleteField, doc, increment, setDoc, Timestamp, updateDoc } from 'firebase/firestore';
import { editBy, midnight } from '../support/client-writes.ts';
import { dealOf, dealPath, storeDeal, storedDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();
let org: Organisation;
let id: string;
beforeAll(async () => {
  org = await createOrganisation();
  id = await storeDeal(org.orgId, dealOf(org.rep.principal));
});

const ref = () => doc(storeOf(org.rep), dealPath(org.orgId, id));
const stored = () => storedDeal(org.orgId, id);

describe('a direct edit', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['no version', () => ({ version: increment(0) })],
    ['version + 2', () => ({ version: increment(2) })],
    ['a lower version', () => ({ version: increment(-1) })],
    ['half a version', () => ({ version: increment(0.5) })],
    ['version 1 again', () => ({ version: 1 })],
    ['another writer', () => ({ updatedBy: org.admin.uid })],
    ['the client’s time', () => ({ updatedAt: Timestamp.now() })],
    ['a cause', () => ({ cause: { eventId: 'e', chain: ['e'], depth: 1 } })],
    ['without a writer', () => ({ updatedBy: deleteField() })],
    ['another value', () => ({ valueMinor: 1 })],
    ['another currency', () => ({ currency: 'EUR' })],
    ['another stage', () => ({ stageId: org.stages.CLOSED_WON })],
    ['another kind of stage', () => ({ stageKind: 'won' })],
    ['another stage key', () => ({ stageKey: 'CLOSED_WON' })],
    ['another probability', () => ({ probability: 99 })],
    ['another owner', () => ({ ownerId: org.colleague.uid })],
    ['another team', () => ({ teamId: org.teams.west })],
    ['more participants', () => ({ participantIds: [org.rep.uid, org.colleague.uid] })],
    ['another split', () => ({ splits: [{ uid: org.rep.uid, shareBps: 1 }] })],
    ['other terms', () => ({ termsId: 't' })],
    ['a payment', () => ({ paidMinor: 1 })],
    ['a refund', () => ({ refundedMinor: 1 })],
    ['a restatement', () => ({ restatement: { reason: 'x', dealVersion: 2 } })],
    ['a contact', () => ({ contactIds: ['c'] })],
    ['a company', () => ({ companyId: 'c' })],
    ['a closing time', () => ({ closedAt: Timestamp.now() })],
    ['a reason for its loss', () => ({ lostReason: 'price' })],
    ['a tag', () => ({ tags: ['vip'] })],
    ['a custom field', () => ({ 'customFields.size': 1 })],
    ['an external id', () => ({ externalIds: [{ source: 'a', id: 'b' }] })],
    ['a search token', () => ({ searchTokens: ['website'] })],
    ['a place in the bin', () => ({ deletedAt: Timestamp.now() })],
    ['another creation time', () => ({ createdAt: Timestamp.now() })],
    ['another creator', () => ({ createdBy: org.admin.uid })],
    ['a new field', () => ({ commission: 1 })],
    ['a field less', () => ({ companyId: deleteField() })],
    ['without a title', () => ({ title: deleteField() })],
    ['an empty title', () => ({ title: '' })],
    ['a title of spaces', () => ({ title: ' \u00a0' })],
    ['a title with a line break', () => ({ title: 'a\nb' })],
    ['a title of 301 characters', () => ({ title: 'x'.repeat(301) })],
    ['a title that is a number', () => ({ title: 7 })],
    ['a moment for a day', () => ({ expectedCloseDate: Timestamp.fromMillis(1_800_000_000_001) })],
    ['a day in words', () => ({ expectedCloseDate: '2030-02-01' })],
    ['without a day', () => ({ expectedCloseDate: deleteField() })],
  ])('is refused with %s', async (_what, fields) => {
    const before = await stored();
    await assertFails(updateDoc(ref(), editBy(org.rep, { title: 'Edited', ...fields() })));
    expect(await stored()).toEqual(before);
  });

  it('is refused without its bookkeeping', async () => {
    await assertFails(updateDoc(ref(), { title: 'Edited' }));
    await assertFails(updateDoc(ref(), { title: 'Edited', version: increment(1) }));
  });

  it('is refused while the deal is in the bin', async () => {
    const binned = await storeDeal(org.orgId, dealOf(org.rep.principal, { deletedAt: new Date() }));
    const target = doc(storeOf(org.rep), dealPath(org.orgId, binned));
    await assertFails(updateDoc(target, editBy(org.rep, { title: 'Edited' })));
    await assertFails(updateDoc(target, editBy(org.rep, { deletedAt: null })));
  });

  it('is refused as a replacement of the whole', async () => {
    await assertFails(setDoc(ref(), editBy(org.rep, { title: 'Edited' })));
  });

  it.each<[string, Record<string, unknown>, object]>([
    ['another title', { title: 'Website Relaunch' }, { title: 'Website Relaunch' }],
    [
      'another day',
      { expectedCloseDate: midnight('2031-03-01') },
      { expectedCloseDate: new Date('2031-03-01T00:00:00.000Z') },
    ],
    ['no day', { expectedCloseDate: null }, { expectedCloseDate: null }],
    ['nothing but a version', {}, {}],
  ])('is accepted with %s', async (_what, fields, expected) => {
    const before = await stored();
    await assertSucceeds(updateDoc(ref(), editBy(org.rep, fields)));
    expect(await stored()).toEqual({
      ...before,
      ...expected,
      version: (before?.version ?? 0) + 1,
      updatedBy: org.rep.uid,
      updatedAt: expect.any(Date),
    });
  });

  it('is accepted with the next version written out', async () => {
    const version = ((await stored())?.version ?? 0) + 1;
    await assertSucceeds(updateDoc(ref(), editBy(org.rep, { version })));
    await assertFails(updateDoc(ref(), editBy(org.rep, { version })));
    expect((await stored())?.version).toBe(version);
  });

  it('by several at once raises the version once each', async () => {
    const before = (await stored())?.version ?? 0;
    const people = [org.rep, org.manager, org.admin];
    await Promise.all(
      people.map((person) =>
        updateDoc(
          doc(storeOf(person), dealPath(org.orgId, id)),
          editBy(person, { title: 'Edited' }),
        ),
      ),
    );
    expect((await stored())?.version).toBe(before + people.length);
  });
});
