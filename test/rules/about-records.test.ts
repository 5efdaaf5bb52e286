import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  or,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { as } from '../support/as.ts';
import { dealOf, dealPath, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();
const contents = {
  notes: { text: 'A' },
  tasks: { title: 'A' },
  activities: { type: 'call', subject: 'A' },
};
type Kind = keyof typeof contents;
const kinds = ['notes', 'tasks', 'activities'] as const;

let org: Organisation;
let elsewhere: Organisation;
const ids: Record<Kind, string> = { notes: '', tasks: '', activities: '' };
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  const participantIds = [org.rep.uid, org.rep2.uid];
  const recordId = await storeDeal(org.orgId, dealOf(org.rep.principal, { participantIds }));
  for (const kind of kinds) {
    const body = { recordType: 'deal', recordId, ...contents[kind] };
    ids[kind] = textIn((await as(org.rep, `POST /api/${kind}`, body)).body, 'id');
  }
});

const at = (person: Member | undefined, path: string) =>
  doc(storeOf(person), `orgs/${org.orgId}/${path}`);
const list = (person: Member, kind: Kind) =>
  collection(storeOf(person), `orgs/${org.orgId}/${kind}`);

describe.each(kinds)('%s', (kind) => {
  it('are read by their owner and those above; others read them with the record, by its routes', async () => {
    const path = `${kind}/${ids[kind]}`;
    for (const person of [
      ...[undefined, elsewhere.admin, org.deactivated],
      ...[org.colleague, org.otherManager, org.rep2],
    ]) {
      await assertFails(getDoc(at(person, path)));
    }
    for (const person of [org.rep, org.manager, org.admin]) {
      await assertSucceeds(getDoc(at(person, path)));
    }
    expect((await as(org.rep2, `GET /api/${kind}/${ids[kind]}`)).status).toBe(200);
  });

  it('are listed by the filters that show them', async () => {
    const own = (person: Member) => where('ownerId', '==', person.uid);
    const managed = or(own(org.manager), where('teamId', 'in', [org.teams.east]));
    await assertSucceeds(getDocs(query(list(org.rep, kind), own(org.rep))));
    await assertSucceeds(getDocs(query(list(org.manager, kind), managed)));
    await assertSucceeds(getDocs(list(org.admin, kind)));
    await assertFails(getDocs(list(org.rep, kind)));
    await assertFails(getDocs(query(list(org.rep2, kind), own(org.rep))));
    await assertFails(
      getDocs(query(list(org.otherManager, kind), where('teamId', 'in', [org.teams.east]))),
    );
  });

  it('are written by functions alone', async () => {
    const path = `${kind}/${ids[kind]}`;
    const own = { ownerId: org.rep.uid, teamId: org.teams.east, version: 1 };
    for (const person of [org.rep, org.admin]) {
      await assertFails(updateDoc(at(person, path), { version: 2 }));
      await assertFails(setDoc(at(person, `${kind}/new`), { ...own, ...contents[kind] }));
      await assertFails(deleteDoc(at(person, path)));
    }
  });
});

describe('a deal in the bin', () => {
  it('is read by those who could restore it, and edited by nobody', async () => {
    const deal = dealOf(org.rep.principal, { deletedAt: new Date() });
    const ref = doc(storeOf(org.rep), dealPath(org.orgId, await storeDeal(org.orgId, deal)));
    await assertSucceeds(getDoc(ref));
    await assertFails(updateDoc(ref, { title: 'B' }));
  });
});
