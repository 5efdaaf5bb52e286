import { companies } from '../modules/companies/companies.public.ts';
import { listFields } from '../modules/fields/fields.public.ts';
import type { Field } from '../modules/fields/fields.schema.ts';
import { CUSTOM_PREFIX } from '../modules/imports/imports.public.ts';
import type { ColumnMapping, ImportType } from '../modules/imports/imports.schema.ts';
import { stages } from '../modules/stages/stages.public.ts';
import type { Stage } from '../modules/stages/stages.schema.ts';
import { users } from '../modules/users/users.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

const MAX_PEOPLE = 5000;
const MAX_STAGES = 500;
/** Firestore compares one field with 30 values in one query. */
const MAX_NAMES = 30;
const MAX_NAMESAKES = 1000;

/** What cells of a file can refer to, looked up once for many rows. */
export interface References {
  readonly ownerByEmail: (email: string) => string;
  readonly ownerByName: (name: string) => string;
  readonly stageOf: (nameOrKey: string) => Stored<Stage>;
  readonly companyIdOf: (name: string) => string;
  readonly fieldOf: (key: string) => Field;
}

/** Which records a kind of reference was found to name. */
type Index = ReadonlyMap<string, readonly string[]>;

/** Looks up what the mapped fields refer to; what no field refers to costs nothing. */
export async function loadReferences(
  ctx: Caller,
  recordType: ImportType,
  mapping: readonly ColumnMapping[],
  companyNames: readonly string[],
): Promise<References> {
  const fields = new Set(mapping.map(({ field }) => field));
  const needsOwners = fields.has('ownerEmail') || fields.has('ownerName');
  const needsFields = [...fields].some((field) => field.startsWith(CUSTOM_PREFIX));
  const [people, pipeline, customFields, companyIds] = await Promise.all([
    needsOwners ? listPeople(ctx) : [],
    fields.has('stage') ? listStages(ctx) : [],
    needsFields ? listFields(ctx, recordType) : [],
    recordType === 'deal' ? findCompanies(ctx, companyNames) : indexOf([], () => []),
  ]);
  const byEmail = indexOf(people, ({ email }) => [email]);
  const byName = indexOf(people, ({ name }) => [name]);
  const stageIds = indexOf(pipeline, ({ id, name, systemKey }) => [id, name, systemKey ?? name]);
  return {
    ownerByEmail: (email) => only(byEmail, email, 'ownerEmail', 'active user'),
    ownerByName: (name) => only(byName, name, 'ownerName', 'active user'),
    stageOf: (name) => stageWithId(pipeline, only(stageIds, name, 'stage', 'stage')),
    companyIdOf: (name) => only(companyIds, name, 'company', 'company'),
    fieldOf: (key) => {
      const field = customFields.find((candidate) => candidate.key === key && !candidate.archived);
      if (field !== undefined) return field;
      const name = CUSTOM_PREFIX + key;
      throw refusal(name, `there is no such custom field of a ${recordType}; define it first`);
    },
  };
}

function stageWithId(pipeline: readonly Stored<Stage>[], id: string): Stored<Stage> {
  const stage = pipeline.find((candidate) => candidate.id === id);
  if (stage === undefined) throw new Error(`stage ${id} is in the index but not in the pipeline`);
  return stage;
}

/** Companies by their names as the file writes them; everybody sees that a company exists. */
async function findCompanies(ctx: Caller, names: readonly string[]): Promise<Index> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const distinct = [...new Set(names)];
  const groups: string[][] = [];
  for (let from = 0; from < distinct.length; from += MAX_NAMES) {
    groups.push(distinct.slice(from, from + MAX_NAMES));
  }
  const found = await Promise.all(
    groups.map((group) =>
      unit.query(companies, (query) =>
        query.where('name', 'in', group).where('deletedAt', '==', null).limit(MAX_NAMESAKES),
      ),
    ),
  );
  return indexOf(found.flat(), ({ name }) => [name]);
}

async function listPeople(ctx: Caller) {
  const unit = openUnit(ctx, ctx.principal.orgId);
  return unit.query(users, (query) => query.where('active', '==', true).limit(MAX_PEOPLE));
}

async function listStages(ctx: Caller) {
  return openUnit(ctx, ctx.principal.orgId).query(stages, (query) =>
    query.where('deletedAt', '==', null).limit(MAX_STAGES),
  );
}

function indexOf<T extends { readonly id: string }>(
  records: readonly T[],
  namesOf: (record: T) => readonly string[],
): Index {
  const index = new Map<string, string[]>();
  for (const record of records) {
    for (const name of new Set(namesOf(record).map(plain))) {
      index.set(name, [...(index.get(name) ?? []), record.id]);
    }
  }
  return index;
}

/** Two records of one name are never guessed between. */
function only(index: Index, name: string, field: string, what: string): string {
  const [id, ...others] = index.get(plain(name)) ?? [];
  if (id === undefined) throw refusal(field, `there is no ${what} '${name.slice(0, 100)}'`);
  if (others.length === 0) return id;
  throw refusal(
    field,
    `'${name.slice(0, 100)}' names ${others.length + 1} records; make it unique`,
  );
}

function plain(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

function refusal(field: string, problem: string): AppError {
  return new AppError('invalid-argument', `${field}: ${problem}`, { field });
}
