import { randomUUID } from 'node:crypto';
import { type SystemKey, stageSchema } from '../../functions/src/modules/stages/stages.schema.ts';
import { type User, userSchema } from '../../functions/src/modules/users/users.schema.ts';
import {
  firebaseAuth,
  firestore,
  timestampsToDates,
} from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { type Principal, scopeSchema } from '../../functions/src/platform/principal.schema.ts';
import { firstVersion } from '../../functions/src/platform/records.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { signUp } from '../../functions/src/workflows/sign-up.ts';
import { signIn } from './tokens.ts';

const PASSWORD = 'a password of tests';

/** A person of a test organisation. */
export interface Member {
  readonly uid: string;
  readonly email: string;
  readonly password: string;
  readonly principal: Principal;
  /** Signs in with e-mail and password, once. */
  token(): Promise<string>;
}

/** An organisation of its own for one test file, with two teams and somebody of every kind. */
export interface Organisation {
  readonly orgId: string;
  readonly teams: { readonly east: string; readonly west: string };
  readonly stages: Readonly<Record<SystemKey, string>>;
  readonly admin: Member;
  /** Manages east. */
  readonly manager: Member;
  /** Manages west. */
  readonly otherManager: Member;
  /** In east. */
  readonly rep: Member;
  /** In east as well. */
  readonly colleague: Member;
  /** In west. */
  readonly rep2: Member;
  /** In east, and no longer active. */
  readonly deactivated: Member;
}

/** Signs an organisation up through the product's own workflow and adds its people. */
export async function createOrganisation(
  settings: { currency?: string } = {},
): Promise<Organisation> {
  const email = freshEmail('admin');
  const { orgId, userId } = await signUp(startInvocation(newId()), {
    name: 'Ada Admin',
    email,
    password: PASSWORD,
    businessName: `Test ${newId()}`,
    currency: settings.currency ?? 'USD',
    timeZone: 'UTC',
  });
  const teams = { east: newId(), west: newId() };
  const person = (name: string, fields: Partial<User>) => addMember(orgId, name, fields);
  const inEast = { teamId: teams.east };
  return {
    orgId,
    teams,
    stages: await stageIdsOf(orgId),
    admin: toMember(orgId, userId, {
      ...{ email, role: 'admin', teamId: null, managedTeamIds: [] },
      hasAccount: true,
    }),
    manager: await person('manager', { ...inEast, role: 'manager', managedTeamIds: [teams.east] }),
    otherManager: await person('other', {
      ...{ role: 'manager', teamId: teams.west, managedTeamIds: [teams.west] },
    }),
    rep: await person('rep', inEast),
    colleague: await person('colleague', inEast),
    rep2: await person('rep2', { teamId: teams.west }),
    deactivated: await person('deactivated', { ...inEast, active: false }),
  };
}

/** Adds a person, a rep without a team unless `fields` say otherwise; the account comes with the first token. */
export async function addMember(
  orgId: string,
  name: string,
  fields: Partial<User> = {},
): Promise<Member> {
  const uid = newId();
  const user = userSchema.parse({
    ...firstVersion({ actor: 'test', now: new Date() }),
    ...{
      name,
      email: freshEmail(name),
      role: 'rep',
      teamId: null,
      managedTeamIds: [],
      active: true,
    },
    ...fields,
  });
  await firestore().doc(`orgs/${orgId}/users/${uid}`).create(user);
  return toMember(orgId, uid, { ...user, hasAccount: false });
}

/** Changes a membership behind the product's back, as a user management would. */
export async function changeMember(
  orgId: string,
  uid: string,
  fields: Partial<User>,
): Promise<void> {
  await firestore()
    .doc(`orgs/${orgId}/users/${uid}`)
    .update({ ...fields });
}

/** An address nobody else uses. */
export function freshEmail(name: string): string {
  return `${name}-${randomUUID()}@example.com`;
}

type MemberFields = Pick<User, 'email' | 'role' | 'teamId' | 'managedTeamIds'> & {
  hasAccount: boolean;
};

function toMember(orgId: string, uid: string, fields: MemberFields): Member {
  const { email, role, teamId, managedTeamIds, hasAccount } = fields;
  let token: Promise<string> | undefined;
  const obtain = async () => {
    if (!hasAccount) {
      await firebaseAuth().createUser({ uid, email, password: PASSWORD });
      await firebaseAuth().setCustomUserClaims(uid, { orgId });
    }
    return signIn(email, PASSWORD);
  };
  return {
    uid,
    email,
    password: PASSWORD,
    principal: {
      ...{ kind: 'user', orgId, uid, role, teamId, managedTeamIds },
      scopes: scopeSchema.options,
    },
    token: () => {
      token ??= obtain();
      return token;
    },
  };
}

async function stageIdsOf(orgId: string): Promise<Record<SystemKey, string>> {
  const { docs } = await firestore().collection(`orgs/${orgId}/stages`).get();
  const found = docs.map((doc) => ({
    id: doc.id,
    ...stageSchema.parse(timestampsToDates(doc.data())),
  }));
  const idOf = (key: SystemKey) => {
    const stage = found.find(({ systemKey }) => systemKey === key);
    if (stage === undefined) throw new Error(`The new organisation has no stage ${key}`);
    return stage.id;
  };
  return {
    LEAD: idOf('LEAD'),
    QUALIFIED: idOf('QUALIFIED'),
    PROPOSAL: idOf('PROPOSAL'),
    NEGOTIATION: idOf('NEGOTIATION'),
    CLOSED_WON: idOf('CLOSED_WON'),
    CLOSED_LOST: idOf('CLOSED_LOST'),
  };
}
