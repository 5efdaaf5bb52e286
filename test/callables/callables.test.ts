import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import {
  connectAuthEmulator,
  initializeAuth,
  inMemoryPersistence,
  signInWithEmailAndPassword,
} from 'firebase/auth';
import { connectFunctionsEmulator, getFunctions, httpsCallable } from 'firebase/functions';
import { newId } from '../../functions/src/platform/ids.ts';
import { REGION } from '../../functions/src/platform/params.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import {
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { platformSetting } from '../support/platform.ts';
import { textIn } from '../support/request.ts';

let org: Organisation;
const apps = new Map<string, FirebaseApp>();
beforeAll(async () => {
  org = await createOrganisation();
});
afterAll(async () => {
  await Promise.all([...apps.values()].map((app) => deleteApp(app)));
});

/** Calls a function with the client's SDK, signed in as somebody or as nobody. */
async function call(person: Member | undefined, name: string, data: unknown): Promise<unknown> {
  const key = person?.uid ?? 'anonymous';
  const app = apps.get(key) ?? (await openApp(person, key));
  apps.set(key, app);
  const ask = httpsCallable<unknown, unknown>(getFunctions(app, REGION), name);
  return (await ask(data)).data;
}

async function openApp(person: Member | undefined, name: string): Promise<FirebaseApp> {
  const app = initializeApp({ projectId: platformSetting('GCLOUD_PROJECT'), apiKey: 'demo' }, name);
  const { hostname, port } = new URL(platformSetting('SPLITLINE_FUNCTIONS_URL'));
  connectFunctionsEmulator(getFunctions(app, REGION), hostname, Number(port));
  const auth = initializeAuth(app, { persistence: inMemoryPersistence });
  connectAuthEmulator(auth, `http://${platformSetting('FIREBASE_AUTH_EMULATOR_HOST')}`, {
    disableWarnings: true,
  });
  if (person !== undefined) {
    // The account comes with the first token.
    await person.token();
    await signInWithEmailAndPassword(auth, person.email, person.password);
  }
  return app;
}

const newDeal = { title: 'Mobile App Development', value: { amountMinor: 5_000_000 } };

describe('createDeal', () => {
  it('creates what REST would, and answers the new state', async () => {
    const state = await call(org.rep, 'createDeal', { ...newDeal, stage: 'QUALIFIED' });
    expect(state).toEqual({
      ...{ id: expect.any(String), version: 1, probability: 25 },
      stageId: org.stages.QUALIFIED,
    });
    expect(await storedDeal(org.orgId, textIn(state, 'id'))).toMatchObject({
      ...{ title: newDeal.title, valueMinor: 5_000_000, currency: 'USD', ownerId: org.rep.uid },
    });
  });

  it('takes major units as well', async () => {
    const value = { amountMajor: 12.34, currency: 'EUR' };
    const state = await call(org.rep, 'createDeal', { title: 'A', value });
    expect(await storedDeal(org.orgId, textIn(state, 'id'))).toMatchObject({
      ...{ valueMinor: 1_234, currency: 'EUR' },
    });
  });

  it.each<[string, unknown, string, string | null]>([
    ['no data', null, 'malformed', null],
    ['no title', { value: newDeal.value }, 'malformed', 'title'],
    ['a field too many', { ...newDeal, orgId: 'x' }, 'malformed', 'orgId'],
    ['an empty title', { ...newDeal, title: '' }, 'invalid-argument', 'title'],
    ['an unknown stage', { ...newDeal, stage: 'nowhere' }, 'invalid-argument', 'stage'],
  ])('refuses %s', async (_what, data, code, field) => {
    await expect(call(org.rep, 'createDeal', data)).rejects.toMatchObject({
      code: 'functions/invalid-argument',
      details: { code, field, requestId: expect.stringMatching(/./) },
    });
  });

  it('refuses a deal for somebody else', async () => {
    const data = { ...newDeal, ownerId: org.colleague.uid };
    await expect(call(org.rep, 'createDeal', data)).rejects.toMatchObject({
      code: 'functions/permission-denied',
    });
  });
});

describe('moveDealStage', () => {
  const fresh = () => storeDeal(org.orgId, dealOf(org.rep.principal));

  it('moves the deal and answers its new state', async () => {
    const dealId = await fresh();
    const state = await call(org.rep, 'moveDealStage', { dealId, stage: 'NEGOTIATION' });
    expect(state).toEqual({
      ...{ id: dealId, version: 2, stageId: org.stages.NEGOTIATION, probability: 75 },
    });
    expect(await storedDeal(org.orgId, dealId)).toMatchObject({ stageKey: 'NEGOTIATION' });
  });

  it('answers of a deal of others as of an absent one', async () => {
    const dealId = await fresh();
    for (const id of [dealId, newId()]) {
      const move = call(org.colleague, 'moveDealStage', { dealId: id, stage: 'LEAD' });
      await expect(move).rejects.toMatchObject({
        code: 'functions/not-found',
        message: `Deal with ID '${id}' does not exist or is not visible to you`,
      });
    }
    expect((await storedDeal(org.orgId, dealId))?.version).toBe(1);
  });
});

describe('a callable', () => {
  it('is closed to nobody in particular', async () => {
    await expect(call(undefined, 'createDeal', newDeal)).rejects.toMatchObject({
      code: 'functions/unauthenticated',
    });
  });

  it('is closed from the moment of deactivation on', async () => {
    const { orgId, colleague } = org;
    await call(colleague, 'createDeal', newDeal);
    await changeMember(orgId, colleague.uid, { active: false });
    await expect(call(colleague, 'createDeal', newDeal)).rejects.toMatchObject({
      code: 'functions/permission-denied',
    });
    await changeMember(orgId, colleague.uid, { active: true });
  });

  it('that is unknown is not found', async () => {
    await expect(call(org.rep, 'payEverybody', {})).rejects.toMatchObject({
      code: 'functions/not-found',
    });
  });
});
