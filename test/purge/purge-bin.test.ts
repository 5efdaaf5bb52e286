import { beforeEach, describe, expect, it } from '@jest/globals';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { BIN_MS, binnedKinds, purgeBin } from '../../functions/src/workflows/purge-bin.ts';
import { as, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import { eventsOf } from '../support/events.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { textIn } from '../support/request.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Long before anything that other tests put into the bin, which a run here must leave alone. */
const binnedAt = new Date('2001-01-01T00:00:00Z');
const whenOver = new Date(binnedAt.getTime() + BIN_MS + HOUR_MS);
const before = new Date(binnedAt.getTime() + BIN_MS - HOUR_MS);

let org: Organisation;
beforeEach(async () => {
  org = await createOrganisation();
});

/** Puts a record into the bin at that time, past every door. */
async function bin(path: string, fields: object = {}): Promise<void> {
  await firestore()
    .doc(`orgs/${org.orgId}/${path}`)
    .update({ deletedAt: binnedAt, ...fields });
}

const about = async (kind: 'notes' | 'tasks' | 'activities', recordType: string, id: string) => {
  const body = {
    notes: { text: 'A' },
    tasks: { title: 'A' },
    activities: { type: 'call', subject: 'A' },
  }[kind];
  const answer = await as(org.rep, `POST /api/${kind}`, { recordType, recordId: id, ...body });
  return `${kind}/${textIn(answer.body, 'id')}`;
};
const isThere = async (path: string) => (await stored(org.orgId, path)) !== undefined;

describe('purgeBin', () => {
  it('knows every kind of record that has a bin', () => {
    const withBin = Object.values(recordKinds)
      .map(({ collection }) => collection)
      // Messages go with their contact; of a subscription its deliveries still tell.
      .filter(({ label }) => label !== 'Message' && label !== 'Subscription')
      .filter(({ schema }) => 'shape' in schema && 'deletedAt' in Object(schema.shape));
    expect(binnedKinds.map(({ collection }) => collection.label).sort()).toEqual(
      withBin.map(({ label }) => label).sort(),
    );
  });

  it('removes what is over 30 days in the bin, and nothing before', async () => {
    const deal = dealOf(org.rep.principal, { deletedAt: binnedAt });
    const id = await storeDeal(org.orgId, deal);
    const used = await storeDeal(org.orgId, dealOf(org.rep.principal));
    await purgeBin(invocationAt(before));
    expect(await storedDeal(org.orgId, id)).toEqual(deal);
    await purgeBin(invocationAt(whenOver));
    expect(await storedDeal(org.orgId, id)).toBeUndefined();
    expect(await storedDeal(org.orgId, used)).toBeDefined();
    expect((await as(org.rep, `POST /api/deals/${id}/restore`)).status).toBe(404);
  });

  it('leaves the removal to the trigger to record', async () => {
    const deal = dealOf(org.rep.principal, { deletedAt: binnedAt, version: 3 });
    const id = await storeDeal(org.orgId, deal);
    await purgeBin(invocationAt(whenOver));
    await recordChange(contextOf(org.admin.principal), recordKinds.deals, {
      ...{ orgId: org.orgId, recordId: id, before: deal, after: undefined },
    });
    expect((await eventsOf(org.orgId))[`${id}_4`]).toMatchObject({
      ...{ types: ['deal.purged'], actor: 'system:purge', before: { title: 'Website Redesign' } },
    });
  });

  it.each(['notes', 'tasks', 'activities'] as const)('removes %s', async (kind) => {
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const [gone, kept] = [await about(kind, 'deal', id), await about(kind, 'deal', id)];
    await bin(gone);
    await purgeBin(invocationAt(whenOver));
    expect([await isThere(gone), await isThere(kept)]).toEqual([false, true]);
  });

  it('takes along what was about the record, however much', async () => {
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const paths = await Promise.all(
      (['notes', 'tasks', 'activities'] as const).map((kind) => about(kind, 'deal', id)),
    );
    const many = await Promise.all(Array.from({ length: 65 }, () => about('notes', 'deal', id)));
    await bin(`deals/${id}`);
    await purgeBin(invocationAt(whenOver));
    const left = await Promise.all([...paths, ...many, `deals/${id}`].map(isThere));
    expect(left.filter((isLeft) => isLeft)).toEqual([]);
  });

  it('frees what a contact claimed and takes it off its deals', async () => {
    const email = `${newId().toLowerCase()}@example.com`;
    const person = { firstName: 'Alice', email };
    const contact = await made(org.rep, 'contacts', person);
    const deal = await made(org.rep, 'deals', { title: 'A', value: 1, contactIds: [contact] });
    await bin(`contacts/${contact}`);
    // In the bin it can be restored, so its address is not free.
    expect((await as(org.rep, 'POST /api/contacts', person)).status).toBe(409);
    await purgeBin(invocationAt(whenOver));
    expect((await as(org.rep, 'POST /api/contacts', person)).status).toBe(201);
    expect(await storedDeal(org.orgId, deal)).toMatchObject({
      contactIds: [],
      contacts: [],
      version: 2,
    });
  });

  it('ends a company’s links to deals and contacts', async () => {
    const company = await made(org.rep, 'companies', { name: `Acme ${newId()}` });
    const deal = await made(org.rep, 'deals', { title: 'A', value: 1, companyId: company });
    const contact = await made(org.rep, 'contacts', { firstName: 'Alice' });
    const memberships = [{ companyId: company, role: null, isPrimary: true }];
    await firestore()
      .doc(`orgs/${org.orgId}/contacts/${contact}`)
      .update({ memberships, companyIds: [company] });
    await bin(`companies/${company}`);
    await purgeBin(invocationAt(whenOver));
    expect(await isThere(`companies/${company}`)).toBe(false);
    expect(await storedDeal(org.orgId, deal)).toMatchObject({ companyId: null });
    expect(await stored(org.orgId, `contacts/${contact}`)).toMatchObject({
      ...{ memberships: [], companyIds: [] },
    });
  });

  it('moves what was about a merged contact to the one it lives on in', async () => {
    const [winner, loser] = await Promise.all([
      made(org.rep, 'contacts', { firstName: 'Alice' }),
      made(org.rep, 'contacts', { firstName: 'Alicia' }),
    ]);
    const note = await about('notes', 'contact', loser);
    await as(org.rep, `POST /api/contacts/${winner}/merge`, { otherId: loser });
    await bin(`contacts/${loser}`);
    await purgeBin(invocationAt(whenOver));
    expect(await isThere(`contacts/${loser}`)).toBe(false);
    expect(await stored(org.orgId, note)).toMatchObject({ recordId: winner, version: 2 });
  });

  it('keeps a stage that a deal is in after all', async () => {
    const { QUALIFIED } = org.stages;
    await bin(`stages/${QUALIFIED}`);
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal, { stageId: QUALIFIED }));
    await purgeBin(invocationAt(whenOver));
    expect(await isThere(`stages/${QUALIFIED}`)).toBe(true);
    await firestore().doc(`orgs/${org.orgId}/deals/${id}`).update({ stageId: 'intake' });
    await purgeBin(invocationAt(whenOver));
    expect(await isThere(`stages/${QUALIFIED}`)).toBe(false);
  });

  it('may run beside itself', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () =>
        storeDeal(org.orgId, dealOf(org.rep.principal, { deletedAt: binnedAt })),
      ),
    );
    await Promise.all([1, 2, 3].map(() => purgeBin(invocationAt(whenOver))));
    const left = await Promise.all(ids.map((id) => storedDeal(org.orgId, id)));
    expect(left).toEqual(ids.map(() => undefined));
  });
});
