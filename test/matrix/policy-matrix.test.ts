import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FirebaseError } from 'firebase/app';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  or,
  type QueryFilterConstraint,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import pMap from 'p-map';
import { z } from 'zod';
import {
  findGrant,
  isAllowed,
  policy,
  type Relation,
} from '../../functions/src/modules/access/access.policy.ts';
import {
  operationSchema,
  type RecordType,
  recordTypeSchema,
} from '../../functions/src/modules/access/access.schema.ts';
import { INTAKE_STAGE_ID } from '../../functions/src/modules/stages/stages.schema.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { editBy, newDealBy, newDirectId } from '../support/client-writes.ts';
import { useMails } from '../support/mails.ts';
import { listIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';
import { createMatrixWorld, type MatrixRecord, type MatrixWorld, request } from './matrix-world.ts';
import type { Person } from './persons.ts';
import { type Action, actions, operationOf, type TypeRow, typeRows } from './record-types.ts';

const CELLS = 2000;
const AT_ONCE = 8;
const TYPE_TIMEOUT_MS = 120_000;

useMails();
const storeOf = useClients();

let world: MatrixWorld;
let cells = 0;
let disagreed = 0;
const disagreements: string[] = [];
const records = new Map<RecordType, readonly MatrixRecord[]>();

beforeAll(async () => {
  world = await createMatrixWorld(async (member) => {
    // The token of the one who is about to be demoted opens both doors.
    const path = `orgs/${member.principal.orgId}/users/${member.uid}`;
    expect((await getDoc(doc(storeOf(member), path))).exists()).toBe(true);
    await member.token();
  });
  for (const type of recordTypeSchema.options) {
    records.set(type, await world.recordsOf(type, typeRows[type]));
  }
}, TYPE_TIMEOUT_MS);

afterAll(() => {
  process.stdout.write(`policy matrix: ${cells} cells, ${disagreed} disagreements\n`);
});

/** Notes one cell; what a door does must be what the policy says. */
function note(cell: readonly string[], expected: unknown, actual: unknown): void {
  cells += 1;
  if (JSON.stringify(expected) === JSON.stringify(actual)) return;
  const said = `the policy says ${JSON.stringify(expected)}, the door ${JSON.stringify(actual)}`;
  disagreed += 1;
  disagreements.push(`${cell.join(' · ')}: ${said}`);
}

/** The actions that make sense for a type; only deals have money and stages. */
function actionsOf(type: RecordType): readonly Action[] {
  return actions.filter((action) => type === 'deal' || (action !== 'money' && action !== 'stage'));
}

/** Whom an action concerns: a new record its owner, any other whom it concerns now. */
function concerned(
  action: Action,
  person: Principal,
  { audience }: MatrixRecord,
  type: RecordType,
) {
  const { colleague, teams } = world.org;
  if (typeRows[type].isOwned && action === 'create') {
    return { ownerId: person.uid, teamId: person.teamId, participantIds: [person.uid] };
  }
  if (typeRows[type].isOwned && action === 'create for another') {
    return { ownerId: colleague.uid, teamId: teams.east, participantIds: [colleague.uid] };
  }
  return audience;
}

function isGranted(
  person: Person,
  action: Action,
  type: RecordType,
  record: MatrixRecord,
): boolean {
  const operation = operationOf[action];
  const { principal } = person;
  if (principal === undefined || operation === undefined) return false;
  return isAllowed(principal, operation, type, concerned(action, principal, record, type));
}

describe('the REST doors', () => {
  it.each(recordTypeSchema.options)(
    'decide on %s as the policy does',
    async (type) => {
      const row = typeRows[type];
      const all = await world.allOf(type, row);
      // Lists first: the attempts at making something leave it behind.
      await pMap(world.persons, (person) => tryRestList(type, person, all), {
        concurrency: AT_ONCE,
      });
      const tries = world.persons.flatMap((person) => triesOf(type, person));
      await pMap(tries, (each) => tryRest(type, each), { concurrency: AT_ONCE });
      expect(disagreements.splice(0)).toEqual([]);
    },
    TYPE_TIMEOUT_MS,
  );
});

interface Attempt {
  readonly person: Person;
  readonly action: Action;
  readonly record: MatrixRecord;
}

/** Every action that a person may try with the records of a type, but listing them. */
function triesOf(type: RecordType, person: Person): Attempt[] {
  return actionsOf(type).flatMap((action) => {
    if (action === 'list') return [];
    // What is made does not depend on whose another record is.
    const tried = (records.get(type) ?? []).slice(0, action.startsWith('create') ? 1 : undefined);
    return tried.map((record) => ({ person, action, record }));
  });
}

async function tryRest(type: RecordType, { person, action, record }: Attempt): Promise<void> {
  // A request that names no record is about the sender's own organisation.
  const namesNone = action.startsWith('create') || type === 'fieldSet';
  if (person.isForeign && namesNone) return;
  const row = typeRows[type];
  const isRead = action === 'get';
  const subject = isRead ? record : await world.copyOf(row, record);
  const offered = isOffered(type, action, person)
    ? row.rest[action]?.(subject.id, world)
    : undefined;
  const { line, body } =
    offered ?? row.rest[action]?.(subject.id, world) ?? usual(row, action, subject.id);
  const { status } = await request(line, person.token, body);
  if (!isRead) await world.discard(row, subject);
  const hasScope = person.principal?.scopes.includes(isRead ? 'read:crm' : 'write:crm') ?? false;
  const mayGet = isGranted(person, action, type, record) || (isRead && seesSubject(person, row));
  const expected = offered !== undefined && hasScope && mayGet;
  note(['REST', type, action, record.whose, person.name], expected, decisionOf(status, offered));
}

/** An API key owns no records: it makes them for somebody. */
function isOffered(type: RecordType, action: Action, { principal }: Person): boolean {
  return !(action === 'create' && typeRows[type].isOwned && principal?.kind === 'apiKey');
}

/** Who can see the deal that a note is about can get the note. */
function seesSubject({ principal }: Person, { isAbout }: TypeRow): boolean {
  const { rep, teams } = world.org;
  const split = world.persons.find(({ name }) => name === 'rep with a split')?.principal;
  if (principal === undefined || isAbout === undefined || split === undefined) return false;
  const participantIds = [rep.uid, split.uid];
  return isAllowed(principal, 'read', isAbout, {
    ...{ ownerId: rep.uid, teamId: teams.east, participantIds },
  });
}

/** True for an answer, false for a refusal; anything else is told as it is. */
function decisionOf(status: number, offered: unknown): boolean | number {
  if (status < 300) return true;
  const refusals = offered === undefined ? [400, 401, 403, 404, 405, 422] : [401, 403, 404];
  return refusals.includes(status) ? false : status;
}

/** The request that would be usual for what no door offers. */
function usual({ path, contentField }: TypeRow, action: Action, id: string) {
  const at = `/api/${path}/${id}`;
  switch (action) {
    case 'get':
      return { line: `GET ${at}` };
    case 'list':
      return { line: `GET /api/${path}` };
    case 'create':
    case 'create for another':
      return { line: `PUT /api/${path}`, body: {} };
    case 'delete':
      return { line: `DELETE ${at}` };
    case 'system':
      return { line: `PATCH ${at}`, body: { createdBy: 'somebody', createdAt: '2026-01-01' } };
    case 'assignment':
      return { line: `PATCH ${at}`, body: { ownerId: world.org.rep.uid, teamId: 'team' } };
    default:
      return { line: `PATCH ${at}`, body: { [contentField]: 'changed', extra: 1 } };
  }
}

const identifiedSchema = z.union([z.object({ id: z.string() }), z.object({ key: z.string() })]);

async function tryRestList(
  type: RecordType,
  person: Person,
  all: readonly MatrixRecord[],
): Promise<void> {
  const offered = typeRows[type].rest.list?.('', world);
  if (offered?.list === undefined) return;
  const { status, body } = await request(offered.line, person.token, undefined);
  const isRefused = [401, 403].includes(status);
  // Whoever is of another organisation sees that one's; of this one there must be nothing.
  const ours = new Set(all.map(({ id }) => id).filter((id) => id !== INTAKE_STAGE_ID));
  const listed = status === 200 ? listIn(body, offered.list).map(idOf) : [];
  const found = listed.filter((id) => !person.isForeign || ours.has(id));
  const expected = visibleTo(person, type, all);
  const cell = ['REST', type, 'list', '', person.name];
  note(cell, expected, isRefused ? [] : status === 200 ? found.toSorted() : status);
}

function idOf(entry: unknown): string {
  const parsed = identifiedSchema.parse(entry);
  return 'id' in parsed ? parsed.id : parsed.key;
}

function visibleTo(
  { principal }: Person,
  type: RecordType,
  all: readonly MatrixRecord[],
): string[] {
  if (principal === undefined) return [];
  return all
    .filter(({ audience }) => isAllowed(principal, 'read', type, audience))
    .map(({ id }) => id)
    .toSorted();
}

describe('the rules', () => {
  it.each(recordTypeSchema.options)(
    'decide on %s as the policy does',
    async (type) => {
      const all = await world.allOf(type, typeRows[type]);
      const clients = world.persons.filter(({ client }) => client !== undefined);
      for (const person of clients) await tryRulesList(type, person, all);
      const tries = clients.flatMap((person) => triesOf(type, person));
      await pMap(tries, (each) => tryRules(type, each), { concurrency: AT_ONCE });
      expect(disagreements.splice(0)).toEqual([]);
    },
    TYPE_TIMEOUT_MS,
  );
});

function clientOf({ client }: Person) {
  return storeOf(client === 'anonymous' ? undefined : client);
}

async function tryRules(type: RecordType, { person, action, record }: Attempt): Promise<void> {
  const row = typeRows[type];
  const subject = action === 'get' ? record : await world.copyOf(row, record);
  const offered = action === 'get' || (row.rulesWrite?.includes(action) ?? false);
  const expected = offered && isGranted(person, action, type, record);
  const actual = await isAccepted(directly(row, person, action, subject.id));
  note(['rules', type, action, record.whose, person.name], expected, actual);
  if (action !== 'get') await world.discard(row, subject);
}

function directly(
  { collection: name, contentField }: TypeRow,
  person: Person,
  action: Action,
  id: string,
): Promise<unknown> {
  const { orgId, stages, colleague } = world.org;
  const store = clientOf(person);
  const folder = name === undefined ? 'orgs' : `orgs/${orgId}/${name}`;
  const ref = doc(store, `${folder}/${id}`);
  const by = person.principal ?? { uid: 'nobody', teamId: null };
  const edit = (fields: Record<string, unknown>) => updateDoc(ref, editBy(by, fields));
  switch (action) {
    case 'get':
      return getDoc(ref);
    case 'create':
      return setDoc(doc(store, `${folder}/${newDirectId()}`), newDealBy(by));
    case 'create for another':
      return setDoc(doc(store, `${folder}/${newDirectId()}`), {
        ...newDealBy(by),
        ...{ ownerId: colleague.uid, participantIds: [colleague.uid] },
      });
    case 'content':
      return edit({ [contentField]: 'changed' });
    case 'money':
      return edit({ valueMinor: 1 });
    case 'stage':
      return edit({ stageId: stages.QUALIFIED });
    case 'assignment':
      return edit({ ownerId: by.uid, teamId: 'team', participantIds: [by.uid] });
    case 'system':
      return edit({ createdBy: 'somebody' });
    case 'delete':
      return deleteDoc(ref);
    case 'list':
      throw new Error('a list is no document');
  }
}

async function tryRulesList(
  type: RecordType,
  person: Person,
  all: readonly MatrixRecord[],
): Promise<void> {
  const { collection: name } = typeRows[type];
  const { orgId } = world.org;
  const folder = collection(
    clientOf(person),
    name === undefined ? 'orgs' : `orgs/${orgId}/${name}`,
  );
  const relations = person.principal ? policy[type].read[person.principal.role] : [];
  const seesAll = relations.includes('any');
  const whole = await idsOf(getDocs(folder));
  // The organisations are nobody's list.
  const offered = name !== undefined;
  const visible = visibleTo(person, type, all);
  note(
    ['rules', type, 'list of all', '', person.name],
    offered && seesAll ? visible : false,
    whole,
  );
  if (seesAll || person.principal === undefined) return;
  const filters = filtersOf(type, person.principal);
  const narrowed = await idsOf(getDocs(query(folder, or(...filters))));
  note(['rules', type, 'list', '', person.name], filters.length > 0 && visible, narrowed);
}

/** The filters by which the rules can tell that a query shows nothing but what the policy grants. */
function filtersOf(type: RecordType, principal: Principal): QueryFilterConstraint[] {
  return policy[type].read[principal.role].flatMap(
    (relation) => filterOf(relation, principal) ?? [],
  );
}

function filterOf(
  relation: Relation,
  { uid, managedTeamIds }: Principal,
): QueryFilterConstraint | undefined {
  switch (relation) {
    case 'any':
      return undefined;
    case 'managed':
      return managedTeamIds.length === 0 ? undefined : where('teamId', 'in', [...managedTeamIds]);
    case 'owned':
      return where('ownerId', '==', uid);
    case 'involved':
      return where('participantIds', 'array-contains', uid);
  }
}

async function idsOf(found: ReturnType<typeof getDocs>): Promise<string[] | false> {
  try {
    return (await found).docs.map(({ id }) => id).toSorted();
  } catch (error) {
    return denied(error);
  }
}

async function isAccepted(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    return denied(error);
  }
}

function denied(error: unknown): false {
  if (error instanceof FirebaseError && error.code === 'permission-denied') return false;
  throw error;
}

const explanationSchema = z.object({
  allowed: z.boolean(),
  clause: z.object({ relation: z.string() }).nullable(),
});

describe('the explanation', () => {
  it(
    'of every decision is the clause of the policy',
    async () => {
      const token = await world.org.admin.token();
      const members = world.persons.filter(
        ({ principal, name }) => principal?.kind === 'user' || name === 'deactivated',
      );
      const questions = recordTypeSchema.options
        // An event has no id of its own at this door.
        .filter((type) => type !== 'event')
        .flatMap((type) =>
          (records.get(type) ?? []).flatMap((record) =>
            members.flatMap((person) =>
              operationSchema.options.map((operation) => ({ type, record, person, operation })),
            ),
          ),
        );
      await pMap(
        questions,
        async ({ type, record, person, operation }) => {
          const userId = typeof person.client === 'object' ? person.client.uid : '';
          const asked = { userId, recordType: type, recordId: record.id, operation };
          const line = `GET /api/access/explain?${new URLSearchParams(asked)}`;
          const { body } = await request(line, token, undefined);
          const { allowed, clause } = explanationSchema.parse(body);
          const grant =
            person.principal && findGrant(person.principal, operation, type, record.audience);
          note(
            ['explanation', type, operation, record.whose, person.name],
            { allowed: grant !== undefined, relation: grant ?? null },
            { allowed, relation: clause?.relation ?? null },
          );
        },
        { concurrency: AT_ONCE },
      );
      expect(disagreements.splice(0)).toEqual([]);
    },
    TYPE_TIMEOUT_MS,
  );
});

describe('the matrix', () => {
  it(`has at least ${CELLS} cells, and no disagreement in them`, () => {
    expect(cells).toBeGreaterThanOrEqual(CELLS);
    expect(disagreed).toBe(0);
  });
});
