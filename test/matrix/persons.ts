import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { as } from '../support/as.ts';
import {
  addMember,
  changeMember,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { textIn } from '../support/request.ts';

/** Somebody at the doors of an organisation. */
export interface Person {
  readonly name: string;
  /** What they are in the organisation now; undefined when they are nothing in it. */
  readonly principal: Principal | undefined;
  /** Their sign-in at the web client; undefined for API keys, which have none. */
  readonly client: { readonly uid: string } | 'anonymous' | undefined;
  /** True for somebody of another organisation. */
  readonly isForeign: boolean;
  /** What they send to the REST doors. */
  readonly token: string | undefined;
}

/** Everybody the policy has to tell apart. */
export interface Persons {
  readonly all: readonly Person[];
  readonly splitRep: Member;
}

/**
 * Makes the people of the matrix. `useToken` shows a token at work, so that the one of somebody who
 * is demoted a moment later is one that had worked.
 */
export async function createPersons(
  org: Organisation,
  other: Organisation,
  useToken: (member: Member) => Promise<void>,
): Promise<Persons> {
  const { orgId, teams, rep, rep2, manager, otherManager, admin, deactivated } = org;
  const splitRep = await addMember(orgId, 'split', { teamId: teams.west });
  const demoted = await addMember(orgId, 'demoted', { role: 'admin', teamId: teams.west });
  await useToken(demoted);
  await changeMember(orgId, demoted.uid, { role: 'rep' });
  const person = async (name: string, member: Member, principal?: Principal): Promise<Person> => ({
    ...{ name, principal, client: member, token: await member.token() },
    isForeign: member.principal.orgId !== orgId,
  });
  const present = (name: string, member: Member) => person(name, member, member.principal);
  return {
    splitRep,
    all: [
      {
        ...{ name: 'anonymous', principal: undefined, client: 'anonymous', token: undefined },
        isForeign: false,
      },
      await present('rep-own', rep),
      await present('rep-other', rep2),
      await present('rep with a split', splitRep),
      await present('manager in the team', manager),
      await present('manager of another team', otherManager),
      await present('admin', admin),
      await person('admin of another organisation', other.admin),
      await person('deactivated', deactivated),
      await person('demoted a second ago', demoted, { ...demoted.principal, role: 'rep' }),
      await apiKey(org, 'API key that reads', ['read:crm']),
      await apiKey(org, 'API key that reads and writes', ['read:crm', 'write:crm']),
    ],
  };
}

async function apiKey(
  { orgId, admin }: Organisation,
  name: string,
  scopes: Principal['scopes'],
): Promise<Person> {
  const { body } = await as(admin, 'POST /api/api-keys', { name, scopes });
  return {
    name,
    principal: {
      ...{ kind: 'apiKey', orgId, uid: textIn(body, 'id'), role: 'admin' },
      ...{ teamId: null, managedTeamIds: [], scopes },
    },
    client: undefined,
    isForeign: false,
    token: textIn(body, 'secret'),
  };
}
