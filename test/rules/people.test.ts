import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  increment,
  query,
  serverTimestamp,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { useMails } from '../support/mails.ts';
import {
  addMember,
  createOrganisation,
  freshEmail,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { createTeam } from '../support/people.ts';
import { request, textIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';

useMails();
const storeOf = useClients();
let org: Organisation;
let elsewhere: Organisation;
let admin: string;
const paths = { teams: '', invitations: '', apiKeys: '', guards: '' };

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  admin = await org.admin.token();
  paths.teams = await createTeam(admin, 'South');
  const invitation = {
    email: freshEmail('invited'),
    name: 'Ina',
    role: 'rep',
    teamId: paths.teams,
  };
  const invited = await request('POST /api/invitations', { token: admin, body: invitation });
  paths.invitations = textIn(invited.body, 'id');
  const key = { name: 'Key', scopes: ['read:crm'] };
  const made = await request('POST /api/api-keys', { token: admin, body: key });
  paths.apiKeys = textIn(made.body, 'id');
  // Left by the invitation, which held the team.
  paths.guards = `team_${paths.teams}`;
});

type Person = 'admin' | 'manager' | 'rep' | 'deactivated' | 'stranger' | 'anonymous';

function memberOf(person: Person): Member | undefined {
  if (person === 'anonymous') return undefined;
  return person === 'stranger' ? elsewhere.admin : org[person];
}

const everybody: readonly Person[] = [
  ...(['admin', 'manager', 'rep', 'deactivated', 'stranger', 'anonymous'] as const),
];

/** Who reads what; everybody else reads nothing of it, and nobody writes it. */
const readers: Readonly<Record<keyof typeof paths, readonly Person[]>> = {
  teams: ['admin', 'manager', 'rep'],
  invitations: ['admin'],
  apiKeys: ['admin'],
  guards: [],
};

const names = ['teams', 'invitations', 'apiKeys', 'guards'] as const;
const cells = names.flatMap((name) => everybody.map((person) => [name, person] as const));

describe.each(cells)('%s for: %s', (name, person) => {
  const path = () => `orgs/${org.orgId}/${name}/${paths[name]}`;
  const store = () => storeOf(memberOf(person));
  const isReader = readers[name].includes(person);

  it(`are ${isReader ? '' : 'not '}read and listed`, async () => {
    const get = getDoc(doc(store(), path()));
    const list = getDocs(collection(store(), `orgs/${org.orgId}/${name}`));
    if (isReader) {
      expect((await assertSucceeds(get)).exists()).toBe(true);
      expect((await assertSucceeds(list)).size).toBeGreaterThan(0);
    } else {
      await assertFails(get);
      await assertFails(list);
    }
  });

  it('are not written', async () => {
    const ref = doc(store(), path());
    const before = (await firestore().doc(path()).get()).data();
    expect(before).toBeDefined();
    const next = { version: increment(1), updatedAt: serverTimestamp() };
    await assertFails(updateDoc(ref, { name: 'Mine', ...next }));
    await assertFails(setDoc(doc(store(), `orgs/${org.orgId}/${name}/new`), { name: 'Mine' }));
    await assertFails(deleteDoc(ref));
    expect((await firestore().doc(path()).get()).data()).toEqual(before);
  });
});

describe('a demotion', () => {
  it('binds on the next read, although the token is from before', async () => {
    const person = await addMember(org.orgId, 'demoted', { role: 'admin' });
    const store = storeOf(person);
    const ref = doc(store, `orgs/${org.orgId}/apiKeys/${paths.apiKeys}`);
    await assertSucceeds(getDoc(ref));
    const change = { token: admin, body: { role: 'rep' } };
    expect((await request(`PATCH /api/users/${person.uid}`, change)).status).toBe(200);
    await assertFails(getDoc(ref));
  });
});

describe('a deactivation', () => {
  it('binds on the next read and list', async () => {
    const person = await addMember(org.orgId, 'leaver');
    const store = storeOf(person);
    const list = () =>
      getDocs(query(collection(store, `orgs/${org.orgId}/users`), where('active', '==', true)));
    await assertSucceeds(list());
    const gone = await request(`POST /api/users/${person.uid}/deactivate`, { token: admin });
    expect(gone.status).toBe(200);
    await assertFails(list());
    await assertFails(getDoc(doc(store, `orgs/${org.orgId}/teams/${paths.teams}`)));
  });
});
