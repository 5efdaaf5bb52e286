/**
 * The public data set "CRM sales opportunities" as an organisation: agents become reps, managers
 * manage a team each, accounts become companies and opportunities deals. What the files leave open
 * is decided here, once, and reported; nothing is dropped and nothing guessed.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../functions/src/modules/imports/csv.ts';
import { LauncherError } from '../launcher/errors.ts';
import type { Door } from './door.ts';
import { commit, type FileImport, type JobProgress, uploadFile } from './import-file.ts';

/** A person to be added with an account of their own. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: 'manager' | 'rep';
  readonly teamId: string;
  readonly managedTeamIds: string[];
}

/** What the import needs of its surroundings. */
export interface Surroundings {
  /** The door of whoever administers the fresh organisation. */
  readonly door: Door;
  readonly addPerson: (person: Person) => Promise<void>;
  /** Waits until a job has ended. */
  readonly finishJob: (jobId: string) => Promise<JobProgress>;
  readonly tell: (line: string) => void;
}

/** How the people sign in. */
export interface SignIn {
  /** A domain below .test, where no mail ever arrives. */
  readonly domain: string;
  readonly password: string;
}

type Row = Readonly<Record<string, string>>;

interface Files {
  readonly accounts: readonly Row[];
  readonly products: readonly Row[];
  readonly opportunities: readonly Row[];
  readonly teams: readonly Row[];
}

const SOURCE = 'sales-opportunities';

/** Sign-in data that no other organisation uses. */
export function freshSignIn(): SignIn {
  return {
    domain: `opportunities-${randomBytes(4).toString('hex')}.test`,
    password: randomBytes(12).toString('base64url'),
  };
}

/** The address of a person: first.last at the domain. */
export function emailOf(name: string, { domain }: Pick<SignIn, 'domain'>): string {
  const local = name.toLowerCase().replace(/[^a-z0-9-]+/g, '.');
  return `${local}@${domain}`;
}

/** Imports the data set in `folder` into the fresh organisation behind the door. */
export async function importSalesOpportunities(
  surroundings: Surroundings,
  folder: string,
  signIn: SignIn,
): Promise<{ accounts: JobProgress; deals: JobProgress }> {
  const files = readFiles(folder);
  await prepareStages(surroundings);
  await prepareFields(surroundings, files);
  await addPeople(surroundings, files, signIn);
  const accounts = await run(surroundings, accountsImport(files));
  const deals = await run(surroundings, dealsImport(files));
  report(surroundings, files, deals);
  return { accounts, deals };
}

function readFiles(folder: string): Files {
  const rows = (name: string) => readRows(path.join(folder, name));
  return {
    accounts: rows('accounts.csv'),
    products: rows('products.csv'),
    opportunities: rows('sales_pipeline.csv'),
    teams: rows('sales_teams.csv'),
  };
}

function readRows(file: string): Row[] {
  const { columns, rows } = parseCsv(readFileSync(file, 'utf8'));
  return rows.map((cells) =>
    Object.fromEntries(columns.map((column, index) => [column, (cells[index] ?? '').trim()])),
  );
}

const stagesSchema = z.object({
  stages: z.array(z.object({ id: z.string(), systemKey: z.string().nullable() })),
});

/** The pipeline of the files: two open stages, one won, one lost. */
async function prepareStages({ door, tell }: Surroundings): Promise<void> {
  const { stages } = stagesSchema.parse(await door.request('GET /api/stages'));
  const idOf = (key: string) => {
    const stage = stages.find(({ systemKey }) => systemKey === key);
    if (stage === undefined)
      throw new LauncherError(`The organisation has no stage ${key}: it is not fresh`);
    return stage.id;
  };
  const rename = (key: string, name: string) =>
    door.request(`PATCH /api/stages/${idOf(key)}`, { name });
  await rename('LEAD', 'Prospecting');
  await rename('QUALIFIED', 'Engaging');
  for (const key of ['PROPOSAL', 'NEGOTIATION']) {
    await door.request(`DELETE /api/stages/${idOf(key)}`, { moveToStageId: idOf('QUALIFIED') });
  }
  tell('Stages: Prospecting and Engaging (open), Won, Lost');
}

async function prepareFields({ door }: Surroundings, { products }: Files): Promise<void> {
  const define = (recordType: string, field: object) =>
    door.request(`POST /api/settings/fields?recordType=${recordType}`, field);
  const options = products.map(({ product }) => product);
  await define('deal', { key: 'product', label: 'Product', type: 'picklist', options });
  await define('deal', { key: 'engageDate', label: 'Engage date', type: 'date' });
  await define('company', { key: 'yearEstablished', label: 'Year established', type: 'number' });
  await define('company', { key: 'revenue', label: 'Revenue, million USD', type: 'number' });
  await define('company', { key: 'subsidiaryOf', label: 'Subsidiary of', type: 'text' });
}

/** One team for each manager, whose agents are its reps; the region is part of the team's name. */
async function addPeople(
  { door, addPerson, tell }: Surroundings,
  { teams }: Files,
  signIn: SignIn,
): Promise<void> {
  const managers = new Map(teams.map(({ manager, regional_office }) => [manager, regional_office]));
  for (const [manager = '', region] of managers) {
    const team = await door.request('POST /api/teams', { name: `${region}: ${manager}` });
    const { id: teamId } = z.object({ id: z.string() }).parse(team);
    const { password } = signIn;
    const add = (name: string, role: Person['role'], managedTeamIds: string[]) =>
      addPerson({ name, email: emailOf(name, signIn), password, role, teamId, managedTeamIds });
    await add(manager, 'manager', [teamId]);
    const agents = teams.filter((row) => row.manager === manager);
    await Promise.all(agents.map(({ sales_agent = '' }) => add(sales_agent, 'rep', [])));
  }
  tell(`People: ${managers.size} managers with a team each, ${teams.length} reps`);
  tell(`They sign in as first.last@${signIn.domain} with the password ${signIn.password}`);
}

function accountsImport({ accounts }: Files): FileImport {
  return {
    recordType: 'company',
    fileName: 'accounts.csv',
    csv: toCsv(accounts),
    exactMapping: true,
    mapping: [
      { column: 'account', field: 'name' },
      { column: 'account', field: 'externalId' },
      { column: 'sector', field: 'industry' },
      { column: 'employees', field: 'size' },
      { column: 'office_location', field: 'country' },
      { column: 'year_established', field: 'customFields.yearEstablished' },
      { column: 'revenue', field: 'customFields.revenue' },
      { column: 'subsidiary_of', field: 'customFields.subsidiaryOf' },
    ],
    options: { externalSource: SOURCE },
  };
}

function dealsImport(files: Files): FileImport {
  const rules = productRules(files);
  const rows = files.opportunities.map((row) => {
    const product = rules.get(row.product ?? '') ?? row.product;
    return { ...row, title: row.account ? `${product}, ${row.account}` : `${product}` };
  });
  return {
    recordType: 'deal',
    fileName: 'sales_pipeline.csv',
    csv: toCsv(rows),
    exactMapping: true,
    mapping: [
      { column: 'title', field: 'title' },
      { column: 'opportunity_id', field: 'externalId' },
      { column: 'sales_agent', field: 'ownerName' },
      { column: 'product', field: 'customFields.product' },
      { column: 'account', field: 'company' },
      { column: 'deal_stage', field: 'stage' },
      { column: 'engage_date', field: 'customFields.engageDate' },
      { column: 'close_date', field: 'closedAt' },
      { column: 'close_value', field: 'value' },
    ],
    options: {
      currency: 'USD',
      externalSource: SOURCE,
      replace: [...rules].map(([from, to]) => ({ field: 'customFields.product', from, to })),
    },
  };
}

/**
 * Which spellings of the pipeline stand for which product. Only blanks and case may differ, and only
 * one product may fit; anything else is for a person to decide.
 */
function productRules({ opportunities, products }: Files): Map<string, string> {
  const names = products.map(({ product = '' }) => product);
  const plain = (name: string) => name.replace(/\s/g, '').toLowerCase();
  const unknown = new Set(
    opportunities.flatMap(({ product = '' }) => (names.includes(product) ? [] : [product])),
  );
  return new Map(
    [...unknown].map((spelling) => {
      const [name, ...others] = names.filter((candidate) => plain(candidate) === plain(spelling));
      if (name !== undefined && others.length === 0) return [spelling, name] as const;
      throw new LauncherError(
        `No product of products.csv is meant by '${spelling}'; correct the file first`,
      );
    }),
  );
}

async function run(surroundings: Surroundings, file: FileImport): Promise<JobProgress> {
  const { door, finishJob, tell } = surroundings;
  const job = await finishJob(await commit(door, await uploadFile(door, file)));
  tell(
    `${file.fileName}: ${job.processed} rows, ${job.counts.created ?? 0} created, ${job.failed} failed`,
  );
  for (const { item, error } of job.errors) tell(`  row ${item}: ${error}`);
  if (job.status !== 'done')
    throw new LauncherError(`The import of ${file.fileName} is ${job.status}: ${job.error ?? ''}`);
  return job;
}

function report({ tell }: Surroundings, files: Files, { counts }: JobProgress): void {
  const count = (name: string) => counts[name] ?? 0;
  for (const [from, to] of productRules(files)) {
    const rows = count('replaced.customFields.product');
    tell(
      `  ${rows} rows name the product '${from}', which products.csv spells '${to}': read as that`,
    );
  }
  tell(`  ${count('blank.company')} rows have no account: imported as deals without a company`);
  tell(
    `  ${count('blank.customFields.engageDate')} rows have no dates at all: deals without an engage date, still open`,
  );
  tell(
    `  ${count('blank.closedAt')} rows have no close date: deals that are still open, those included`,
  );
  tell(`  ${count('blank.value')} rows have no value: open deals of 0.00 USD`);
  tell(
    '  Titles are made of product and account; days of engaging and closing are those of the file',
  );
}

function toCsv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const quote = (cell: string) =>
    /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = rows.map((row) => columns.map((column) => quote(row[column] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
