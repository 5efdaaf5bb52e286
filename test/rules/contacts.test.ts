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
import { firestore } from '../../functions/src/platform/firestore.ts';
import { made } from '../support/as.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();
let org: Organisation;
let elsewhere: Organisation;
const ids = { contacts: '', leads: '', companies: '' };
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  ids.contacts = await made(org.rep, 'contacts', {
    ...{ firstName: 'Jane', email: 'jane@example.com', customFields: { shoe: '42' } },
  });
  ids.leads = await made(org.rep, 'leads', { businessName: 'Sunshine Dental' });
  ids.companies = await made(org.rep, 'companies', { name: 'Acme' });
});

type Kind = keyof typeof ids;
const at = (person: Member | undefined, path: string) =>
  doc(storeOf(person), `orgs/${org.orgId}/${path}`);
const list = (person: Member | undefined, kind: string) =>
  collection(storeOf(person), `orgs/${org.orgId}/${kind}`);

describe.each(['contacts', 'leads'] as const)('%s', (kind: Kind) => {
  it('are read by their owner and those above, and by nobody else', async () => {
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
});

describe('companies and field definitions', () => {
  it('are read by every member and by nobody else', async () => {
    for (const path of [`companies/${ids.companies}`, 'fieldSets/contact']) {
      for (const person of [org.rep, org.rep2, org.otherManager, org.admin]) {
        await assertSucceeds(getDoc(at(person, path)));
        await assertSucceeds(getDocs(list(person, path.split('/')[0] ?? '')));
      }
      for (const person of [undefined, elsewhere.admin, org.deactivated]) {
        await assertFails(getDoc(at(person, path)));
      }
    }
  });
});

describe('what functions alone write', () => {
  it.each(['contacts', 'leads', 'companies'] as const)('is %s', async (kind) => {
    const path = `${kind}/${ids[kind]}`;
    for (const person of [org.rep, org.admin]) {
      await assertFails(updateDoc(at(person, path), { tags: ['x'] }));
      await assertFails(setDoc(at(person, `${kind}/new`), { firstName: 'X' }));
      await assertFails(deleteDoc(at(person, path)));
    }
  });

  it('is claims, which nobody reads either', async () => {
    const { docs } = await firestore().collection(`orgs/${org.orgId}/claims`).get();
    expect(docs.length).toBeGreaterThan(0);
    for (const { id } of docs) {
      await assertFails(getDoc(at(org.admin, `claims/${id}`)));
      await assertFails(deleteDoc(at(org.admin, `claims/${id}`)));
    }
    await assertFails(getDocs(list(org.admin, 'claims')));
  });
});
