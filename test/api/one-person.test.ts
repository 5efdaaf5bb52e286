import { afterAll, beforeAll, expect, it } from '@jest/globals';
import functionsTest from 'firebase-functions-test';
import { createContact } from '../../functions/src/app/callables.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { as } from '../support/as.ts';
import { driveJob, storedJob } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { platformSetting } from '../support/platform.ts';
import { textIn } from '../support/request.ts';

const BY_REST = 70;
const BY_CALLABLE = 70;
const IMPORTS = 6;
const ROWS_EACH = 10;

const { wrap, cleanup } = functionsTest({ projectId: platformSetting('GCLOUD_PROJECT') });
afterAll(cleanup);
const callable = wrap(createContact);

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
  await Promise.all([org.admin.token(), org.rep.token()]);
});

type Person = { readonly firstName: string; readonly email: string; readonly phone: string };
type Outcome = 'created' | 'refused';

async function byRest(person: Person): Promise<Outcome[]> {
  const answer = await as(org.rep, 'POST /api/contacts', person);
  if (answer.status === 201) return ['created'];
  expect(answer).toMatchObject({ status: 409, body: { code: 'ALREADY_EXISTS' } });
  return ['refused'];
}

async function byCallable(data: Person): Promise<Outcome[]> {
  const { uid, principal } = org.rep2;
  const auth: unknown = { uid, token: { orgId: principal.orgId }, rawToken: '' };
  try {
    await Reflect.apply(callable, undefined, [{ data, auth }]);
    return ['created'];
  } catch (error) {
    expect(error).toMatchObject({ code: 'already-exists', details: { code: 'already-exists' } });
    return ['refused'];
  }
}

async function uploadRows({ firstName, email, phone }: Person): Promise<string> {
  const rows = Array.from({ length: ROWS_EACH }, () => `${firstName},${email},${phone}`);
  const csv = ['firstName,email,phone', ...rows, ''].join('\n');
  const upload = await as(org.admin, 'POST /api/imports', { recordType: 'contact', csv });
  return textIn(upload.body, 'importId');
}

async function byImport(importId: string): Promise<Outcome[]> {
  const order = { options: { onDuplicate: 'error' } };
  const answer = await as(org.admin, `POST /api/imports/${importId}/commit`, order);
  const jobId = textIn(answer.body, 'jobId');
  await driveJob(org.orgId, jobId);
  const { counts, errors, failed } = await storedJob(org.orgId, jobId);
  expect(errors).toHaveLength(failed);
  for (const { field } of errors) expect(['email', 'phone']).toContain(field);
  const created = counts.created ?? 0;
  return [
    ...Array.from({ length: created }, (): Outcome => 'created'),
    ...Array.from({ length: failed }, (): Outcome => 'refused'),
  ];
}

it('is made once, whoever of 200 by REST, callable and CSV comes first', async () => {
  const person = { firstName: 'Ada', email: 'ada@example.com', phone: '+4930901824' };
  const importIds = await Promise.all(Array.from({ length: IMPORTS }, () => uploadRows(person)));
  const outcomes = await Promise.all([
    ...importIds.map(byImport),
    ...Array.from({ length: BY_REST }, () => byRest(person)),
    ...Array.from({ length: BY_CALLABLE }, () => byCallable(person)),
  ]);
  const all = outcomes.flat();
  expect(all).toHaveLength(BY_REST + BY_CALLABLE + IMPORTS * ROWS_EACH);
  expect(all.filter((outcome) => outcome === 'created')).toHaveLength(1);

  const contacts = await firestore().collection(`orgs/${org.orgId}/contacts`).get();
  expect(contacts.docs.map((doc) => doc.get('email'))).toEqual([person.email]);
  const claims = await firestore().collection(`orgs/${org.orgId}/claims`).get();
  const [contact] = contacts.docs;
  expect(claims.docs.map((doc) => doc.get('recordId'))).toEqual([contact?.id, contact?.id]);
  expect(claims.docs.map((doc) => doc.get('kind')).sort()).toEqual(['email', 'phone']);
}, 120_000);
