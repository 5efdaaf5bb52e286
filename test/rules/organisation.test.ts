import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  increment,
  or,
  query,
  serverTimestamp,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { dealKind } from '../../functions/src/modules/deals/deals.public.ts';
import { describeChange, events } from '../../functions/src/modules/events/events.public.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { dealOf } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();
let org: Organisation;
let elsewhere: Organisation;
/** An event of a deal of the rep in east with a split for rep2. */
let eventPath: string;

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  const { orgId, rep, rep2 } = org;
  const deal = dealOf(rep.principal, { participantIds: [rep.uid, rep2.uid] });
  eventPath = `${events.path(orgId)}/${newId()}_1`;
  await firestore()
    .doc(eventPath)
    .create(describeChange(dealKind, 'a-deal', undefined, deal));
});

type Person =
  | 'anonymous'
  | 'admin of another organisation'
  | 'deactivated'
  | 'colleague'
  | 'otherManager'
  | 'rep2'
  | 'rep'
  | 'manager'
  | 'admin';

function memberOf(person: Person): Member | undefined {
  if (person === 'anonymous') return undefined;
  return person === 'admin of another organisation' ? elsewhere.admin : org[person];
}

const strangers: readonly Person[] = ['anonymous', 'admin of another organisation', 'deactivated'];
const members: readonly Person[] = ['colleague', 'otherManager', 'rep2', 'rep', 'manager', 'admin'];
const everybody = [...strangers, ...members];

const at = (person: Person, path: string) => doc(storeOf(memberOf(person)), path);
/** What the server's SDK has read, for the client's SDK to write: each has a Timestamp of its own. */
const clientValues = (data: object | undefined) =>
  Object.fromEntries(
    Object.entries(data ?? {}).map(([field, value]) => [field, timestampsToDates(value)]),
  );
const stageOf = () => `orgs/${org.orgId}/stages/${org.stages.LEAD}`;
const userOf = () => `orgs/${org.orgId}/users/${org.rep.uid}`;

/** The read and written documents that belong to the organisation as a whole. */
const places: readonly (readonly [string, () => string])[] = [
  ['the organisation', () => `orgs/${org.orgId}`],
  ['a stage', stageOf],
  ['a user', userOf],
];

describe.each(places)('%s', (_what, path) => {
  it.each(strangers)('is hidden from: %s', async (person) => {
    await assertFails(getDoc(at(person, path())));
  });

  it.each(members)('is shown to: %s', async (person) => {
    expect((await getDoc(at(person, path()))).exists()).toBe(true);
  });

  it.each(everybody)('is not written directly by: %s', async (person) => {
    const before = (await firestore().doc(path()).get()).data();
    const ref = at(person, path());
    const bookkeeping = { version: increment(1), updatedAt: serverTimestamp() };
    await assertFails(updateDoc(ref, { name: 'Mine', ...bookkeeping }));
    await assertFails(setDoc(ref, { ...clientValues(before), active: true, role: 'admin' }));
    await assertFails(deleteDoc(ref));
    expect((await firestore().doc(path()).get()).data()).toEqual(before);
  });
});

describe('the membership', () => {
  it.each(['rep', 'manager', 'deactivated'] as const)(
    'is not raised by its bearer: %s',
    async (person) => {
      const ref = at(person, `orgs/${org.orgId}/users/${org[person].uid}`);
      await assertFails(updateDoc(ref, { role: 'admin' }));
      await assertFails(updateDoc(ref, { active: true }));
      await assertFails(updateDoc(ref, { managedTeamIds: [org.teams.west] }));
    },
  );

  it('is not made by a stranger', async () => {
    const { admin } = elsewhere;
    const ref = doc(storeOf(admin), `orgs/${org.orgId}/users/${admin.uid}`);
    await assertFails(setDoc(ref, { role: 'admin', active: true, managedTeamIds: [] }));
  });

  it('is not found in a new organisation that somebody makes up', async () => {
    const orgId = newId();
    await assertFails(setDoc(doc(storeOf(org.rep), `orgs/${orgId}`), { name: 'Mine' }));
    await assertFails(
      setDoc(doc(storeOf(org.rep), `orgs/${orgId}/users/${org.rep.uid}`), { role: 'admin' }),
    );
  });
});

describe('lists', () => {
  const list = (person: Person, path: string) =>
    getDocs(collection(storeOf(memberOf(person)), path));

  it.each(strangers)('of stages and users are hidden from: %s', async (person) => {
    await assertFails(list(person, `orgs/${org.orgId}/stages`));
    await assertFails(list(person, `orgs/${org.orgId}/users`));
  });

  it.each(members)('of stages and users are shown to: %s', async (person) => {
    expect((await list(person, `orgs/${org.orgId}/stages`)).size).toBe(6);
    expect((await list(person, `orgs/${org.orgId}/users`)).size).toBe(7);
  });

  it.each(everybody)('of organisations are hidden from: %s', async (person) => {
    await assertFails(list(person, 'orgs'));
  });
});

describe('an event', () => {
  const blind: readonly Person[] = [...strangers, 'colleague', 'otherManager'];

  it.each(blind)('is hidden from: %s', async (person) => {
    await assertFails(getDoc(at(person, eventPath)));
  });

  it.each(['rep', 'rep2', 'manager', 'admin'] as const)('is shown to: %s', async (person) => {
    expect((await getDoc(at(person, eventPath))).get('recordId')).toBe('a-deal');
  });

  it.each(everybody)('is immutable and not made by: %s', async (person) => {
    const before = (await firestore().doc(eventPath).get()).data();
    const fresh = `${events.path(org.orgId)}/${newId()}_1`;
    await assertFails(updateDoc(at(person, eventPath), { actor: 'somebody' }));
    await assertFails(setDoc(at(person, eventPath), clientValues(before)));
    await assertFails(deleteDoc(at(person, eventPath)));
    await assertFails(setDoc(at(person, fresh), clientValues(before)));
    expect((await firestore().doc(eventPath).get()).data()).toEqual(before);
  });

  it('is listed for those who see its deal, by the same filters', async () => {
    const all = (person: Member) => collection(storeOf(person), events.path(org.orgId));
    const { rep2, colleague, manager, otherManager, admin, teams } = org;
    const involving = ({ uid }: Member) => where('participantIds', 'array-contains', uid);
    await assertFails(getDocs(all(rep2)));
    await assertFails(getDocs(query(all(rep2), where('recordId', '==', 'a-deal'))));
    await assertFails(getDocs(query(all(otherManager), where('teamId', 'in', [teams.east]))));
    const shared = query(all(rep2), where('recordId', '==', 'a-deal'), involving(rep2));
    expect((await getDocs(shared)).size).toBe(1);
    expect((await getDocs(query(all(colleague), involving(colleague)))).size).toBe(0);
    const managed = or(where('teamId', 'in', [teams.east]), involving(manager));
    expect((await getDocs(query(all(manager), managed))).size).toBe(1);
    expect((await getDocs(all(admin))).size).toBe(1);
  });
});

describe.each(['apiKeys', 'invitations'])('the collection %s', (name) => {
  const path = () => `orgs/${org.orgId}/${name}/x`;
  beforeAll(() => firestore().doc(path()).set({ name: 'x', ownerId: org.rep.uid }));

  it.each(everybody.filter((person) => person !== 'admin'))(
    'is hidden from: %s',
    async (person) => {
      await assertFails(getDoc(at(person, path())));
      const all = collection(storeOf(memberOf(person)), `orgs/${org.orgId}/${name}`);
      await assertFails(getDocs(all));
    },
  );

  it('is shown to the admin, who cannot write it directly', async () => {
    expect((await getDoc(at('admin', path()))).exists()).toBe(true);
    await assertFails(setDoc(at('admin', path()), { name: 'y' }));
    await assertFails(updateDoc(at('admin', path()), { name: 'y' }));
    await assertFails(deleteDoc(at('admin', path())));
  });
});

describe('what no rule names', () => {
  const closed = [
    ...['terms', 'planVersions', 'planBooks', 'inbox', 'idempotency', 'claims', 'guards'],
    ...['payoutSettings', 'periodTotals', 'paymentLinks', 'deliveries', 'unheardOf'],
    ...['listenerBooks', 'subscriptionSecrets', 'wakes', 'workflowTicks', 'alerts'],
  ];

  it.each(closed)('orgs/{orgId}/%s is closed to everybody', async (name) => {
    const path = `orgs/${org.orgId}/${name}/x`;
    await firestore()
      .doc(path)
      .set({ ownerId: org.rep.uid, participantIds: [org.rep.uid] });
    for (const person of ['anonymous', 'rep', 'manager', 'admin'] as const) {
      const store = storeOf(memberOf(person));
      await assertFails(getDoc(doc(store, path)));
      await assertFails(getDocs(collection(store, `orgs/${org.orgId}/${name}`)));
      await assertFails(setDoc(doc(store, path), { a: 1 }));
      await assertFails(deleteDoc(doc(store, path)));
    }
  });

  it.each(['system/eventSweep', 'anything/else', 'orgs/x/deals/y/notes/z'])(
    '%s is closed to an admin',
    async (path) => {
      await assertFails(getDoc(at('admin', path)));
      await assertFails(setDoc(at('admin', path), { a: 1 }));
    },
  );

  it('leaves the way open to what rules do name', async () => {
    await assertSucceeds(getDoc(at('rep', stageOf())));
  });
});
