import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRouter } from '../../functions/src/app/router.ts';
import { smtpClient } from '../../functions/src/integrations/email/email.client.ts';
import { sendDueInvitations } from '../../functions/src/modules/invitations/invitations.public.ts';
import { sendInvitation } from '../../functions/src/modules/invitations/send-invitation.ts';
import { firebaseAuth, firestore } from '../../functions/src/platform/firestore.ts';
import { acceptInvitation } from '../../functions/src/workflows/accept-invitation.ts';
import { addMember as addWithAccount } from '../../functions/src/workflows/add-member.ts';
import { contextOf } from '../support/context.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { invocationAt } from '../support/jobs.ts';
import { tokenIn, useMails } from '../support/mails.ts';
import {
  addMember,
  changeMember,
  createOrganisation,
  freshEmail,
  type Organisation,
} from '../support/organisation.ts';
import { createTeam, stored } from '../support/people.ts';
import { listIn, request, requestOf, textIn } from '../support/request.ts';
import { claimsOf, signIn } from '../support/tokens.ts';

const PASSWORD = 'a password of an invited person';
const DAY_MS = 24 * 60 * 60 * 1000;

const mails = useMails();
let org: Organisation;
let elsewhere: Organisation;
let admin: string;

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  admin = await org.admin.token();
});

const inDays = (days: number) => createRouter(() => invocationAt(later(days)));
const later = (days: number) => new Date(Date.now() + days * DAY_MS);

async function invite(fields: object = {}, token = admin) {
  const body = { email: freshEmail('invited'), name: 'Ina Invited', role: 'rep', ...fields };
  const answer = await request('POST /api/invitations', { token, body });
  return {
    ...answer,
    email: body.email,
    id: answer.status === 201 ? textIn(answer.body, 'id') : '',
  };
}

/** Invites somebody and answers the token in the mail they got. */
async function invitedToken(fields: object = {}) {
  const { email, id } = await invite(fields);
  return { email, id, token: tokenIn(await mails.newestTo(email)) };
}

const accept = (token: string, fields: object = {}) =>
  request('POST /api/invitations/accept', { body: { token, password: PASSWORD, ...fields } });

const storedInvitation = (id: string) => stored(org.orgId, `invitations/${id}`);

async function accountOf(email: string): Promise<string | undefined> {
  return (await firebaseAuth().getUsers([{ email }])).users[0]?.uid;
}

describe('POST /api/invitations', () => {
  it('stores the invitation without its token and sends the mail', async () => {
    const { status, body, email, id } = await invite({ role: 'manager' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ email, name: 'Ina Invited', role: 'manager', teamId: null, managedTeamIds: [] },
      ...{ status: 'pending', sentAt: expect.any(String), sendError: null },
    });
    const lifetimeMs =
      Date.parse(textIn(body, 'expiresAt')) - Date.parse(textIn(body, 'createdAt'));
    expect(lifetimeMs).toBe(7 * DAY_MS);
    const mail = await mails.newestTo(email);
    expect(mail.from).toBe('no-reply@example.test');
    expect(mail.subject).toMatch(/^You are invited to Test .* on Splitline$/);
    expect(mail.text).toContain('Hello Ina Invited');
    const token = tokenIn(mail);
    expect(JSON.stringify(await storedInvitation(id))).not.toContain(token.split('.')[2]);
    expect(JSON.stringify(body)).not.toContain('token');
  });

  it('shows the mail to a person with a browser', async () => {
    const { email } = await invite();
    const page = await (await fetch(mails.url())).text();
    expect(page).toContain(email);
    expect(page).toContain('<a href="https://app.example.test/accept-invitation#token=');
  });

  it.each([
    ['a member', () => org.rep.email],
    ['a deactivated member', () => org.deactivated.email],
  ])('refuses the address of %s', async (_what, email) => {
    expect(await invite({ email: email() })).toMatchObject({
      ...{ status: 409, body: { field: 'email' } },
    });
  });

  it('refuses an address with an open invitation, and takes it when that has expired', async () => {
    const { email } = await invite();
    expect(await invite({ email })).toMatchObject({ status: 409, body: { field: 'email' } });
    const body = { email, name: 'Ina', role: 'rep' };
    const again = await requestOf(inDays(8), 'POST /api/invitations', { token: admin, body });
    expect(again.status).toBe(201);
  });

  it('does not tell that an address belongs to a member of another organisation', async () => {
    expect((await invite({ email: elsewhere.rep.email })).status).toBe(201);
  });

  it.each([
    ['no name', { name: undefined }, 400, 'name'],
    ['an unknown role', { role: 'boss' }, 422, 'role'],
    ['no e-mail address', { email: 'nobody' }, 422, 'email'],
    ['an unknown team', { teamId: 'absent' }, 422, 'teamId'],
    ['a managed team for a rep', { managedTeamIds: ['absent'] }, 422, 'managedTeamIds'],
    [
      'an unknown managed team',
      { role: 'manager', managedTeamIds: ['absent'] },
      422,
      'managedTeamIds',
    ],
    ['a surplus field', { orgId: 'other' }, 400, 'orgId'],
  ])('refuses %s', async (_what, fields, status, field) => {
    expect(await invite(fields)).toMatchObject({ status, body: { field } });
  });

  it('takes a team of another organisation for an absent one', async () => {
    const foreign = await createTeam(await elsewhere.admin.token(), 'Foreign');
    expect(await invite({ teamId: foreign })).toMatchObject({
      ...{ status: 422, body: { field: 'teamId' } },
    });
  });

  it.each(['manager', 'rep'] as const)('is not for a %s, nor is the list', async (role) => {
    const token = await org[role].token();
    const { id } = await invite();
    const answers = await Promise.all([
      invite({}, token),
      request('GET /api/invitations', { token }),
      request(`GET /api/invitations/${id}`, { token }),
      request(`POST /api/invitations/${id}/resend`, { token }),
      request(`DELETE /api/invitations/${id}`, { token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  it('sends one mail for a request that is repeated under its Idempotency-Key', async () => {
    const email = freshEmail('once');
    const body = { email, name: 'Ina', role: 'rep' };
    const headers = { 'Idempotency-Key': email };
    const first = await request('POST /api/invitations', { token: admin, body, headers });
    const second = await request('POST /api/invitations', { token: admin, body, headers });
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(await mails.to(email)).toHaveLength(1);
  });
});

describe('GET /api/invitations', () => {
  it('lists them by status, the newest first, and none of another organisation', async () => {
    const own = await createOrganisation();
    const token = await own.admin.token();
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push((await invite({}, token)).id);
    await request(`DELETE /api/invitations/${ids[1]}`, { token });
    const all = await request('GET /api/invitations', { token });
    expect(listIn(all.body, 'invitations').map((each) => textIn(each, 'id'))).toEqual(
      ids.toReversed(),
    );
    const open = await request('GET /api/invitations?status=pending', { token });
    expect(listIn(open.body, 'invitations')).toHaveLength(2);
    const page = await request('GET /api/invitations?limit=2', { token });
    const cursor = textIn(page.body, 'nextCursor');
    const rest = await request(`GET /api/invitations?limit=2&cursor=${cursor}`, { token });
    expect(listIn(rest.body, 'invitations').map((each) => textIn(each, 'id'))).toEqual([ids[0]]);
  });

  it('shows what has expired', async () => {
    const { id } = await invite();
    const answer = await requestOf(inDays(8), `GET /api/invitations/${id}`, { token: admin });
    expect(answer.body).toMatchObject({ status: 'expired' });
  });

  it('answers one of another organisation like an absent one, whatever is asked', async () => {
    const foreign = (await invite({}, await elsewhere.admin.token())).id;
    for (const line of ['GET /api/invitations/X', 'DELETE /api/invitations/X']) {
      const there = await request(line.replace('X', foreign), { token: admin });
      const absent = await request(line.replace('X', 'absent'), { token: admin });
      expect([there.status, absent.status]).toEqual([404, 404]);
      expect(textIn(there.body, 'error').replace(foreign, 'absent')).toBe(
        textIn(absent.body, 'error'),
      );
    }
    const resend = await request(`POST /api/invitations/${foreign}/resend`, { token: admin });
    expect(resend.status).toBe(404);
  });
});

describe('POST /api/invitations/accept', () => {
  it('makes the account and the member, who then gets in', async () => {
    const team = await createTeam(admin, 'Inviting');
    const managed = { role: 'manager', teamId: team, managedTeamIds: [team] };
    const { email, id, token } = await invitedToken(managed);
    const { status, body } = await accept(token, { name: 'Ina Herself' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ success: true, orgId: org.orgId, email });
    const userId = textIn(body, 'userId');
    expect(await stored(org.orgId, `users/${userId}`)).toMatchObject({
      ...{ name: 'Ina Herself', email, ...managed, active: true, version: 1, createdBy: userId },
    });
    expect(await storedInvitation(id)).toMatchObject({
      ...{ status: 'accepted', userId, nextSendAt: null },
    });
    const idToken = await signIn(email, PASSWORD);
    expect(claimsOf(idToken)).toMatchObject({ orgId: org.orgId });
    expect((await request('GET /api/users', { token: idToken })).status).toBe(200);
  });

  it('is refused the second time', async () => {
    const { token } = await invitedToken();
    expect((await accept(token)).status).toBe(201);
    const second = await accept(token, { password: 'another password' });
    expect(second).toMatchObject({ status: 422, body: { field: 'token' } });
    expect(textIn(second.body, 'error')).toMatch(/accepted already/);
  });

  it('makes one member of ten acceptances at once', async () => {
    const { email, token } = await invitedToken();
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(token)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(new Set(statuses.filter((status) => status !== 201))).toEqual(new Set([422]));
    const found = await firestore()
      .collection(`orgs/${org.orgId}/users`)
      .where('email', '==', email)
      .get();
    expect(found.size).toBe(1);
    const idToken = await signIn(email, PASSWORD);
    expect((await request('GET /api/users', { token: idToken })).status).toBe(200);
  });

  it('is refused when the invitation was revoked, and no account is left', async () => {
    const { email, id, token } = await invitedToken();
    const revoked = await request(`DELETE /api/invitations/${id}`, { token: admin });
    expect(revoked).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect(await accept(token)).toMatchObject({ status: 422, body: { field: 'token' } });
    expect(await accountOf(email)).toBeUndefined();
    expect((await request(`DELETE /api/invitations/${id}`, { token: admin })).status).toBe(200);
    const resend = await request(`POST /api/invitations/${id}/resend`, { token: admin });
    expect(resend.status).toBe(422);
  });

  it('is refused when the invitation has expired, and works again when it is resent', async () => {
    const { email, id, token } = await invitedToken();
    const body = { token, password: PASSWORD };
    const late = await requestOf(inDays(7.01), 'POST /api/invitations/accept', { body });
    expect(late).toMatchObject({ status: 422, body: { field: 'token' } });
    expect(textIn(late.body, 'error')).toMatch(/expired/);
    expect(await accountOf(email)).toBeUndefined();
    await requestOf(inDays(8), `POST /api/invitations/${id}/resend`, { token: admin });
    const fresh = { token: tokenIn(await mails.newestTo(email)), password: PASSWORD };
    const again = await requestOf(inDays(9), 'POST /api/invitations/accept', { body: fresh });
    expect(again.status).toBe(201);
  });

  it('takes only the newest link after a resend', async () => {
    const { email, id, token } = await invitedToken();
    const resent = await request(`POST /api/invitations/${id}/resend`, { token: admin });
    expect(resent).toMatchObject({ status: 200, body: { status: 'pending' } });
    const newest = tokenIn(await mails.newestTo(email));
    expect(newest).not.toBe(token);
    expect(await accept(token)).toMatchObject({ status: 422, body: { field: 'token' } });
    expect((await accept(newest)).status).toBe(201);
    const late = await request(`POST /api/invitations/${id}/resend`, { token: admin });
    expect(late.status).toBe(422);
  });

  it('answers one and the same to every token that opens nothing', async () => {
    const { id, token } = await invitedToken();
    const [, , proof] = token.split('.');
    const tokens = [
      'nonsense',
      `${org.orgId}.absent.${proof}`,
      `${org.orgId}.${id}.${proof?.slice(1)}x`,
      `${elsewhere.orgId}.${id}.${proof}`,
      `${org.orgId}/users.${id}.${proof}`,
      `..${id}.${proof}`,
      `${token}.more`,
    ];
    const answers = await Promise.all(tokens.map((each) => accept(each)));
    for (const { status, body } of answers) {
      expect(status).toBe(422);
      expect(textIn(body, 'error')).toBe('token: use the newest link you were sent');
    }
    expect(await storedInvitation(id)).toMatchObject({ status: 'pending' });
  });

  it.each([
    ['a short password', { password: 'short' }, 422, 'password'],
    ['no password', { password: undefined }, 400, 'password'],
    ['an empty name', { name: '' }, 422, 'name'],
    ['a role', { role: 'admin' }, 400, 'role'],
    ['another address', { email: 'me@example.com' }, 400, 'email'],
  ])('refuses %s and leaves the invitation open', async (_what, fields, status, field) => {
    const { id, token } = await invitedToken();
    expect(await accept(token, fields)).toMatchObject({ status, body: { field } });
    expect(await storedInvitation(id)).toMatchObject({ status: 'pending' });
  });

  it('is refused when the team is gone, and leaves no account', async () => {
    const team = await createTeam(admin, 'Short-lived');
    const { email, id, token } = await invitedToken({ teamId: team });
    await request(`DELETE /api/teams/${team}`, { token: admin });
    expect(await accept(token)).toMatchObject({ status: 422, body: { field: 'teamId' } });
    expect(await accountOf(email)).toBeUndefined();
    expect(await storedInvitation(id)).toMatchObject({ status: 'pending' });
  });

  describe('with an address that has an account', () => {
    async function accountWithout(): Promise<{ email: string; uid: string }> {
      const email = freshEmail('known');
      const { uid } = await firebaseAuth().createUser({ email, password: PASSWORD });
      return { email, uid };
    }

    it('attaches the account when its password is given', async () => {
      const { email, uid } = await accountWithout();
      const { token } = await invitedToken({ email });
      expect(await accept(token)).toMatchObject({ status: 201, body: { userId: uid } });
      expect(claimsOf(await signIn(email, PASSWORD))).toMatchObject({ orgId: org.orgId });
    });

    it('refuses another password, and leaves account and invitation as they were', async () => {
      const { email, uid } = await accountWithout();
      const { id, token } = await invitedToken({ email });
      const wrong = await accept(token, { password: 'somebody else’s guess' });
      expect(wrong).toMatchObject({ status: 422, body: { field: 'password' } });
      expect((await firebaseAuth().getUser(uid)).customClaims).toBeUndefined();
      expect(await storedInvitation(id)).toMatchObject({ status: 'pending' });
      expect((await accept(token)).status).toBe(201);
    });

    it('takes its claim back when the commit is refused', async () => {
      const { email, uid } = await accountWithout();
      const team = await createTeam(admin, 'Gone in time');
      const { token } = await invitedToken({ email, teamId: team });
      await request(`DELETE /api/teams/${team}`, { token: admin });
      expect((await accept(token)).status).toBe(422);
      expect((await firebaseAuth().getUser(uid)).customClaims ?? {}).toEqual({});
    });

    it('refuses an active member of another organisation', async () => {
      const { email, password, uid } = elsewhere.rep;
      await elsewhere.rep.token();
      const { token } = await invitedToken({ email });
      const answer = await accept(token, { password });
      expect(answer).toMatchObject({ status: 422, body: { field: 'email' } });
      expect(await stored(org.orgId, `users/${uid}`)).toBeUndefined();
      expect((await firebaseAuth().getUser(uid)).customClaims).toEqual({ orgId: elsewhere.orgId });
    });

    it('lets somebody in who has left another organisation, which cannot call them back', async () => {
      const person = await addMember(elsewhere.orgId, 'mover');
      await person.token();
      await changeMember(elsewhere.orgId, person.uid, { active: false });
      const { token } = await invitedToken({ email: person.email });
      expect((await accept(token, { password: person.password })).status).toBe(201);
      const back = await request(`POST /api/users/${person.uid}/reactivate`, {
        token: await elsewhere.admin.token(),
      });
      expect(back.status).toBe(422);
      const idToken = await signIn(person.email, person.password);
      expect(claimsOf(idToken)).toMatchObject({ orgId: org.orgId });
    });
  });

  it('is complete after a second attempt, wherever the first was killed', async () => {
    for (let call = 1; ; call += 1) {
      const { email, token } = await invitedToken();
      const meter = new DyingMeter(call, call % 2 === 0 ? 'before' : 'after');
      const ctx = invocationAt(new Date(), { meter });
      const input = { token, password: PASSWORD };
      const outcome = await acceptInvitation(ctx, input).catch((error: unknown) => error);
      if (!(outcome instanceof Killed)) break;
      const again = await accept(token, { password: 'the second password' });
      expect([201, 422]).toContain(again.status);
      const uid = (await accountOf(email)) ?? '';
      expect(await stored(org.orgId, `users/${uid}`)).toMatchObject({ email, active: true });
      const password = again.status === 201 ? 'the second password' : PASSWORD;
      const idToken = await signIn(email, password);
      expect((await request('GET /api/users', { token: idToken })).status).toBe(200);
    }
    expect.hasAssertions();
  });
});

describe('the mail', () => {
  it('is sent by the schedule when the server was busy', async () => {
    mails.fail('busy');
    const { email, id, body, status } = await invite();
    expect(status).toBe(201);
    expect(body).toMatchObject({ sentAt: null, sendError: expect.stringMatching(/trying again/) });
    expect(await mails.to(email)).toHaveLength(0);
    await sendDueInvitations(invocationAt(new Date(Date.now() + 4 * 60_000)), smtpClient);
    expect(await mails.to(email)).toHaveLength(0);
    await sendDueInvitations(invocationAt(new Date(Date.now() + 6 * 60_000)), smtpClient);
    expect(await mails.to(email)).toHaveLength(1);
    expect(await storedInvitation(id)).toMatchObject({
      ...{ sendError: null, nextSendAt: null, sendAttempts: 2 },
    });
    await sendDueInvitations(invocationAt(new Date(Date.now() + 60 * 60_000)), smtpClient);
    expect(await mails.to(email)).toHaveLength(1);
    expect((await accept(tokenIn(await mails.newestTo(email)))).status).toBe(201);
  });

  it('is not tried again when the address is refused for good, until it is resent', async () => {
    mails.fail('refuse');
    const { email, id, body } = await invite();
    expect(body).toMatchObject({ sentAt: null, sendError: `The mail server refused ${email}` });
    expect(await storedInvitation(id)).toMatchObject({ nextSendAt: null });
    const resent = await request(`POST /api/invitations/${id}/resend`, { token: admin });
    expect(resent.body).toMatchObject({ sentAt: expect.any(String), sendError: null });
    expect(await mails.to(email)).toHaveLength(1);
  });

  it('carries the same token and id when it is sent twice, and both links work', async () => {
    mails.fail('drop');
    const { email } = await invite();
    await sendDueInvitations(invocationAt(new Date(Date.now() + 6 * 60_000)), smtpClient);
    const [first, second, ...more] = await mails.to(email);
    if (first === undefined || second === undefined) throw new Error('two mails were expected');
    expect(more).toEqual([]);
    expect(second.messageId).toBe(first.messageId);
    expect(tokenIn(second)).toBe(tokenIn(first));
    expect((await accept(tokenIn(first))).status).toBe(201);
  });

  it('is sent wherever the request was killed', async () => {
    const { id, email } = await invite();
    for (let call = 1; call <= 4; call += 1) {
      await request(`POST /api/invitations/${id}/resend`, { token: admin });
      // As it was before the request came to sending it.
      const due = new Date(Date.now() - 1000);
      const ref = firestore().doc(`orgs/${org.orgId}/invitations/${id}`);
      await ref.update({ nextSendAt: due, sentAt: null });
      const sent = (await mails.to(email)).length;
      const meter = new DyingMeter(call, call % 2 === 0 ? 'before' : 'after');
      const dying = invocationAt(new Date(), { meter });
      await sendInvitation(dying, smtpClient, org.orgId, id).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      await sendDueInvitations(invocationAt(new Date()), smtpClient);
      expect((await mails.to(email)).length).toBeGreaterThan(sent);
      expect((await ref.get()).get('nextSendAt')).toBeNull();
    }
  });

  it('is not sent in the clear unless that is allowed', async () => {
    process.env.SMTP_TLS = 'required';
    try {
      const { email, body } = await invite();
      expect(body).toMatchObject({ sentAt: null, sendError: expect.any(String) });
      expect(await mails.to(email)).toHaveLength(0);
    } finally {
      process.env.SMTP_TLS = 'none';
    }
  });

  it('does not keep an invitation from being made when no server is set', async () => {
    const host = process.env.SMTP_HOST;
    process.env.SMTP_HOST = '';
    try {
      const { status, body } = await invite();
      expect(status).toBe(201);
      expect(body).toMatchObject({ sentAt: null, sendError: expect.any(String) });
    } finally {
      process.env.SMTP_HOST = host;
    }
  });
});

describe('adding a member without an invitation', () => {
  const person = () => ({
    ...{ email: freshEmail('added'), name: 'Adda', password: PASSWORD },
    ...{ role: 'rep' as const, teamId: null, managedTeamIds: [] },
  });

  it('makes account and member', async () => {
    const member = person();
    const { userId } = await addWithAccount(contextOf(org.admin.principal), member);
    expect(await stored(org.orgId, `users/${userId}`)).toMatchObject({
      ...{ email: member.email, createdBy: org.admin.uid },
    });
    const token = await signIn(member.email, PASSWORD);
    expect((await request('GET /api/users', { token })).status).toBe(200);
  });

  it('is refused for an unknown team, and leaves no account', async () => {
    const member = { ...person(), teamId: 'absent' };
    const adding = addWithAccount(contextOf(org.admin.principal), member);
    await expect(adding).rejects.toMatchObject({ field: 'teamId' });
    expect(await accountOf(member.email)).toBeUndefined();
  });

  it('is for administrators', async () => {
    const adding = addWithAccount(contextOf(org.manager.principal), person());
    await expect(adding).rejects.toMatchObject({ code: 'permission-denied' });
  });
});
