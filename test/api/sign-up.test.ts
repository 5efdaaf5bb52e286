import { describe, expect, it } from '@jest/globals';
import { signUpSchema } from '../../functions/src/modules/orgs/orgs.schema.ts';
import { firebaseAuth, firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { type Invocation, startInvocation } from '../../functions/src/platform/runtime.ts';
import { signUp } from '../../functions/src/workflows/sign-up.ts';
import { freshEmail } from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';
import { claimsOf, signIn } from '../support/tokens.ts';

/** The request that seed 001 documents, with an address of its own. */
function seedBody(email = freshEmail('john')) {
  return {
    name: 'John Doe',
    email,
    password: 'securePassword123',
    businessName: 'Acme Corp',
    industry: 'Technology',
  };
}

async function accountOf(email: string): Promise<string | undefined> {
  const { users } = await firebaseAuth().getUsers([{ email }]);
  return users[0]?.uid;
}

const doc = async (path: string) => (await firestore().doc(path).get()).data();

describe('POST /api/signup', () => {
  it('answers as documented', async () => {
    const { status, body } = await request('POST /api/signup', { body: seedBody() });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      userId: expect.stringMatching(/./),
      message: 'Account created successfully',
    });
  });

  it('stores the organisation, its first administrator and the default stages', async () => {
    const input = seedBody();
    const { body } = await request('POST /api/signup', { body: input });
    const orgId = textIn(body, 'orgId');
    const userId = textIn(body, 'userId');

    const bookkeeping = { version: 1, createdBy: userId, updatedBy: userId };
    expect(await doc(`orgs/${orgId}`)).toMatchObject({
      ...bookkeeping,
      ...{ name: 'Acme Corp', industry: 'Technology', currency: 'USD', timeZone: 'UTC' },
    });
    expect(await doc(`orgs/${orgId}/users/${userId}`)).toMatchObject({
      ...bookkeeping,
      ...{ name: 'John Doe', email: input.email, role: 'admin', active: true },
    });
    const stages = await firestore().collection(`orgs/${orgId}/stages`).orderBy('sortOrder').get();
    expect(stages.docs.map((stage) => stage.get('systemKey'))).toEqual([
      ...['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'],
    ]);
    expect(stages.docs.map((stage) => stage.get('kind'))).toEqual([
      ...['open', 'open', 'open', 'open', 'won', 'lost'],
    ]);
    expect(stages.docs[0]?.id).toBe('intake');
  });

  it('takes a currency and a time zone, and does without an industry', async () => {
    const { industry: _industry, ...input } = seedBody();
    const { status, body } = await request('POST /api/signup', {
      body: { ...input, currency: 'JPY', timeZone: 'Asia/Tokyo' },
    });
    expect(status).toBe(200);
    expect(await doc(`orgs/${textIn(body, 'orgId')}`)).toMatchObject({
      ...{ currency: 'JPY', timeZone: 'Asia/Tokyo', industry: null },
    });
  });

  it('lets the first sign-in work at once', async () => {
    const input = seedBody();
    const { body } = await request('POST /api/signup', { body: input });
    const token = await signIn(input.email, input.password);
    expect(claimsOf(token)).toMatchObject({ orgId: textIn(body, 'orgId') });
    expect(await request('GET /api/deals', { token })).toMatchObject({
      status: 200,
      body: { deals: [], total: 0 },
    });
  });

  it('refuses an address that has an account, however it is written', async () => {
    const input = seedBody();
    const { body } = await request('POST /api/signup', { body: input });
    for (const email of [input.email, input.email.toUpperCase(), ` ${input.email} `]) {
      const again = await request('POST /api/signup', { body: { ...input, email } });
      expect(again.status).toBe(400);
      expect(again.body).toMatchObject({ error: 'Email already exists', field: 'email' });
    }
    expect(await accountOf(input.email)).toBe(textIn(body, 'userId'));
    await signIn(input.email, input.password);
  });

  it('gives one organisation to five who come at once with one address', async () => {
    const input = seedBody();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => request('POST /api/signup', { body: input })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    const winner = answers.find(({ status }) => status === 200);
    const token = await signIn(input.email, input.password);
    expect(claimsOf(token)).toMatchObject({
      user_id: textIn(winner?.body, 'userId'),
      orgId: textIn(winner?.body, 'orgId'),
    });
    expect((await request('GET /api/deals', { token })).status).toBe(200);
  });

  it.each<[string, number, object]>([
    ['name', 400, { name: undefined }],
    ['name', 400, { name: 5 }],
    ['name', 422, { name: '' }],
    ['name', 422, { name: '  ' }],
    ['name', 422, { name: 'x'.repeat(201) }],
    ['name', 422, { name: 'a\nb' }],
    ['email', 400, { email: undefined }],
    ['email', 422, { email: 'john' }],
    ['email', 422, { email: 'john@' }],
    ['email', 422, { email: '' }],
    ['password', 400, { password: undefined }],
    ['password', 422, { password: 'short' }],
    ['password', 422, { password: 'x'.repeat(129) }],
    ['businessName', 400, { businessName: null }],
    ['businessName', 422, { businessName: '\u00a0' }],
    ['industry', 400, { industry: 5 }],
    ['industry', 422, { industry: '' }],
    ['currency', 422, { currency: 'XYZ' }],
    ['currency', 422, { currency: 'usd' }],
    ['timeZone', 422, { timeZone: 'Mars/Olympus' }],
    ['role', 400, { role: 'admin' }],
    ['orgId', 400, { orgId: 'somebody-elses' }],
  ])('refuses a bad %s with %d', async (field, status, change) => {
    const input = seedBody();
    const answer = await request('POST /api/signup', { body: { ...input, ...change } });
    expect(answer).toMatchObject({ status, body: { status, field } });
    expect(await accountOf(input.email)).toBeUndefined();
  });

  it('never repeats the password', async () => {
    const answer = await request('POST /api/signup', {
      body: { ...seedBody(), password: 'hunter2' },
    });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });
});

describe('what a crashed sign-up leaves behind', () => {
  const minutesLater = (minutes: number): Invocation => ({
    ...startInvocation(newId()),
    now: new Date(Date.now() + minutes * 60_000),
  });
  const abandon = async (email: string, orgId?: string) => {
    const { uid } = await firebaseAuth().createUser({ email, password: 'not their password' });
    if (orgId !== undefined) await firebaseAuth().setCustomUserClaims(uid, { orgId });
    return uid;
  };
  const parsed = (email: string) => signUpSchema.parse(seedBody(email));

  it.each([
    ['an account alone', undefined],
    ['an account with the name of an organisation that was never stored', newId()],
  ])('is replaced after ten minutes: %s', async (_what, orgId) => {
    const input = parsed(freshEmail('late'));
    const left = await abandon(input.email, orgId);
    const { userId } = await signUp(minutesLater(11), input);
    expect(userId).not.toBe(left);
    expect(await accountOf(input.email)).toBe(userId);
    await signIn(input.email, input.password);
  });

  it('is left alone before that: it may be a sign-up in progress', async () => {
    const input = parsed(freshEmail('early'));
    const left = await abandon(input.email);
    await expect(signUp(minutesLater(9), input)).rejects.toMatchObject({
      code: 'already-exists',
      field: 'email',
    });
    expect(await accountOf(input.email)).toBe(left);
  });

  it('is nothing like an account with a membership, however old', async () => {
    const input = parsed(freshEmail('member'));
    const { userId } = await signUp(minutesLater(0), input);
    await expect(signUp(minutesLater(60 * 24 * 365), input)).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await accountOf(input.email)).toBe(userId);
  });

  it('is no account when storing the organisation fails', async () => {
    const input = parsed(freshEmail('failing'));
    const ids = [newId()];
    const orgId = ids[0];
    // The stages' ids are no ids, so that the batch cannot be built.
    const ctx = { ...startInvocation(newId()), newId: () => ids.shift() ?? 'no/id' };
    await expect(signUp(ctx, input)).rejects.toThrow();
    expect(await accountOf(input.email)).toBeUndefined();
    expect(await doc(`orgs/${orgId}`)).toBeUndefined();
    await signUp(startInvocation(newId()), input);
  });
});
