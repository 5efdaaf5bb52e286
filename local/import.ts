/** `npm run import`: CSV files into an organisation, for administrators, through the REST API. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { decodeCsv } from '../functions/src/modules/imports/csv.ts';
import { type Access, HELP, type Order, readOrder } from './import/arguments.ts';
import { type Door, openDoor, signIn } from './import/door.ts';
import {
  commit,
  dryRun,
  type JobProgress,
  type Uploaded,
  undo,
  uploadFile,
  watchJob,
} from './import/import-file.ts';
import { exitWithError } from './launcher/console.ts';
import { LauncherError } from './launcher/errors.ts';
import { describePlatform, platformEnvironment } from './launcher/platform.ts';
import { portsAt, readPortOffset } from './launcher/ports.ts';

type FilesOrder = Extract<Order, { kind: 'files' }>;

const tell = (line: string) => console.log(line);

async function main(): Promise<void> {
  const local = describePlatform(portsAt(readPortOffset(process.env)));
  const order = readOrder(process.argv.slice(2), process.env, local.urls.hosting);
  switch (order.kind) {
    case 'help':
      return tell(HELP);
    case 'undo': {
      const door = await openDoorFor(order.access);
      return requireDone(await watch(door, await undo(door, order.importId)));
    }
    case 'files': {
      const door = await openDoorFor(order.access);
      for (const file of order.files) await importFile(door, order, file);
      return;
    }
    case 'preset':
      if (order.access.url === local.urls.hosting) {
        Object.assign(process.env, platformEnvironment(local));
      }
      return importPreset(order.access, order.folder);
  }
}

async function openDoorFor({ url, apiKey, email, password }: Access): Promise<Door> {
  if (apiKey !== undefined) return openDoor(url, apiKey);
  return openDoor(url, await signIn(url, email ?? '', password ?? ''));
}

async function importFile(door: Door, order: FilesOrder, file: string): Promise<void> {
  const { recordType, mapping, options } = order;
  const uploaded = await uploadFile(door, {
    ...{ recordType, mapping, options, fileName: path.basename(file) },
    csv: decodeCsv(readFileSync(file)),
  });
  tell(`${file}: ${uploaded.rows} rows, import ${uploaded.importId}`);
  for (const { column, field } of uploaded.plan.mapping) tell(`  ${column} → ${field}`);
  if (uploaded.unmapped.length > 0) tell(`  not imported: ${uploaded.unmapped.join(', ')}`);
  if (order.dryRun) return reportDryRun(door, uploaded);
  const jobId = await commit(door, uploaded);
  tell(`  job ${jobId}; undo with: npm run import -- --undo ${uploaded.importId}`);
  if (order.wait) requireDone(await watch(door, jobId));
}

async function reportDryRun(door: Door, uploaded: Uploaded): Promise<void> {
  const { rows, checkedRows, failed, counts, errors } = await dryRun(door, uploaded);
  tell(`  checked ${checkedRows} of ${rows} rows, wrote nothing: ${failed} would fail`);
  tellCounts(counts);
  for (const { row, error } of errors) tell(`  row ${row}: ${error}`);
}

async function watch(door: Door, jobId: string): Promise<JobProgress> {
  let told = -1;
  return watchJob(door, jobId, ({ processed, total, status }) => {
    if (processed === told) return;
    told = processed;
    tell(`  ${status}: ${processed} of ${total ?? '?'} rows`);
  });
}

function requireDone(job: JobProgress): void {
  tellCounts(job.counts);
  if (job.failed > 0) tell(`  failed: ${job.failed}, the first of them:`);
  for (const { item, error } of job.errors) tell(`  row ${item}: ${error}`);
  if (job.status === 'done') return;
  throw new LauncherError(`The job is ${job.status}${job.error === null ? '.' : `: ${job.error}`}`);
}

function tellCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) tell(`  ${name}: ${count}`);
}

const signedUpSchema = z.object({ orgId: z.string(), userId: z.string() });

/** Signs up the organisation, then does the import as its administrator. */
async function importPreset({ url, email, password }: Access, folder: string): Promise<void> {
  const preset = await import('./import/sales-opportunities.ts');
  const people = preset.freshSignIn();
  const admin = {
    email: email ?? `admin@${people.domain}`,
    password: password ?? randomBytes(12).toString('base64url'),
  };
  const signedUp = await openDoor(url, undefined).request('POST /api/signup', {
    ...{ name: 'Administrator', ...admin, businessName: 'Sales opportunities', currency: 'USD' },
  });
  const { orgId, userId } = signedUpSchema.parse(signedUp);
  const told = password === undefined ? `, password ${admin.password}` : '';
  tell(`Organisation ${orgId}; its administrator is ${admin.email}${told}`);
  const door = openDoor(url, await signIn(url, admin.email, admin.password));
  const { addPeopleAs } = await import('./import/add-people.ts');
  await preset.importSalesOpportunities(
    {
      ...{ door, tell, addPerson: addPeopleAs({ orgId, uid: userId }) },
      finishJob: (jobId) => watch(door, jobId),
    },
    folder,
    people,
  );
}

await main().catch(exitWithError);
process.exit(process.exitCode ?? 0);
