import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { deleteApp, initializeApp } from 'firebase/app';
import { initializeAuth } from 'firebase/auth';
import pMap from 'p-map';
import { compositeIndexes } from '../../functions/src/app/indexes.ts';
import { wasReached } from '../../functions/src/modules/deliveries/deliveries.repository.ts';
import { listEvents } from '../../functions/src/modules/events/sweep.repository.ts';
import { type User, userSchema } from '../../functions/src/modules/users/users.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { CompositeIndex } from '../../functions/src/platform/indexes.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { makeDigest } from '../../functions/src/workflows/send-digests.ts';
import { startDueRuns } from '../../functions/src/workflows/start-due-runs.ts';
import { storedConversationSchema } from '../../web/src/data/messages.ts';
import { examples } from '../fuzz/examples.ts';
import { createFuzzWorld, type FuzzWorld, router, tasks } from '../fuzz/fuzz-world.ts';
import { assemble, partsOf, send, tokenFor } from '../fuzz/send.ts';
import { close, earn, NOVEMBER } from '../payouts/payout-world.ts';
import { as } from '../support/as.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { driveJob, invocationAt } from '../support/jobs.ts';
import { useMails } from '../support/mails.ts';
import { type OpenApi, type Route, readOpenApi, type Schema } from '../support/open-api.ts';
import { addMember, createOrganisation, type Member } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { textIn } from '../support/request.ts';
import { useStripe } from '../support/stripe.ts';
import { aggregatesIn, queryIn, requireIndexes, usedIndexes } from './declared-indexes.ts';
import { structuredQueryOf } from './web-query.ts';

/**
 * Makes every query of the product that needs an index, so that what is declared and never used is
 * found. That a query lacks an index is found by whichever test makes it: see require-indexes.ts.
 */
const mockSources: unknown[] = [];
jest.mock('firebase/firestore', () => ({
  ...jest.requireActual<object>('firebase/firestore'),
  onSnapshot: (source: unknown) => {
    mockSources.push(source);
    return () => undefined;
  },
}));

const TOUR_MS = 240_000;
const bodyOfDeal = { title: 'Website Redesign', value: 1000 };
const AT_ONCE = 8;
const mails = useMails();
const stripe = useStripe();
let api: OpenApi;
let world: FuzzWorld;
let callers: readonly Member[];

beforeAll(async () => {
  api = await readOpenApi(router);
  world = await createFuzzWorld(mails, stripe);
  const { orgId, teams, admin, rep } = world.org;
  const ofTwo = await addMember(orgId, 'two-teams', {
    ...{ role: 'manager', teamId: teams.west, managedTeamIds: [teams.east, teams.west] },
  });
  callers = [admin, ofTwo, rep];
}, 60_000);

function routeOf(name: string): Route {
  const route = api.routes.find((each) => each.name === name);
  if (route === undefined) throw new Error(`there is no route ${name}; drop its example`);
  return route;
}

/** The queries that ask for a list by each parameter, with what amounts need, in each order. */
function queriesOf({ parameters }: Route): string[] {
  const declared = parameters.filter((parameter) => parameter.in === 'query');
  const valuesOf = (name: string) => {
    const parameter = declared.find((each) => each.name === name);
    return parameter === undefined ? [] : samplesOf(name, parameter.schema);
  };
  const each = (name: string): Record<string, string>[] => [
    {},
    ...valuesOf(name).map((value) => ({ [name]: value })),
  ];
  const filters = declared.map(({ name }) => name).filter((name) => !PAGING.has(name));
  const queries = [{}, ...filters.flatMap((name) => each(name).slice(1))].flatMap((filter) =>
    each('currency').flatMap((currency) =>
      each('sort').flatMap((sort) =>
        each('order').map((order) => ({ ...currency, ...filter, ...sort, ...order })),
      ),
    ),
  );
  return [...new Set(queries.map((query) => new URLSearchParams(query).toString()))];
}

const PAGING: ReadonlySet<string> = new Set(['cursor', 'page', 'limit', 'sort', 'order']);

/** A value of each kind that a parameter can have; a value of a list stands for all of them. */
function samplesOf(name: string, given: Schema): string[] {
  const schema = api.resolve(given);
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => samplesOf(name, each));
  if (schema.enum !== undefined) {
    return name === 'sort' || name === 'order' ? schema.enum.map(String) : [String(schema.enum[0])];
  }
  if (schema.format === 'date') return ['2026-01-01'];
  if (schema.format === 'date-time') return ['2026-01-01T00:00:00Z'];
  if (schema.type === 'number') return ['1'];
  if (/^(owner|assignee|user)Id$/.test(name)) return [world.org.rep.uid];
  if (name === 'teamId') return [world.org.teams.east];
  if (name === 'currency') return ['USD'];
  return name === 'search' ? ['ada', 'ada lovelace'] : ['ada'];
}

async function memberAsStored(orgId: string, uid: string): Promise<User> {
  return userSchema.parse(timestampsToDates(await stored(orgId, `users/${uid}`)));
}

function inWords({ collectionGroup, fields }: CompositeIndex): string {
  const words = fields.map((field) => {
    if ('arrayConfig' in field) return `${field.fieldPath} contains`;
    return field.order === 'ASCENDING' ? field.fieldPath : `${field.fieldPath} desc`;
  });
  return `${collectionGroup}: ${words.join(', ')}`;
}

/**
 * From now on a query is looked at and answered with nothing: the emulator would go through the
 * whole collection for each of them. Documents are read as ever.
 */
function answerQueriesWithNothing(): void {
  const db = firestore();
  const send: unknown = Reflect.get(db, 'requestStream');
  if (typeof send !== 'function') throw new Error('this Firestore client has no requestStream()');
  const value = async (method: string, ...args: unknown[]): Promise<unknown> => {
    const query = queryIn(args);
    if (query === undefined) return Reflect.apply(send, db, [method, ...args]);
    const { count, sums } = aggregatesIn(args);
    requireIndexes(query, sums);
    const stream = new PassThrough({ objectMode: true });
    // The client gives its aggregates these names.
    const aggregateFields = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`aggregate_${index}`, { integerValue: 0 }]),
    );
    const isAggregation = method === 'runAggregationQuery';
    const result = isAggregation ? { result: { aggregateFields } } : {};
    stream.write({ ...result, readTime: { seconds: 1, nanos: 0 } });
    return stream.end();
  };
  Object.defineProperty(db, 'requestStream', { value, configurable: true });
}

/** A request that is refused shows nothing of queries; one that fails does. */
async function visit(request: Parameters<typeof send>[0]): Promise<void> {
  const { status, text } = await send(request);
  if (status >= 500) throw new Error(`${request.method} ${request.target} → ${text}`);
}

describe('a tour of the product', () => {
  afterEach(() => {
    Reflect.deleteProperty(firestore(), 'requestStream');
  });

  it(
    'sends every example as somebody of each role',
    async () => {
      for (const [name, make] of Object.entries(examples)) {
        for (const caller of callers) {
          const example = await make(world);
          await visit(assemble(partsOf(routeOf(name), example, await tokenFor(example, caller))));
        }
      }
    },
    TOUR_MS,
  );

  it(
    'asks for every list by each of its parameters, in each of its orders',
    async () => {
      answerQueriesWithNothing();
      for (const route of api.routes.filter(({ method }) => method === 'GET')) {
        const example = (await examples[route.name]?.(world)) ?? {};
        const requests = queriesOf(route).flatMap((query) =>
          callers.map((caller) => async () => {
            const parts = partsOf(route, example, await tokenFor(example, caller));
            await visit(assemble({ ...parts, query }));
          }),
        );
        await pMap(requests, (request) => request(), { concurrency: AT_ONCE });
      }
    },
    TOUR_MS,
  );

  it('reports what makes a deal won, and reads the events of a record', async () => {
    const deal = await world.fresh('deals');
    const token = await world.org.admin.token();
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ dealId: deal, event: 'deal_won' });
    await visit({ method: 'POST', target: '/api/events', headers, body });
    await listEvents(openUnit(startInvocation(newId()), world.org.orgId), deal);
  });

  it('earns by tiers, disputes a part of it, and closes the period', async () => {
    const org = await createOrganisation();
    const tiers = [{ fromMinor: 0, rateBps: 500 }];
    const { plan } = await planFor(org, [{ kind: 'tiers', mode: 'cliff', tiers }], {
      currency: 'USD',
    });
    const dealId = textIn((await as(org.rep, 'POST /api/deals', bodyOfDeal)).body, 'id');
    const october = new Date('2026-10-10T12:00:00Z');
    const tiered = { isTiered: true, planKey: `${plan.id}_1`, wonAt: october, basisMinor: 100_000 };
    await earn(org, org.rep, 5000, october, { ...tiered, component: 'split', dealId });
    const opened = await as(org.rep, 'POST /api/disputes', { dealId, reason: 'Mine alone' });
    expect(opened).toMatchObject({ status: 201, body: { held: { amountMinor: 5000 } } });
    expect(await close(org, '2026-10-01', NOVEMBER)).toMatchObject({ status: 'closed' });
    for (const line of ['GET /api/earnings/balance', 'GET /api/earnings/statement']) {
      expect(await as(org.rep, line)).toMatchObject({ status: 200 });
    }
  });

  it('asks whether an endpoint was reached', async () => {
    const unit = openUnit(startInvocation('test'), world.org.orgId);
    expect(await wasReached(unit, 'no-such-subscription', new Date())).toBe(false);
  });

  it('starts the workflows whose time has come', async () => {
    const { admin, orgId } = world.org;
    const triggers = [
      { kind: 'stalled', days: 1 },
      ...['contact', 'company', 'lead'].map((recordType) => ({
        ...{ kind: 'schedule', cron: '* * * * *', recordType },
      })),
    ];
    for (const trigger of triggers) {
      const steps = [{ id: 'note', type: 'CREATE_NOTE', config: { text: 'Call' } }];
      const body = { name: 'By the clock', status: 'ACTIVE' };
      const definition = { trigger, condition: null, steps };
      const made = await as(admin, 'POST /api/workflows', { ...body, definition });
      expect(made).toMatchObject({ status: 201 });
    }
    await new DealTriggers(orgId).follow(await world.fresh('deals'));
    const dayMs = 24 * 60 * 60 * 1000;
    await startDueRuns(invocationAt(new Date(Date.now() + 2 * dayMs)));
    await startDueRuns(invocationAt(new Date(Date.now() + 3 * dayMs)));
  });

  it('makes digests', async () => {
    const later = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000);
    for (const caller of callers) {
      await as(caller, 'PUT /api/notifications/settings', { digest: 'daily' });
      await makeDigest(invocationAt(later), world.org.orgId, caller.uid);
    }
  });

  it(
    'does the jobs that were ordered on the way',
    async () => {
      const jobIds = tasks.asked.flatMap(({ payload }) =>
        'jobId' in payload && typeof payload.jobId === 'string' ? payload.jobId : [],
      );
      for (const jobId of new Set(jobIds)) await driveJob(world.org.orgId, jobId);
      expect(jobIds).not.toEqual([]);
    },
    TOUR_MS,
  );
});

describe('the web client', () => {
  const app = initializeApp({ projectId: 'demo-splitline', apiKey: 'none' });
  afterAll(() => deleteApp(app));

  it('listens to nothing that lacks an index', async () => {
    // Loaded here, behind the mock: an import would come first.
    const { openWorkspace } = await import('../../web/src/data/firebase/workspace.ts');
    const backend = { app, auth: initializeAuth(app), emulators: undefined };
    const heard = () => undefined;
    for (const { uid } of callers) {
      const { orgId } = world.org;
      const data = openWorkspace(backend, orgId, uid);
      const member = { id: uid, ...(await memberAsStored(orgId, uid)) };
      data.watchUsers(heard, heard);
      data.watchStages(heard, heard);
      data.watchDeals(member)(heard, heard);
      data.watchBoard(member)(heard, heard);
      data.watchLatestEvent(member, 'deal')(heard, heard);
      data.watchDealSplits(member, 'deal')(heard, heard);
      data.watchDealEntries(member, 'deal')(heard, heard);
      data.watchOwnEntries(heard, heard);
      data.watchOwnDisputes(heard, heard);
      data.watchDisputes(member, 'open')(heard, heard);
      data.watchConversations(member, storedConversationSchema, 50)(heard, heard);
    }
    for (const source of mockSources) requireIndexes(structuredQueryOf(source));
    expect(mockSources.length).toBeGreaterThanOrEqual(9 * callers.length);
  });
});

describe('the declared indexes', () => {
  it('are each needed by a query of the tour', () => {
    expect(compositeIndexes.filter((index) => !usedIndexes.has(index)).map(inWords)).toEqual([]);
  });

  it('are declared once', () => {
    const words = compositeIndexes.map(inWords);
    expect(words.filter((each, position) => words.indexOf(each) !== position)).toEqual([]);
  });
});
