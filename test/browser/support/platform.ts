import { randomUUID } from 'node:crypto';
import { post } from '../../../functions/src/modules/ledger/ledger.public.ts';
import { notify } from '../../../functions/src/modules/notifications/notifications.public.ts';
import type { User } from '../../../functions/src/modules/users/users.schema.ts';
import { firebaseAuth } from '../../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../../functions/src/platform/runtime.ts';
import { openUnit } from '../../../functions/src/platform/unit-of-work.ts';
import type { FakeMail } from '../../fakes/smtp.ts';
import { addMember } from '../../support/organisation.ts';
import { signIn } from '../../support/tokens.ts';

/** Somebody who can sign in at the page. */
export interface Person {
  readonly orgId: string;
  readonly uid: string;
  readonly email: string;
  readonly password: string;
}

export const PASSWORD = 'a password of tests';

/** Where Hosting serves the page and, through its rewrites, the REST door. */
export function pageUrl(path = '/'): string {
  const base = process.env.SPLITLINE_HOSTING_URL;
  if (base === undefined || base === '') {
    throw new Error('SPLITLINE_HOSTING_URL is not set: start these tests with npm test');
  }
  return new URL(path, base).href;
}

export function freshEmail(): string {
  return `browser-${randomUUID()}@example.com`;
}

/** A new organisation with its administrator, through the public door. */
export async function signUpOrganisation(name: string): Promise<Person> {
  const email = freshEmail();
  const answer = await send('POST', '/api/signup', undefined, {
    ...{ name, email, password: PASSWORD, businessName: 'Northwind Studio' },
  });
  return { orgId: text(answer, 'orgId'), uid: text(answer, 'userId'), email, password: PASSWORD };
}

/** A member of the organisation, a sales rep without a team unless `fields` say otherwise. */
export async function addPerson(
  orgId: string,
  name: string,
  fields: Partial<Pick<User, 'role' | 'teamId' | 'managedTeamIds'>> = {},
): Promise<Person> {
  const member = await addMember(orgId, 'person', { name, ...fields });
  await member.token();
  await firebaseAuth().updateUser(member.uid, { password: PASSWORD });
  return { orgId, uid: member.uid, email: member.email, password: PASSWORD };
}

/** A sales rep of the organisation. */
export function addRep(orgId: string, name: string): Promise<Person> {
  return addPerson(orgId, name);
}

/** Posts what somebody earned last month, which the clock of the doors does not allow. */
export async function earnLastMonth({ orgId, uid }: Person, amountMinor: number): Promise<void> {
  const now = new Date();
  const postedAt = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15, 12));
  const unit = openUnit(startInvocation(randomUUID()), orgId);
  post(unit, randomUUID(), {
    ...{ ownerId: uid, teamId: null, currency: 'USD', reason: 'earning' },
    ...{ expenseMinor: -amountMinor, pendingMinor: amountMinor, actor: 'test' },
    ...{ at: postedAt, postedAt },
  });
  await unit.commit();
}

/** Leaves word for somebody about a record, the newest last, as their workflows would. */
export async function tell(
  { orgId, uid }: Person,
  titles: readonly string[],
  about: { readonly recordType: string; readonly recordId: string },
): Promise<void> {
  const unit = openUnit(startInvocation(randomUUID()), orgId);
  const now = Date.now();
  for (const [index, title] of titles.entries()) {
    const at = new Date(now - titles.length + index);
    notify(unit, { id: randomUUID(), uid, kind: 'workflow', title, body: '', at, ...about });
  }
  await unit.commit();
}

/** What integrators do: the REST door with the person's ID token. */
export async function openApi({ email, password }: Person) {
  const token = await signIn(email, password);
  return {
    createDeal: async (deal: { title: string; value: number } & Record<string, unknown>) =>
      text(await send('POST', '/api/deals', token, deal), 'id'),
    invite: async (email: string, name: string) =>
      text(await send('POST', '/api/invitations', token, { email, name, role: 'rep' }), 'id'),
    createPlan: async (rateBps: number) =>
      send('POST', '/api/plans', token, {
        name: 'Commission',
        terms: { rules: [{ kind: 'percent', rateBps }], assignment: { everyone: true } },
      }),
    /** Any other command; answers the id of what it made or changed. */
    post: async (path: string, body: object) => text(await send('POST', path, token, body), 'id'),
    /** Defines a custom field, which has a key and no id. */
    defineField: (recordType: string, field: object) =>
      send('POST', `/api/settings/fields?recordType=${recordType}`, token, field),
    get: (path: string) => send('GET', path, token, undefined),
    patch: (path: string, body: object) => send('PATCH', path, token, body),
    getDeal: async (id: string) => send('GET', `/api/deals/${id}`, token, undefined),
  };
}

/** The link in the invitation's mail to an address, as the person would click it. */
export async function invitationLink(email: string): Promise<string> {
  const base = process.env.SPLITLINE_MAIL_URL;
  if (base === undefined || base === '') {
    throw new Error('SPLITLINE_MAIL_URL is not set: start these tests with npm test');
  }
  const mails: FakeMail[] = await (await fetch(new URL('/mails', base))).json();
  const mail = mails.findLast(({ to }) => to.includes(email));
  const link = /\S+\/accept-invitation#\S+/.exec(mail?.text ?? '')?.[0];
  if (link === undefined) throw new Error(`no invitation has come for ${email}`);
  return link;
}

/** The code in the latest link that sets a new password for an address. */
export async function resetCode(email: string): Promise<string> {
  const base = process.env.SPLITLINE_AUTH_URL;
  if (base === undefined || base === '') {
    throw new Error('SPLITLINE_AUTH_URL is not set: start these tests with npm test');
  }
  const path = '/emulator/v1/projects/demo-splitline/oobCodes';
  const { oobCodes }: OobCodes = await (await fetch(new URL(path, base))).json();
  const found = oobCodes.findLast((code) => {
    return code.email === email && code.requestType === 'PASSWORD_RESET';
  });
  if (found === undefined) throw new Error(`no password reset was asked for by ${email}`);
  return found.oobCode;
}

/** What the Auth emulator would have mailed. */
interface OobCodes {
  readonly oobCodes: readonly Readonly<Record<'email' | 'requestType' | 'oobCode', string>>[];
}

async function send(
  method: string,
  path: string,
  token: string | undefined,
  body: object | undefined,
): Promise<unknown> {
  const response = await fetch(pageUrl(path), {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

function text(answer: unknown, field: string): string {
  const value =
    typeof answer === 'object' && answer !== null
      ? Object.entries(answer).find(([name]) => name === field)?.[1]
      : undefined;
  if (typeof value !== 'string')
    throw new Error(`${field} is no text in ${JSON.stringify(answer)}`);
  return value;
}
