import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { jobRunner } from '../../functions/src/app/job-handlers.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import { companySchema } from '../../functions/src/modules/companies/companies.schema.ts';
import {
  type Contact,
  contactSchema,
} from '../../functions/src/modules/contacts/contacts.schema.ts';
import { dealSchema } from '../../functions/src/modules/deals/deals.schema.ts';
import { importedId } from '../../functions/src/modules/imports/imports.public.ts';
import {
  type JobRunner,
  jobHandler,
  runJobChunk,
} from '../../functions/src/modules/jobs/jobs.public.ts';
import { leadSchema } from '../../functions/src/modules/leads/leads.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { importJobInputSchema, importStep } from '../../functions/src/workflows/import-records.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { driveJob, invocationAt, runJobToEnd, storedJob } from '../support/jobs.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { type Answer, listIn, request, textIn } from '../support/request.ts';

const LEASE_OVER_MS = 7 * 60 * 1000;
const MIB = 1024 * 1024;
const router = createRouter();

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

let serial = 0;
/** Part of an address that no other test uses. */
function fresh(): string {
  serial += 1;
  return `p${process.pid}-${Date.now()}-${serial}`;
}

async function upload(
  recordType: string,
  csv: string,
  member: Member = org.admin,
): Promise<Answer> {
  return request('POST /api/imports', { token: await member.token(), body: { recordType, csv } });
}

async function uploaded(recordType: string, csv: string, member: Member = org.admin) {
  const answer = await upload(recordType, csv, member);
  expect(answer).toMatchObject({ status: 201 });
  return textIn(answer.body, 'importId');
}

async function order(verb: string, importId: string, body: unknown, member: Member = org.admin) {
  return request(`POST /api/imports/${importId}/${verb}`, { token: await member.token(), body });
}

/** Uploads, commits and runs to the end; answers the import and its job. */
async function imported(
  recordType: string,
  csv: string,
  plan: object = {},
  member: Member = org.admin,
) {
  const importId = await uploaded(recordType, csv, member);
  const answer = await order('commit', importId, plan, member);
  expect(answer).toMatchObject({ status: 200 });
  const jobId = textIn(answer.body, 'jobId');
  await driveJob(org.orgId, jobId);
  return { importId, job: await storedJob(org.orgId, jobId) };
}

async function undone(importId: string, member: Member = org.admin) {
  const answer = await order('undo', importId, undefined, member);
  expect(answer).toMatchObject({ status: 200 });
  const jobId = textIn(answer.body, 'jobId');
  await driveJob(org.orgId, jobId);
  return storedJob(org.orgId, jobId);
}

async function read(collection: string, importId: string, row: number): Promise<unknown> {
  const path = `orgs/${org.orgId}/${collection}/${importedId(importId, row)}`;
  return timestampsToDates((await firestore().doc(path).get()).data());
}

async function contactOf(importId: string, row: number): Promise<Contact> {
  return contactSchema.parse(await read('contacts', importId, row));
}

async function contactsWith(email: string): Promise<(Contact & { id: string })[]> {
  const { docs } = await firestore()
    .collection(`orgs/${org.orgId}/contacts`)
    .where('email', '==', email)
    .get();
  return docs.map((doc) => ({ ...contactSchema.parse(timestampsToDates(doc.data())), id: doc.id }));
}

/** How many documents there are below the organisation, by collection. */
async function documentsOf(orgId: string): Promise<Record<string, number>> {
  const collections = await firestore().doc(`orgs/${orgId}`).listCollections();
  const counts = await Promise.all(
    collections.map(
      async (collection) => [collection.id, (await collection.count().get()).data().count] as const,
    ),
  );
  return Object.fromEntries(counts);
}

async function sendForm(
  path: string,
  parts: Record<string, string | Blob>,
  member: Member,
  headers: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'people.csv');
  }
  const response = await router.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await member.token()}`, ...headers },
      body: form,
    }),
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe('an upload', () => {
  it('answers the columns, the guessed mapping and sample rows', async () => {
    const csv = 'First Name;E-mail;Shoe size\nAda;ada@example.com;38\nBob;bob@example.com;44\n';
    expect(await upload('contact', csv)).toMatchObject({
      status: 201,
      body: {
        recordType: 'contact',
        rows: 2,
        columns: ['First Name', 'E-mail', 'Shoe size'],
        mapping: [
          { column: 'First Name', field: 'firstName' },
          { column: 'E-mail', field: 'email' },
        ],
        sampleRows: [
          ['Ada', 'ada@example.com', '38'],
          ['Bob', 'bob@example.com', '44'],
        ],
      },
    });
  });

  it('is taken as a form as well', async () => {
    const file = new Blob(['\uFEFFname,domain\r\nAcme,acme.example\r\n'], { type: 'text/csv' });
    const answer = await sendForm('/api/imports', { file, recordType: 'company' }, org.admin);
    expect(answer).toMatchObject({ status: 201, body: { rows: 1, columns: ['name', 'domain'] } });
  });

  it('is listed for whoever made it, and shown with the beginning of its file', async () => {
    const older = await uploaded('company', 'name\nAcme\n', org.rep);
    const newer = await uploaded('contact', 'First name,Shoes\nAda,38\nBob,44\n', org.rep);
    const token = await org.rep.token();
    const first = await request('GET /api/imports?limit=1', { token });
    expect(first).toMatchObject({ status: 200, body: { imports: [{ id: newer }] } });
    const cursor = textIn(first.body, 'nextCursor');
    expect(await request(`GET /api/imports?cursor=${cursor}`, { token })).toMatchObject({
      body: { imports: [{ id: older, recordType: 'company', jobId: null }], nextCursor: null },
    });
    expect(await request(`GET /api/imports/${newer}`, { token })).toMatchObject({
      status: 200,
      body: {
        ...{ id: newer, recordType: 'contact', rows: 2, columns: ['First name', 'Shoes'] },
        mapping: [{ column: 'First name', field: 'firstName' }],
        sampleRows: [
          ['Ada', '38'],
          ['Bob', '44'],
        ],
      },
    });
    const others = { token: await org.rep2.token() };
    expect((await request('GET /api/imports', others)).body).toMatchObject({ imports: [] });
    expect((await request(`GET /api/imports/${newer}`, others)).status).toBe(404);
  });

  it('is one upload when it is repeated with its Idempotency-Key', async () => {
    const file = new Blob(['name\nAcme\n']);
    const headers = {
      'Idempotency-Key': fresh(),
      'Content-Type': 'multipart/form-data; boundary=xx',
    };
    const body = `--xx\r\nContent-Disposition: form-data; name="recordType"\r\n\r\ncompany\r\n--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${await file.text()}\r\n--xx--\r\n`;
    const send = async () =>
      request('POST /api/imports', { token: await org.admin.token(), headers, body });
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(textIn(second.body, 'importId')).toBe(textIn(first.body, 'importId'));
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
  });

  it.each([false, true])(
    'that is not UTF-8 is refused (with an Idempotency-Key: %s)',
    async (withKey) => {
      const before = await documentsOf(org.orgId);
      const file = new Blob([Buffer.from('name\nZo\u00eb\n', 'latin1')]);
      const headers: Record<string, string> = withKey ? { 'Idempotency-Key': fresh() } : {};
      const answer = await sendForm(
        '/api/imports',
        { file, recordType: 'company' },
        org.admin,
        headers,
      );
      expect(answer).toMatchObject({ status: 415, body: { field: 'file' } });
      expect(await documentsOf(org.orgId)).toEqual(before);
    },
  );

  it('may be large, up to 10 MiB with its envelope, and not a byte more', async () => {
    const token = await org.admin.token();
    const row = `Acme,${'x'.repeat(993)}\n`;
    const bodyOf = (bytes: number) => {
      const rows = row.repeat(Math.floor((bytes - 100) / (row.length + 1)));
      return JSON.stringify({ recordType: 'company', csv: `name,note\n${rows}` }).padEnd(
        bytes,
        ' ',
      );
    };
    expect(await request('POST /api/imports', { token, body: bodyOf(10 * MIB + 1) })).toMatchObject(
      { status: 413 },
    );
    expect(await request('POST /api/deals', { token, body: bodyOf(MIB + 1) })).toMatchObject({
      status: 413,
    });
    const large = await request('POST /api/imports', { token, body: bodyOf(2 * MIB) });
    expect(large).toMatchObject({ status: 201, body: { columns: ['name', 'note'] } });
  });

  it.each([
    ['no JSON', '{', 400, undefined],
    ['an unknown kind of record', { recordType: 'invoice', csv: 'a\n1' }, 422, 'recordType'],
    ['no file', { recordType: 'contact' }, 400, 'csv'],
    ['a surplus field', { recordType: 'contact', csv: 'a\n1', secret: 1 }, 400, 'secret'],
    ['no rows', { recordType: 'contact', csv: 'email\n' }, 422, 'file'],
    ['a NUL byte', { recordType: 'contact', csv: 'email\na\u0000b' }, 422, 'file'],
    ['an open quote', { recordType: 'contact', csv: 'email\n"a' }, 422, 'file'],
    ['10,000 columns', { recordType: 'contact', csv: `${'c,'.repeat(10_000)}c\n1` }, 422, 'file'],
  ])('with %s is refused', async (_what, body, status, field) => {
    const answer = await request('POST /api/imports', { token: await org.rep.token(), body });
    expect(answer).toMatchObject({ status, body: field === undefined ? {} : { field } });
  });

  it('needs a form or JSON, and a form needs its fields', async () => {
    const token = await org.rep.token();
    const plain = { token, body: 'a\n1', headers: { 'Content-Type': 'text/csv' } };
    expect(await request('POST /api/imports', plain)).toMatchObject({ status: 415 });
    const broken = {
      token,
      body: 'x',
      headers: { 'Content-Type': 'multipart/form-data; boundary=y' },
    };
    expect(await request('POST /api/imports', broken)).toMatchObject({ status: 400 });
    const file = new Blob(['a\n1']);
    expect(await sendForm('/api/imports', { recordType: 'deal' }, org.rep)).toMatchObject({
      status: 400,
      body: { field: 'file' },
    });
    expect((await sendForm('/api/imports', { file }, org.rep)).status).toBe(400);
    expect(
      await sendForm('/api/imports', { file, recordType: 'deal', evil: '1' }, org.rep),
    ).toMatchObject({ status: 400, body: { field: 'evil' } });
  });
});

describe('a dry run', () => {
  it('reports every bad row by name and writes nothing', async () => {
    const taken = `${fresh()}@example.com`;
    await imported('contact', `firstName,email\nTaken,${taken}\n`);
    const twice = `${fresh()}@example.com`;
    const csv = [
      'firstName,email,phone,owner email',
      `Good,${fresh()}@example.com,+15551230001,${org.rep.email}`,
      ',no-name@example.com,,',
      'Bad mail,not-an-address,,',
      'Bad phone,,12,',
      'No owner,,,nobody@example.com',
      `Gone owner,,,${org.deactivated.email}`,
      `Taken,${taken},,`,
      `First,${twice},,`,
      `Second,${twice.toUpperCase()},,`,
      'a,b,c,d,e',
      '',
      `${'x'.repeat(101)},,,`,
      '"Tab\there",,,',
    ].join('\n');
    const importId = await uploaded('contact', csv);
    const before = await documentsOf(org.orgId);
    const answer = await order('dry-run', importId, { options: { onDuplicate: 'error' } });
    expect(answer).toMatchObject({ status: 200, body: { rows: 13, checkedRows: 13, failed: 10 } });
    expect(listIn(answer.body, 'errors')).toMatchObject([
      { row: 2, field: 'firstName' },
      { row: 3, field: 'email' },
      { row: 4, field: 'phone' },
      { row: 5, field: 'ownerEmail' },
      { row: 6, field: 'ownerEmail' },
      { row: 7, field: 'email' },
      { row: 9, field: 'email', error: 'email: row 8 has the same' },
      { row: 10, field: null },
      { row: 12, field: 'firstName' },
      { row: 13, field: 'firstName' },
    ]);
    expect(answer.body).toMatchObject({ counts: { created: 2, blankRows: 1, 'blank.phone': 9 } });
    expect(await documentsOf(org.orgId)).toEqual(before);
  });

  it('finds what the import then does', async () => {
    const csv = `firstName,email\nA,${fresh()}@example.com\nB,bad\nC,${fresh()}@example.com\n`;
    const importId = await uploaded('contact', csv);
    const dry = await order('dry-run', importId, {});
    const job = textIn((await order('commit', importId, {})).body, 'jobId');
    await driveJob(org.orgId, job);
    const { counts, failed, errors } = await storedJob(org.orgId, job);
    expect(dry.body).toMatchObject({ counts, failed });
    expect(errors).toEqual([{ item: '2', field: 'email', error: expect.any(String) }]);
  });

  it.each([
    [
      'a column the file lacks',
      { mapping: [{ column: 'x', field: 'email' }] },
      422,
      'mapping.0.column',
    ],
    [
      'a field nobody has',
      { mapping: [{ column: 'email', field: '__proto__' }] },
      422,
      'mapping.0.field',
    ],
    ['an empty mapping', { mapping: [] }, 422, 'mapping'],
    ['a surplus key', { mapping: [{ column: 'email', field: 'email', x: 1 }] }, 400, 'mapping.0.x'],
    ['an unknown option', { options: { onDuplicate: 'replace' } }, 422, 'options.onDuplicate'],
    ['a tag with a comma', { options: { tagAll: ['a,b'] } }, 422, 'options.tagAll.0'],
    ['a surplus option', { options: { force: true } }, 400, 'options.force'],
  ])('with %s is refused, and so is the commit', async (_what, plan, status, field) => {
    const importId = await uploaded('contact', 'email\na@example.com\n');
    for (const verb of ['dry-run', 'commit']) {
      expect(await order(verb, importId, plan)).toMatchObject({ status, body: { field } });
    }
  });
});

describe('an import of contacts', () => {
  it('makes each row a contact of its own, tagged, owned and in its first version', async () => {
    const email = `${fresh()}@example.com`;
    const csv = `First name,Last name,Email,Tags,Owner,Note\nAda,Byron,${email.toUpperCase()},VIP;New,${org.rep.email},x\n`;
    const mapping = [
      { column: 'First name', field: 'firstName' },
      { column: 'Last name', field: 'lastName' },
      { column: 'Email', field: 'email' },
      { column: 'Tags', field: 'tags' },
      { column: 'Owner', field: 'ownerEmail' },
    ];
    const { importId, job } = await imported('contact', csv, {
      mapping,
      options: { tagAll: ['Fair'] },
    });
    expect(job).toMatchObject({ status: 'done', processed: 1, failed: 0, counts: { created: 1 } });
    expect(await contactOf(importId, 1)).toMatchObject({
      ...{ firstName: 'Ada', lastName: 'Byron', email, tags: ['VIP', 'New', 'Fair'], version: 1 },
      ...{ ownerId: org.rep.uid, teamId: org.teams.east, createdBy: org.admin.uid },
    });
  });

  it('keeps hostile cells as text', async () => {
    const csv =
      'firstName,lastName,company,__proto__\n"=HYPERLINK(""http://x"")",@SUM(A1),-2+3,polluted\n';
    const { importId, job } = await imported('contact', csv);
    expect(job.counts).toMatchObject({ created: 1 });
    expect(await contactOf(importId, 1)).toMatchObject({
      ...{ firstName: '=HYPERLINK("http://x")', lastName: '@SUM(A1)', company: '-2+3' },
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('fills custom fields by their type, and refuses what is not one', async () => {
    const token = await org.admin.token();
    const define = (body: object) =>
      request('POST /api/settings/fields?recordType=contact', { token, body });
    expect((await define({ key: 'shoeSize', type: 'number' })).status).toBe(201);
    expect((await define({ key: 'birthday', type: 'date' })).status).toBe(201);
    expect(
      (await define({ key: 'hat', type: 'picklist', options: ['bowler', 'top'] })).status,
    ).toBe(201);
    const csv =
      'firstName,shoeSize,birthday,hat\nAda,"1,038.5",10.12.1990,bowler\nBob,big,,\nCy,,,beret\n';
    const { importId, job } = await imported('contact', csv, {
      options: { dateOrder: 'day-first' },
    });
    expect((await contactOf(importId, 1)).customFields).toEqual({
      shoeSize: 1038.5,
      birthday: '1990-12-10',
      hat: 'bowler',
    });
    expect(job.errors).toMatchObject([
      { item: '2', field: 'customFields.shoeSize' },
      { item: '3', field: 'customFields.hat' },
    ]);
    const unknown = await imported('contact', 'firstName,x\nAda,1\n', {
      mapping: [
        { column: 'firstName', field: 'firstName' },
        { column: 'x', field: 'customFields.nobodys' },
      ],
    });
    expect(unknown.job.errors).toMatchObject([{ item: '1', field: 'customFields.nobodys' }]);
  });

  describe('with a row whose person is there already', () => {
    const existing = async () => {
      const email = `${fresh()}@example.com`;
      const { importId } = await imported(
        'contact',
        `firstName,email,tags\nOld,${email},Old tag\n`,
      );
      return { email, id: importedId(importId, 1) };
    };

    it.each(['skip', 'error'] as const)('leaves them alone (%s)', async (onDuplicate) => {
      const { email } = await existing();
      const { job } = await imported('contact', `firstName,email\nNew,${email}\n`, {
        options: { onDuplicate },
      });
      expect(job).toMatchObject(
        onDuplicate === 'skip'
          ? { failed: 0, counts: { skipped: 1 } }
          : { failed: 1, errors: [{ item: '1', field: 'email' }] },
      );
      expect(await contactsWith(email)).toMatchObject([{ firstName: 'Old', version: 1 }]);
    });

    it('changes them and takes nothing off them (update)', async () => {
      const { email, id } = await existing();
      const csv = `firstName,email,company,tags\nNew,${email},Acme,New tag\n`;
      const { job } = await imported('contact', csv, { options: { onDuplicate: 'update' } });
      expect(job).toMatchObject({ failed: 0, counts: { updated: 1 } });
      expect(await contactsWith(email)).toMatchObject([
        { id, firstName: 'New', company: 'Acme', tags: ['Old tag', 'New tag'], version: 2 },
      ]);
    });

    it('takes the first of two rows of one file for the person, the second by the same rule', async () => {
      const [skipped, updated] = [`${fresh()}@example.com`, `${fresh()}@example.com`];
      const rows = (email: string) => `firstName,email\nOne,${email}\nTwo,${email}\n`;
      expect((await imported('contact', rows(skipped))).job.counts).toMatchObject({
        created: 1,
        skipped: 1,
      });
      expect(await contactsWith(skipped)).toMatchObject([{ firstName: 'One', version: 1 }]);
      const { job } = await imported('contact', rows(updated), {
        options: { onDuplicate: 'update' },
      });
      expect(job.counts).toMatchObject({ created: 1, updated: 1 });
      expect(await contactsWith(updated)).toMatchObject([{ firstName: 'Two', version: 2 }]);
    });
  });

  it('is one import, however often it is committed; in another way it is refused', async () => {
    const importId = await uploaded('contact', 'firstName\nAda\n');
    const [first, second] = await Promise.all([
      order('commit', importId, {}),
      order('commit', importId, {}),
    ]);
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    const other = await order('commit', importId, { options: { tagAll: ['x'] } });
    expect(other).toMatchObject({ status: 422, body: { code: 'FAILED_PRECONDITION' } });
  });

  it('can be cancelled between two steps', async () => {
    const importId = await uploaded('contact', 'firstName\nAda\nBob\nCy\n');
    const jobId = textIn((await order('commit', importId, {})).body, 'jobId');
    await runJobChunk(invocationAt(new Date()), steppingBy(1), org.orgId, jobId);
    await request(`POST /api/jobs/${jobId}/cancel`, { token: await org.admin.token() });
    await driveJob(org.orgId, jobId);
    expect(await storedJob(org.orgId, jobId)).toMatchObject({
      ...{ status: 'cancelled', processed: 1, counts: { created: 1 } },
    });
  });
});

/** The job's handler with smaller steps, so that a short file takes several. */
function steppingBy(limit: number): JobRunner {
  const handler = jobHandler({
    input: importJobInputSchema,
    limit,
    authority: 'orderer',
    step: importStep,
  });
  return { ...jobRunner, handlers: { ...jobRunner.handlers, importRecords: handler } };
}

describe('an import that is killed', () => {
  it.each(['before', 'after'] as const)(
    '%s any call is resumed: nothing twice, nothing lost',
    async (when) => {
      let kills = 0;
      for (let call = 1; ; call += 1) {
        const known = `${fresh()}@example.com`;
        const body = { firstName: 'Known', email: known };
        await request('POST /api/contacts', { token: await org.admin.token(), body });
        const mails = [1, 2, 3].map(() => `${fresh()}@example.com`);
        const csv = [
          'firstName,email',
          `A,${mails[0]}`,
          `Changed,${known}`,
          'B,bad',
          `C,${mails[1]}`,
          `D,${mails[2]}`,
        ].join('\n');
        const importId = await uploaded('contact', csv);
        // Not enqueued, so that no task of a running platform lives on while this process dies.
        const jobId = textIn(
          (await order('commit', importId, { options: { onDuplicate: 'update' } })).body,
          'jobId',
        );
        const runner = steppingBy(3);
        const run = runJobToEnd(runner, org.orgId, jobId, { meter: new DyingMeter(call, when) });
        const wasKilled = await run.then(
          () => false,
          (error: unknown) => error instanceof Killed,
        );
        if (!wasKilled) break;
        kills += 1;
        await runJobToEnd(runner, org.orgId, jobId, { now: new Date(Date.now() + LEASE_OVER_MS) });
        const job = await storedJob(org.orgId, jobId);
        expect({
          call,
          status: job.status,
          processed: job.processed,
          failed: job.failed,
          counts: job.counts,
        }).toMatchObject({
          call,
          status: 'done',
          processed: 5,
          failed: 1,
          counts: { created: 3, updated: 1 },
        });
        expect(await contactsWith(known)).toMatchObject([{ firstName: 'Changed', version: 2 }]);
        for (const mail of mails) expect(await contactsWith(mail)).toMatchObject([{ version: 1 }]);
      }
      // Two steps of a claim, the actor, the import, its rows and their commit, and the progress.
      expect(kills).toBeGreaterThan(2 * 8);
    },
    120_000,
  );

  it('is done once when its task is delivered twice at the same time', async () => {
    const mails = Array.from({ length: 20 }, () => `${fresh()}@example.com`);
    const importId = await uploaded(
      'contact',
      `firstName,email\n${mails.map((mail) => `A,${mail}`).join('\n')}\n`,
    );
    const jobId = textIn((await order('commit', importId, {})).body, 'jobId');
    await Promise.all([1, 2, 3].map(() => driveJob(org.orgId, jobId)));
    expect(await storedJob(org.orgId, jobId)).toMatchObject({
      status: 'done',
      processed: 20,
      counts: { created: 20 },
    });
    for (const mail of mails) expect(await contactsWith(mail)).toHaveLength(1);
  });

  it('goes on although the run that was taken for dead lives', async () => {
    const mails = Array.from({ length: 10 }, () => `${fresh()}@example.com`);
    const importId = await uploaded(
      'contact',
      `firstName,email\n${mails.map((mail) => `A,${mail}`).join('\n')}\n`,
    );
    const jobId = textIn((await order('commit', importId, {})).body, 'jobId');
    const late = new Date(Date.now() + LEASE_OVER_MS);
    await Promise.all([
      runJobToEnd(steppingBy(5), org.orgId, jobId),
      runJobToEnd(steppingBy(5), org.orgId, jobId, { now: late }),
    ]);
    await driveJob(org.orgId, jobId);
    expect(await storedJob(org.orgId, jobId)).toMatchObject({
      status: 'done',
      processed: 10,
      counts: { created: 10 },
    });
    for (const mail of mails) expect(await contactsWith(mail)).toMatchObject([{ version: 1 }]);
  });
});

describe('undoing an import', () => {
  it('puts what it created into the bin, leaves what was changed since, and says so', async () => {
    const mails = [1, 2, 3].map(() => `${fresh()}@example.com`);
    const csv = `firstName,email\nA,${mails[0]}\nB,${mails[1]}\nC,bad\nD,${mails[2]}\n`;
    const { importId } = await imported('contact', csv);
    const changed = importedId(importId, 2);
    await request(`PATCH /api/contacts/${changed}`, {
      token: await org.admin.token(),
      body: { firstName: 'Mine' },
    });
    const job = await undone(importId);
    expect(job).toMatchObject({
      status: 'done',
      processed: 4,
      counts: { removed: 2, left: 1 },
      failed: 1,
    });
    expect(job.errors).toEqual([
      { item: '2', field: null, error: expect.stringContaining(changed) },
    ]);
    expect((await contactOf(importId, 1)).deletedAt).toBeInstanceOf(Date);
    expect(await contactOf(importId, 2)).toMatchObject({ firstName: 'Mine', deletedAt: null });
    expect((await contactOf(importId, 4)).deletedAt).toBeInstanceOf(Date);
  });

  it('is done once, and a new import of the same rows brings them back', async () => {
    const email = `${fresh()}@example.com`;
    const { importId } = await imported('contact', `firstName,email\nA,${email}\n`);
    const [first, second] = [
      await order('undo', importId, undefined),
      await order('undo', importId, undefined),
    ];
    expect(second.body).toEqual(first.body);
    await driveJob(org.orgId, textIn(first.body, 'jobId'));
    const again = await imported('contact', `firstName,email\nBetter,${email}\n`);
    expect(again.job).toMatchObject({ failed: 0, counts: { restored: 1 } });
    expect(await contactsWith(email)).toMatchObject([{ firstName: 'Better', deletedAt: null }]);
  });

  it('waits for the import to end, and needs one', async () => {
    const importId = await uploaded('contact', 'firstName\nAda\nBob\n');
    expect(await order('undo', importId, undefined)).toMatchObject({ status: 422 });
    const jobId = textIn((await order('commit', importId, {})).body, 'jobId');
    await runJobChunk(invocationAt(new Date()), steppingBy(1), org.orgId, jobId);
    expect(await order('undo', importId, undefined)).toMatchObject({ status: 422 });
    await driveJob(org.orgId, jobId);
    expect((await undone(importId)).counts).toMatchObject({ removed: 2 });
  });

  it.each(['before', 'after'] as const)(
    'killed %s any call, is resumed',
    async (when) => {
      for (let call = 1; ; call += 1) {
        const { importId } = await imported('contact', 'firstName\nA\nB\n');
        const jobId = textIn((await order('undo', importId, undefined)).body, 'jobId');
        const run = runJobToEnd(jobRunner, org.orgId, jobId, { meter: new DyingMeter(call, when) });
        if (
          !(await run.then(
            () => false,
            (error: unknown) => error instanceof Killed,
          ))
        )
          break;
        await runJobToEnd(jobRunner, org.orgId, jobId, {
          now: new Date(Date.now() + LEASE_OVER_MS),
        });
        const job = await storedJob(org.orgId, jobId);
        expect({ call, status: job.status, counts: job.counts }).toEqual({
          call,
          status: 'done',
          counts: { removed: 2, left: 0 },
        });
        for (const row of [1, 2])
          expect(await contactOf(importId, row)).toMatchObject({
            version: 2,
            deletedAt: expect.any(Date),
          });
      }
    },
    60_000,
  );
});

describe('companies, leads and deals', () => {
  it('companies come with what the file knows of them', async () => {
    const name = `Acme ${fresh()}`;
    const csv = `Account,Sector,Employees,Country,Website\n${name},medical,"2,822",Kenya,acme.example\n`;
    const { importId } = await imported('company', csv);
    expect(companySchema.parse(await read('companies', importId, 1))).toMatchObject({
      ...{
        name,
        industry: 'medical',
        size: 2822,
        country: 'Kenya',
        website: 'https://acme.example',
      },
    });
  });

  it('leads come with their status', async () => {
    const csv =
      'Business name,City,Status,Rating\nOcean View,Miami,contacted,4.5\nNo status,,done,\n';
    const { importId, job } = await imported('lead', csv);
    expect(leadSchema.parse(await read('leads', importId, 1))).toMatchObject({
      ...{ businessName: 'Ocean View', city: 'Miami', status: 'CONTACTED', rating: 4.5 },
    });
    expect(job.errors).toMatchObject([{ item: '2', field: 'status' }]);
  });

  it('deals come with their past', async () => {
    const company = `Cancity ${fresh()}`;
    const imported85 = await imported('company', `name\n${company}\n`);
    const email = `${fresh()}@example.com`;
    const contact = await imported('contact', `firstName,email\nAda,${email}\n`);
    const csv = [
      'Deal,Amount,Stage,Close date,Expected close,Account,Contact email,Owner email,Deal ID',
      `Old,"1,054.50",Won,2017-03-01,2017-02-01,${company},${email},${org.rep.email},X-${fresh()}`,
      'Open,,Qualified,,,,,,',
      'Odd,1,Lead,2017-03-01,,,,,',
      'No stage,1,Nowhere,,,,,,',
      'No company,1,Won,,,Nobody Inc,,,',
      'No contact,1,Won,,,,nobody@example.com,,',
      'Cents,1.005,Won,,,,,,',
      'Negative,-1,Won,,,,,,',
    ].join('\n');
    const { importId, job } = await imported('deal', csv);
    expect(dealSchema.parse(await read('deals', importId, 1))).toMatchObject({
      ...{ title: 'Old', valueMinor: 105_450, currency: 'USD', stageKey: 'CLOSED_WON', version: 1 },
      closedAt: new Date('2017-03-01T00:00:00.000Z'),
      expectedCloseDate: new Date('2017-02-01T00:00:00.000Z'),
      ...{ ownerId: org.rep.uid, companyId: importedId(imported85.importId, 1) },
      contactIds: [importedId(contact.importId, 1)],
    });
    expect(dealSchema.parse(await read('deals', importId, 2))).toMatchObject({
      ...{ title: 'Open', valueMinor: 0, stageKey: 'QUALIFIED', closedAt: null },
    });
    expect(job.errors).toMatchObject([
      { item: '3', field: 'closedAt' },
      { item: '4', field: 'stage' },
      { item: '5', field: 'company' },
      { item: '6', field: 'contactEmail' },
      { item: '7', field: 'value' },
      { item: '8', field: 'value.amountMajor' },
    ]);
  });

  it('find their records again by the ids of the system they come from', async () => {
    const id = fresh();
    const options = { externalSource: 'old-crm', onDuplicate: 'update' };
    const first = await imported('deal', `title,external id,value\nOne,${id},1\n`, { options });
    const second = await imported('deal', `title,external id,value\nTwo,${id},2\n`, { options });
    expect(second.job.counts).toMatchObject({ updated: 1 });
    expect(dealSchema.parse(await read('deals', first.importId, 1))).toMatchObject({
      title: 'Two',
      valueMinor: 200,
    });
  });
});

describe('who may import', () => {
  it('a rep imports for themself only, a manager for the managed team', async () => {
    const csv = `firstName,owner email\nMine,${org.rep.email}\nOther,${org.colleague.email}\nWest,${org.rep2.email}\n`;
    const byRep = await imported('contact', csv, {}, org.rep);
    expect(byRep.job).toMatchObject({
      counts: { created: 1 },
      errors: [
        { item: '2', field: 'ownerId' },
        { item: '3', field: 'ownerId' },
      ],
    });
    const byManager = await imported('contact', csv, {}, org.manager);
    expect(byManager.job).toMatchObject({
      counts: { created: 2 },
      errors: [{ item: '3', field: 'ownerId' }],
    });
    expect((await imported('contact', csv)).job).toMatchObject({
      counts: { created: 3 },
      errors: [],
    });
  });

  describe('an API key', () => {
    const keyWith = async (...scopes: string[]) => {
      const body = { name: 'Loader', scopes };
      const token = await org.admin.token();
      const { body: key } = await request('POST /api/api-keys', { token, body });
      return { id: textIn(key, 'id'), token: textIn(key, 'secret') };
    };

    it('with write:crm starts, ends and undoes an import of records with owners', async () => {
      const { id, token } = await keyWith('write:crm');
      const csv = `firstName,owner email\nAda,${org.rep.email}\nNobodys,\n`;
      const upload = await request('POST /api/imports', {
        ...{ token, body: { recordType: 'contact', csv } },
      });
      expect(upload).toMatchObject({ status: 201, body: { rows: 2 } });
      const importId = textIn(upload.body, 'importId');
      const send = (verb: string, body?: object) =>
        request(`POST /api/imports/${importId}/${verb}`, { token, ...(body ? { body } : {}) });
      const dryRun = await send('dry-run', {});
      expect(dryRun).toMatchObject({ status: 200 });
      const committed = await send('commit', {});
      const jobId = textIn(committed.body, 'jobId');
      await driveJob(org.orgId, jobId);
      expect(await storedJob(org.orgId, jobId)).toMatchObject({
        ...{ counts: { created: 1 }, errors: [{ item: '2', field: 'ownerId' }] },
      });
      expect(await contactOf(importId, 1)).toMatchObject({
        ...{ firstName: 'Ada', ownerId: org.rep.uid, createdBy: id, version: 1 },
      });
      const undo = textIn((await send('undo')).body, 'jobId');
      await driveJob(org.orgId, undo);
      expect(await contactOf(importId, 1)).toMatchObject({ deletedAt: expect.any(Date) });
    });

    it('with read:crm alone neither uploads nor starts one', async () => {
      const { token } = await keyWith('read:crm');
      const importId = await uploaded('contact', `firstName,owner email\nAda,${org.rep.email}\n`);
      const attempts = await Promise.all([
        request('POST /api/imports', {
          ...{ token, body: { recordType: 'contact', csv: 'firstName\nAda\n' } },
        }),
        request(`POST /api/imports/${importId}/dry-run`, { token, body: {} }),
        request(`POST /api/imports/${importId}/commit`, { token, body: {} }),
        request(`POST /api/imports/${importId}/undo`, { token }),
      ]);
      for (const attempt of attempts) {
        expect(attempt).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
        expect(textIn(attempt.body, 'error')).toContain('lacks the scope write:crm');
      }
      expect(await read('contacts', importId, 1)).toBeUndefined();
    });
  });

  it('an import is seen by its uploader, their manager and administrators; others find nothing', async () => {
    const importId = await uploaded('contact', 'firstName\nAda\n', org.rep);
    const stranger = (await createOrganisation()).admin;
    for (const verb of ['dry-run', 'commit', 'undo']) {
      for (const member of [org.colleague, org.otherManager, stranger]) {
        const body = verb === 'undo' ? undefined : {};
        const foreign = await order(verb, importId, body, member);
        const absent = await order(verb, 'nowhere', body, member);
        expect({ verb, status: foreign.status }).toEqual({ verb, status: 404 });
        expect(textIn(foreign.body, 'error').replace(importId, 'nowhere')).toBe(
          textIn(absent.body, 'error'),
        );
      }
    }
    expect((await order('dry-run', importId, {}, org.manager)).status).toBe(200);
  });
});

describe('POST /api/contacts/import', () => {
  const send = (
    csv: string,
    tagAll: string | undefined,
    headers: Record<string, string> = {},
    member = org.admin,
  ) =>
    sendForm(
      '/api/contacts/import',
      { file: new Blob([csv], { type: 'text/csv' }), ...(tagAll === undefined ? {} : { tagAll }) },
      member,
      headers,
    );

  /** The request of the published contract, with its file, and a row whose e-mail is none. */
  const CONTRACT_CSV = `firstName,lastName,email,phone,company
John,Doe,john@example.com,+15551234567,Acme Corp
Jane,Smith,jane@example.com,+15559876543,Tech Inc
`;

  it('answers as the contract shows it', async () => {
    const answer = await send(`${CONTRACT_CSV}No,Body,nope,,\n`, 'VIP');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ success: true, imported: 2, failed: 1 },
        errors: [{ row: 3, error: expect.stringContaining('email') }],
      },
    });
    expect(await contactsWith('john@example.com')).toMatchObject([
      { lastName: 'Doe', phone: '+15551234567', company: 'Acme Corp', tags: ['VIP'] },
    ]);
    expect(await contactsWith('jane@example.com')).toMatchObject([{ tags: ['VIP'] }]);
  });

  it('reports a person who is there already as failed', async () => {
    const email = `${fresh()}@example.com`;
    await send(`firstName,email\nAda,${email}\n`, undefined);
    const again = await send(`firstName,email\nAda,${email}\n`, undefined);
    expect(again).toMatchObject({ status: 200, body: { imported: 0, failed: 1 } });
  });

  it('is one import when it is repeated with its Idempotency-Key', async () => {
    const email = `${fresh()}@example.com`;
    const body = `--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nfirstName,email\nAda,${email}\n\r\n--xx--\r\n`;
    const headers = {
      'Idempotency-Key': fresh(),
      'Content-Type': 'multipart/form-data; boundary=xx',
    };
    const once = async () =>
      request('POST /api/contacts/import', { token: await org.admin.token(), headers, body });
    const [first, second] = [await once(), await once()];
    expect(first).toMatchObject({ status: 200, body: { imported: 1, failed: 0 } });
    expect(second.body).toEqual(first.body);
  });

  it('leaves a large file to a job and says which', async () => {
    const answer = await send(`firstName\n${'Ada\n'.repeat(2001)}`, undefined);
    expect(answer).toMatchObject({
      status: 202,
      body: { success: true, imported: expect.any(Number), errors: [] },
    });
    const jobId = textIn(answer.body, 'jobId');
    await driveJob(org.orgId, jobId);
    expect(await storedJob(org.orgId, jobId)).toMatchObject({
      status: 'done',
      counts: { created: 2001 },
    });
  });

  it('refuses what is no form, has no file or names no known column', async () => {
    const token = await org.rep.token();
    expect((await request('POST /api/contacts/import', { token, body: {} })).status).toBe(415);
    expect((await sendForm('/api/contacts/import', { tagAll: 'x' }, org.rep)).status).toBe(400);
    expect(await send('colour\nred\n', undefined, {}, org.rep)).toMatchObject({
      status: 422,
      body: { field: 'mapping' },
    });
    expect(await send('firstName\nA\n', 'x'.repeat(60), {}, org.rep)).toMatchObject({
      status: 422,
      body: { field: 'tagAll.0' },
    });
  });
});

afterEach(() => {
  expect(Object.prototype).not.toHaveProperty('polluted');
});
