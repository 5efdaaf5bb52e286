import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { changeMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();
let org: Organisation;
let elsewhere: Organisation;
let importPath: string;
let jobPath: string;

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  const token = await org.rep.token();
  const body = { recordType: 'contact', csv: 'firstName\nAda\n' };
  const importId = textIn((await request('POST /api/imports', { token, body })).body, 'importId');
  const ordered = await request(`POST /api/imports/${importId}/commit`, { token, body: {} });
  importPath = `orgs/${org.orgId}/imports/${importId}`;
  jobPath = `orgs/${org.orgId}/jobs/${textIn(ordered.body, 'jobId')}`;
});

const everybody = () => [
  ...[org.admin, org.manager, org.otherManager, org.rep, org.colleague, org.deactivated],
  ...[elsewhere.admin, undefined],
];

describe('a job', () => {
  it('is read, to watch it, by whom the policy lets read it: its orderer, their manager, administrators', async () => {
    for (const person of everybody()) {
      const isConcerned = person === org.rep || person === org.manager || person === org.admin;
      const reading = getDoc(doc(storeOf(person), jobPath));
      await (isConcerned ? assertSucceeds(reading) : assertFails(reading));
    }
  });

  it('is listed by a query for own jobs, and by no wider one', async () => {
    const jobs = collection(storeOf(org.rep), `orgs/${org.orgId}/jobs`);
    const own = await assertSucceeds(getDocs(query(jobs, where('ownerId', '==', org.rep.uid))));
    expect(own.size).toBe(1);
    await assertFails(getDocs(jobs));
    await assertFails(getDocs(query(jobs, where('ownerId', '==', org.colleague.uid))));
  });

  it('is written by nobody', async () => {
    for (const person of everybody()) {
      const ref = doc(storeOf(person), jobPath);
      await assertFails(updateDoc(ref, { status: 'cancelled' }));
      await assertFails(deleteDoc(ref));
      await assertFails(setDoc(doc(storeOf(person), `${jobPath}x`), { status: 'queued' }));
    }
  });

  it('is no longer read by somebody from the moment they are deactivated', async () => {
    await changeMember(org.orgId, org.rep.uid, { active: false });
    await assertFails(getDoc(doc(storeOf(org.rep), jobPath)));
    await changeMember(org.orgId, org.rep.uid, { active: true });
  });
});

it('keeps uploaded files from every client', async () => {
  for (const person of everybody()) {
    await assertFails(getDoc(doc(storeOf(person), importPath)));
    await assertFails(getDoc(doc(storeOf(person), `${importPath}/chunks/0`)));
    await assertFails(setDoc(doc(storeOf(person), `${importPath}/chunks/1`), { rows: '[]' }));
  }
});
