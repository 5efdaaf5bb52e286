import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  or,
  type QueryCompositeFilterConstraint,
  type QueryFilterConstraint,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { editBy, newDealBy, newDirectId } from '../support/client-writes.ts';
import { dealOf, dealPath, storeDeal, storedDeal } from '../support/deals.ts';
import {
  addMember,
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();

interface World {
  readonly org: Organisation;
  /** What each actor of the table is in this organisation; undefined is nobody. */
  readonly actors: Readonly<Record<Actor, Member | undefined>>;
  readonly deals: Readonly<Record<DealName, string>>;
}

type Actor =
  | 'anonymous'
  | 'admin of another organisation'
  | 'deactivated owner'
  | 'admin demoted a second ago'
  | 'manager whose team was taken a second ago'
  | 'rep of the same team'
  | 'manager of another team'
  | 'rep with a split'
  | 'manager with a split'
  | 'rep who owns it'
  | 'manager who owns it in a team of others'
  | 'manager of its team'
  | 'admin';

type DealName = 'the deal' | 'the manager’s own deal' | 'the deactivated owner’s deal';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

/** One deal of a rep in east with splits for a rep and a manager of west, and two more. */
async function createWorld(): Promise<World> {
  const [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  const { orgId, teams } = org;
  const demoted = await addMember(orgId, 'demoted', { role: 'admin' });
  const stripped = await addMember(orgId, 'stripped', {
    ...{ role: 'manager', managedTeamIds: [teams.east] },
  });
  const sharing = await addMember(orgId, 'sharing', {
    ...{ role: 'manager', teamId: teams.west, managedTeamIds: [teams.west] },
  });
  const splits = [org.rep, org.rep2, sharing].map(({ uid }) => ({ uid, shareBps: 0 }));
  const participantIds = splits.map(({ uid }) => uid);
  const deals = {
    'the deal': await storeDeal(orgId, dealOf(org.rep.principal, { splits, participantIds })),
    'the manager’s own deal': await storeDeal(
      orgId,
      dealOf({ uid: org.otherManager.uid, teamId: teams.east }),
    ),
    'the deactivated owner’s deal': await storeDeal(orgId, dealOf(org.deactivated.principal)),
  };
  await changeMember(orgId, demoted.uid, { role: 'rep' });
  await changeMember(orgId, stripped.uid, { managedTeamIds: [] });
  return {
    org,
    deals,
    actors: {
      anonymous: undefined,
      'admin of another organisation': elsewhere.admin,
      'deactivated owner': org.deactivated,
      'admin demoted a second ago': demoted,
      'manager whose team was taken a second ago': stripped,
      'rep of the same team': org.colleague,
      'manager of another team': org.otherManager,
      'rep with a split': org.rep2,
      'manager with a split': sharing,
      'rep who owns it': org.rep,
      'manager who owns it in a team of others': org.otherManager,
      'manager of its team': org.manager,
      admin: org.admin,
    },
  };
}

type Operation = 'get' | 'update' | 'delete' | 'overwrite' | 'create one of one’s own';
const operations: readonly Operation[] = [
  'get',
  'update',
  'delete',
  'overwrite',
  'create one of one’s own',
];

/** Who may do what to which deal; what is not listed is denied. */
const table: readonly (readonly [Actor, DealName, readonly Operation[]])[] = [
  ['anonymous', 'the deal', []],
  ['admin of another organisation', 'the deal', []],
  ['deactivated owner', 'the deactivated owner’s deal', []],
  ['admin demoted a second ago', 'the deal', ['create one of one’s own']],
  ['manager whose team was taken a second ago', 'the deal', ['create one of one’s own']],
  ['rep of the same team', 'the deal', ['create one of one’s own']],
  ['manager of another team', 'the deal', ['create one of one’s own']],
  ['rep with a split', 'the deal', ['get', 'create one of one’s own']],
  ['manager with a split', 'the deal', ['get', 'create one of one’s own']],
  ['rep who owns it', 'the deal', ['get', 'update', 'create one of one’s own']],
  [
    'manager who owns it in a team of others',
    'the manager’s own deal',
    ['get', 'update', 'create one of one’s own'],
  ],
  ['manager of its team', 'the deal', ['get', 'update', 'create one of one’s own']],
  ['admin', 'the deal', ['get', 'update', 'create one of one’s own']],
];

const cells = table.flatMap(([actor, deal, allowed]) =>
  operations.map((operation) => ({
    actor,
    deal,
    operation,
    isAllowed: allowed.includes(operation),
  })),
);

function perform(operation: Operation, actor: Actor, deal: DealName): Promise<unknown> {
  const { org, actors, deals } = world;
  const person = actors[actor];
  // Nobody has no uid of their own to write, and a stranger none of this organisation.
  const self = person?.principal ?? org.rep.principal;
  const ref = doc(storeOf(person), dealPath(org.orgId, deals[deal]));
  const fresh = doc(storeOf(person), dealPath(org.orgId, newDirectId()));
  switch (operation) {
    case 'get':
      return getDoc(ref);
    case 'update':
      return updateDoc(ref, editBy(self, { title: `Edited by ${actor}` }));
    case 'delete':
      return deleteDoc(ref);
    case 'overwrite':
      return setDoc(ref, newDealBy(self));
    case 'create one of one’s own':
      return setDoc(fresh, newDealBy(self));
  }
}

describe('a deal', () => {
  it.each(cells.filter((cell) => !cell.isAllowed))(
    'denies $actor to $operation $deal',
    async ({ actor, deal, operation }) => {
      const before = await storedDeal(world.org.orgId, world.deals[deal]);
      await assertFails(perform(operation, actor, deal));
      expect(await storedDeal(world.org.orgId, world.deals[deal])).toEqual(before);
    },
  );

  it.each(cells.filter((cell) => cell.isAllowed))(
    'allows $actor to $operation $deal',
    async ({ actor, deal, operation }) => {
      const { orgId } = world.org;
      const before = await storedDeal(orgId, world.deals[deal]);
      await assertSucceeds(perform(operation, actor, deal));
      if (operation !== 'update') return;
      expect(await storedDeal(orgId, world.deals[deal])).toMatchObject({
        title: `Edited by ${actor}`,
        version: (before?.version ?? 0) + 1,
        updatedBy: world.actors[actor]?.uid,
      });
    },
  );

  it('denies a colleague who writes a deal for the owner', async () => {
    const { org } = world;
    const fresh = doc(storeOf(org.colleague), dealPath(org.orgId, newDirectId()));
    await assertFails(setDoc(fresh, newDealBy(org.rep.principal)));
  });
});

describe('a list of deals', () => {
  type Filter = QueryFilterConstraint | QueryCompositeFilterConstraint;
  const list = (person: Member | undefined, filter?: Filter) => {
    const all = collection(storeOf(person), `orgs/${world.org.orgId}/deals`);
    if (filter === undefined) return getDocs(all);
    // Both kinds of filter have overloads of their own.
    return getDocs(filter.type === 'where' ? query(all, filter) : query(all, filter));
  };
  const involving = ({ uid }: Member) => where('participantIds', 'array-contains', uid);
  const ofTeams = (...teamIds: string[]) => where('teamId', 'in', teamIds);
  const idsOf = async (answer: ReturnType<typeof list>) => (await answer).docs.map(({ id }) => id);

  it('is denied when it is not narrowed to what the caller sees', async () => {
    const { org, actors } = world;
    const { rep, manager, deactivated, rep2, otherManager } = org;
    await assertFails(list(undefined));
    await assertFails(list(undefined, where('ownerId', '==', 'nobody')));
    await assertFails(list(rep));
    await assertFails(list(rep, involving(rep2)));
    await assertFails(list(rep, ofTeams(org.teams.east)));
    await assertFails(list(rep, or(involving(rep), ofTeams(org.teams.east))));
    await assertFails(list(rep, where('stageId', '==', 'intake')));
    await assertFails(list(manager));
    await assertFails(list(manager, ofTeams(org.teams.east, org.teams.west)));
    await assertFails(list(otherManager, ofTeams(org.teams.east)));
    await assertFails(list(deactivated, involving(deactivated)));
    await assertFails(list(actors['admin of another organisation']));
    await assertFails(list(actors['admin demoted a second ago']));
    await assertFails(
      list(actors['manager whose team was taken a second ago'], ofTeams(org.teams.east)),
    );
  });

  it('shows a rep the own deals and those with a split', async () => {
    const { org, deals } = world;
    expect(await idsOf(list(org.rep, involving(org.rep)))).toContain(deals['the deal']);
    const shared = await idsOf(list(org.rep2, involving(org.rep2)));
    expect(shared).toContain(deals['the deal']);
    expect(shared).not.toContain(deals['the manager’s own deal']);
  });

  it('shows a manager the managed teams’ deals and the own ones', async () => {
    const { org, deals } = world;
    const east = await idsOf(
      list(org.manager, or(ofTeams(org.teams.east), involving(org.manager))),
    );
    expect(east).toEqual(expect.arrayContaining(Object.values(deals)));
    const west = await idsOf(
      list(org.otherManager, or(ofTeams(org.teams.west), involving(org.otherManager))),
    );
    expect(west).toContain(deals['the manager’s own deal']);
    expect(west).not.toContain(deals['the deal']);
  });

  it('shows an admin all', async () => {
    const { org, deals } = world;
    expect(await idsOf(list(org.admin))).toEqual(expect.arrayContaining(Object.values(deals)));
  });
});
