import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FirebaseError } from 'firebase/app';
import { collection, doc, getDoc, getDocs, or, query, updateDoc, where } from 'firebase/firestore';
import { isAllowed } from '../../functions/src/modules/access/access.public.ts';
import type { Deal } from '../../functions/src/modules/deals/deals.schema.ts';
import { listDeals } from '../../functions/src/modules/deals/deals.service.ts';
import { editBy } from '../support/client-writes.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, dealPath, storeDeal } from '../support/deals.ts';
import {
  addMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

const TEAMS = ['north', 'east', 'south'] as const;
const PEOPLE = 3;

/** People and deals whose teams, roles and parts are drawn at random. */
const worlds = fc.record({
  people: fc.array(
    fc.record({
      role: fc.constantFrom('rep' as const, 'manager' as const, 'admin' as const),
      teamId: fc.option(fc.constantFrom(...TEAMS)),
      managedTeamIds: fc.uniqueArray(fc.constantFrom(...TEAMS)),
      active: fc.boolean(),
    }),
    { minLength: PEOPLE, maxLength: PEOPLE },
  ),
  deals: fc.array(
    fc.record({
      owner: fc.nat(PEOPLE - 1),
      teamId: fc.option(fc.constantFrom(...TEAMS)),
      others: fc.uniqueArray(fc.nat(PEOPLE - 1), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

describe('the rules', () => {
  it('decide on a deal as the policy does', async () => {
    const seen = { allowed: 0, denied: 0 };
    await fc.assert(
      fc.asyncProperty(worlds, async ({ people, deals }) => {
        const members = await Promise.all(
          people.map((fields, index) => addMember(org.orgId, `person-${index}`, fields)),
        );
        for (const deal of await storeDeals(deals, members)) {
          for (const [index, member] of members.entries()) {
            const isActive = people[index]?.active === true;
            const may = (operation: 'read' | 'update') =>
              isActive && isAllowed(member.principal, operation, 'deal', deal);
            const ref = doc(storeOf(member), dealPath(org.orgId, deal.id));
            expect(await isAccepted(getDoc(ref))).toBe(may('read'));
            expect(await isAccepted(updateDoc(ref, editBy(member)))).toBe(may('update'));
            seen[may('read') ? 'allowed' : 'denied'] += 1;
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(20);
  }, 60_000);

  it('let the lists through that the policy narrows, with the same deals', async () => {
    const { orgId, rep, rep2, manager, otherManager, admin, teams } = org;
    const participantIds = [rep.uid, rep2.uid];
    await storeDeal(orgId, dealOf(rep.principal, { participantIds }));
    await storeDeal(orgId, dealOf(rep2.principal));
    await storeDeal(orgId, dealOf({ uid: otherManager.uid, teamId: teams.east }));

    const involving = ({ uid }: Member) => where('participantIds', 'array-contains', uid);
    const all = (member: Member) => collection(storeOf(member), `orgs/${orgId}/deals`);
    const managing = (member: Member, teamId: string) =>
      query(all(member), or(where('teamId', 'in', [teamId]), involving(member)));
    const lists = [
      { member: rep, direct: query(all(rep), involving(rep)), atLeast: 1 },
      { member: rep2, direct: query(all(rep2), involving(rep2)), atLeast: 2 },
      { member: manager, direct: managing(manager, teams.east), atLeast: 2 },
      { member: otherManager, direct: managing(otherManager, teams.west), atLeast: 2 },
      { member: admin, direct: query(all(admin)), atLeast: 3 },
    ];
    for (const { member, direct, atLeast } of lists) {
      const ids = (await getDocs(direct)).docs.map(({ id }) => id).sort();
      const listed = await listDeals(contextOf(member.principal), { limit: 100 });
      expect(listed.total).toBe(ids.length);
      if (ids.length <= 100) expect(listed.deals.map(({ id }) => id).sort()).toEqual(ids);
      expect(ids.length).toBeGreaterThanOrEqual(atLeast);
    }
  });
});

async function storeDeals(
  drawn: readonly { owner: number; teamId: string | null; others: readonly number[] }[],
  members: readonly Member[],
): Promise<(Deal & { id: string })[]> {
  const uidOf = (index: number) => members[index]?.uid ?? '';
  return Promise.all(
    drawn.map(async ({ owner, teamId, others }) => {
      const participantIds = [...new Set([owner, ...others])].map(uidOf);
      const deal = dealOf({ uid: uidOf(owner), teamId }, { participantIds });
      return { ...deal, id: await storeDeal(org.orgId, deal) };
    }),
  );
}

async function isAccepted(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof FirebaseError && error.code === 'permission-denied') return false;
    throw error;
  }
}
