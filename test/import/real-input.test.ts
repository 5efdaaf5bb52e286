/**
 * The public data set of 8,800 opportunities, imported as the command line does it, and then seen
 * through the API by everybody in it. What must come out is computed here from the files, by code
 * that shares nothing with the import.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pMap from 'p-map';
import { z } from 'zod';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { rollupKinds } from '../../functions/src/app/rollup-kinds.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import { getOverview } from '../../functions/src/modules/analytics/overview.service.ts';
import { listDeals } from '../../functions/src/modules/deals/deals.public.ts';
import { listDealsSchema } from '../../functions/src/modules/deals/deals.schema.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { approvePayout } from '../../functions/src/modules/payouts/approve-payouts.ts';
import {
  closableFrom,
  closePeriodStep,
  orderClose,
} from '../../functions/src/modules/payouts/close-period.ts';
import { payouts } from '../../functions/src/modules/payouts/payouts.public.ts';
import { periodContaining } from '../../functions/src/modules/payouts/periods.ts';
import { findTimeline } from '../../functions/src/modules/payouts/settings.ts';
import { newPlanSchema } from '../../functions/src/modules/plans/plans.schema.ts';
import { createPlan } from '../../functions/src/modules/plans/plans.service.ts';
import { loadPrincipal } from '../../functions/src/modules/users/users.public.ts';
import { findAccount } from '../../functions/src/platform/accounts.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { addMember } from '../../functions/src/workflows/add-member.ts';
import { sendPayout } from '../../functions/src/workflows/send-payout.ts';
import { type Door, openDoor } from '../../local/import/door.ts';
import { type JobProgress, watchJob } from '../../local/import/import-file.ts';
import {
  emailOf,
  freshSignIn,
  importSalesOpportunities,
} from '../../local/import/sales-opportunities.ts';
import { payByStripe, transfersOf } from '../payouts/stripe-world.ts';
import { contextOf } from '../support/context.ts';
import { earnedBy } from '../support/earnings.ts';
import { driveJob, invocationAt } from '../support/jobs.ts';
import { freshEmail } from '../support/organisation.ts';
import { useStripe } from '../support/stripe.ts';
import { signIn } from '../support/tokens.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../shared/data/crm-sales-opportunities');
const hasFiles = existsSync(path.join(FOLDER, 'sales_pipeline.csv'));
if (!hasFiles)
  console.warn('test/import: the data set is not beside the project; its tests are skipped');
/** The emulator looks at every deal of the organisation for each query. */
const SLOW_MS = 120_000;
const stripe = useStripe();
const describeReal = hasFiles ? describe : describe.skip;

/** Nothing in these files is quoted, which the first test makes sure of. */
function linesOf(name: string): string[][] {
  const [, ...lines] = readFileSync(path.join(FOLDER, name), 'utf8').trim().split('\n');
  return lines.map((line) => line.split(','));
}

const REP_BPS = 1000n;
const MANAGER_BPS = 200n;

/** What each earns on the won deals of the file, deal by deal, rounded to the cent. */
function commissionBy(personOf: (agent: string) => string, rateBps: bigint): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [, agent = '', , , stage, , , value = ''] of linesOf('sales_pipeline.csv')) {
    if (stage !== 'Won') continue;
    const person = personOf(agent);
    const cents = (BigInt(value) * 100n * rateBps * 2n + 10_000n) / 20_000n;
    sums.set(person, (sums.get(person) ?? 0n) + cents);
  }
  return sums;
}

interface Sum {
  deals: number;
  won: number;
  wonMinor: number;
}

/** Won value by person, straight from the columns. */
function sumBy(personOf: (agent: string) => string): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [, agent = '', , , stage, , , value = ''] of linesOf('sales_pipeline.csv')) {
    const sum = sums.get(personOf(agent)) ?? { deals: 0, won: 0, wonMinor: 0 };
    sum.deals += 1;
    if (stage === 'Won') {
      sum.won += 1;
      sum.wonMinor += Number(value) * 100;
    }
    sums.set(personOf(agent), sum);
  }
  return sums;
}

const STAGE_KEYS: ReadonlyMap<string, string> = new Map([
  ['Won', 'CLOSED_WON'],
  ['Lost', 'CLOSED_LOST'],
]);

/** What the dashboard must say of the lines that `isShown`: by stage, closed ones by their day. */
function dashboardOf(range: Range, isShown: (agent: string) => boolean) {
  const stages: Record<string, { count: number; value: number }> = {};
  for (const line of linesOf('sales_pipeline.csv')) {
    const [, agent = '', , , stage = '', , closedOn = '', value = ''] = line;
    const key = STAGE_KEYS.get(stage) ?? 'open';
    const isInRange = closedOn >= range.startDate && closedOn <= range.endDate;
    if (!isShown(agent) || (key !== 'open' && !isInRange)) continue;
    const { count, value: sum } = stages[key] ?? { count: 0, value: 0 };
    stages[key] = { count: count + 1, value: sum + Number(value) };
  }
  return stages;
}

interface Range {
  readonly startDate: string;
  readonly endDate: string;
}

const overviewSchema = z.object({
  metrics: z.object({ activeDeals: z.int(), dealsValue: z.number() }),
  charts: z.object({
    dealsByStage: z.array(z.object({ stage: z.string(), count: z.int(), value: z.number() })),
  }),
});

/** What the dashboard says, in the same form. */
async function dashboardSeenBy(door: Door, { startDate, endDate }: Range) {
  const line = `GET /api/analytics/overview?startDate=${startDate}&endDate=${endDate}`;
  const { metrics, charts } = overviewSchema.parse(await door.request(line));
  const closed = charts.dealsByStage.filter(({ stage }) => stage.startsWith('CLOSED_'));
  const stages = closed.map(({ stage, count, value }) => [stage, { count, value }] as const);
  const open = { count: metrics.activeDeals, value: metrics.dealsValue };
  return Object.fromEntries([...stages, ...(open.count === 0 ? [] : [['open', open] as const])]);
}

const pageSchema = z.object({
  total: z.int().optional(),
  nextCursor: z.string().nullable(),
  deals: z.array(z.object({ id: z.string() })),
});

/** How many deals the API says a caller sees, all of them and those in a stage. */
async function totalsSeenBy(
  door: Door,
): Promise<{ deals: number | undefined; won: number | undefined }> {
  const totalOf = async (query: string) =>
    pageSchema.parse(await door.request(`GET /api/deals?limit=1${query}`)).total;
  return { deals: await totalOf(''), won: await totalOf('&stage=CLOSED_WON') };
}

/** Every deal a caller sees: the use case behind the API, without its bound on a page. */
async function seenBy(principal: Principal): Promise<SeenDeal[]> {
  const request = { ...listDealsSchema.parse({}), limit: 10_000 };
  return (await listDeals(contextOf(principal), request)).deals;
}

type SeenDeal = Awaited<ReturnType<typeof listDeals>>['deals'][number];

function sumOf(deals: readonly SeenDeal[]): Sum {
  const won = deals.filter(({ stageKey }) => stageKey === 'CLOSED_WON');
  return {
    deals: deals.length,
    won: won.length,
    wonMinor: won.reduce((sum, { valueMinor }) => sum + valueMinor, 0),
  };
}

describeReal('8,800 sales opportunities', () => {
  const router = createRouter();
  const url = 'http://localhost';
  const people = freshSignIn();
  const told: string[] = [];
  let admin: Door;
  let jobs: { accounts: JobProgress; deals: JobProgress };
  let seconds: number;
  let all: SeenDeal[];
  let orgId: string;
  let adminPrincipal: Principal;

  const doorOf = async (email: string, password: string) =>
    openDoor(url, await signIn(email, password), async (request) => router.fetch(request));
  const doorOfPerson = (name: string) => doorOf(emailOf(name, people), people.password);
  const principalOf = async (name: string) => {
    const account = await findAccount(emailOf(name, people));
    const { store } = startInvocation(newId());
    return loadPrincipal(store, { uid: account?.uid ?? '', orgId });
  };

  beforeAll(async () => {
    const email = freshEmail('admin');
    const visitor = openDoor(url, undefined, async (request) => router.fetch(request));
    const signedUp = await visitor.request('POST /api/signup', {
      ...{ name: 'Ada Admin', email, password: people.password, businessName: 'Real input' },
    });
    const { userId, ...org } = z.object({ orgId: z.string(), userId: z.string() }).parse(signedUp);
    orgId = org.orgId;
    admin = await doorOf(email, people.password);
    const invocation = startInvocation(newId());
    const principal = await loadPrincipal(invocation.store, { uid: userId, orgId });
    adminPrincipal = principal;
    await createPlan(
      contextOf(principal),
      newPlanSchema.parse({
        name: 'A tenth, and a fiftieth for managers',
        terms: {
          rules: [
            { kind: 'percent', rateBps: Number(REP_BPS) },
            { kind: 'override', rateBps: Number(MANAGER_BPS) },
          ],
          assignment: { everyone: true },
          effectiveFrom: '2000-01-01T00:00:00Z',
        },
      }),
    );
    const beganMs = performance.now();
    const since = new Date();
    jobs = await importSalesOpportunities(
      {
        door: admin,
        addPerson: async (person) => void (await addMember({ ...invocation, principal }, person)),
        finishJob: async (jobId) => {
          await driveJob(orgId, jobId);
          return watchJob(admin, jobId, () => undefined);
        },
        tell: (line) => told.push(line),
      },
      FOLDER,
      people,
    );
    seconds = (performance.now() - beganMs) / 1000;
    all = await seenBy(adminPrincipal);
    const span = { since, until: new Date(), limit: 100 };
    for (const roll of rollupKinds) await roll(startInvocation(newId()), span);
  }, 600_000);

  afterAll(() => {
    console.info(`imported in ${seconds.toFixed(1)} s\n${told.join('\n')}`);
  });

  it('has files that need no CSV parser to be read', () => {
    for (const name of ['accounts.csv', 'sales_pipeline.csv', 'sales_teams.csv', 'products.csv']) {
      expect(readFileSync(path.join(FOLDER, name), 'utf8')).not.toMatch(/"/);
    }
    expect(sumBy(() => 'all').get('all')).toEqual({
      deals: 8800,
      won: 4238,
      wonMinor: 1_000_553_400,
    });
  });

  it('is imported whole', () => {
    expect(jobs.deals).toMatchObject({
      status: 'done',
      processed: 8800,
      total: 8800,
      failed: 0,
      errors: [],
    });
    expect(jobs.deals.counts.created).toBe(8800);
    expect(jobs.accounts).toMatchObject({ status: 'done', failed: 0 });
    expect(jobs.accounts.counts.created).toBe(85);
  });

  it('adds up to the won value of the file', async () => {
    expect(await totalsSeenBy(admin)).toEqual({ deals: 8800, won: 4238 });
    expect(sumOf(all)).toEqual({ deals: 8800, won: 4238, wonMinor: 1_000_553_400 });
    expect(new Set(all.map(({ currency }) => currency))).toEqual(new Set(['USD']));
  });

  it('drops nothing and guesses nothing: each class of gap is reported with its number', () => {
    const { counts } = jobs.deals;
    expect(counts['replaced.customFields.product']).toBe(1480);
    expect(counts['blank.company']).toBe(1425);
    expect(counts['blank.customFields.engageDate']).toBe(500);
    const report = told.join('\n');
    expect(report).toContain(
      "1480 rows name the product 'GTXPro', which products.csv spells 'GTX Pro'",
    );
    expect(report).toContain('1425 rows have no account');
    expect(report).toContain('500 rows have no dates at all');
  });

  it('has each opportunity with the stage, days, product and account of its line', async () => {
    const byId = new Map(all.map((deal) => [deal.externalIds[0]?.id, deal]));
    const stageKeys: Record<string, string> = {
      ...{ Prospecting: 'LEAD', Engaging: 'QUALIFIED', Won: 'CLOSED_WON', Lost: 'CLOSED_LOST' },
    };
    const differing = linesOf('sales_pipeline.csv').filter((line) => {
      const [id, , product, account, stage = '', engaged, closed, value] = line;
      const deal = byId.get(id);
      return !(
        deal !== undefined &&
        deal.stageKey === stageKeys[stage] &&
        deal.valueMinor === Number(value || 0) * 100 &&
        (deal.companyId !== null) === (account !== '') &&
        deal.customFields.product === (product === 'GTXPro' ? 'GTX Pro' : product) &&
        deal.customFields.engageDate === (engaged || undefined) &&
        deal.closedAt?.toISOString() === (closed ? `${closed}T00:00:00.000Z` : undefined)
      );
    });
    expect(differing).toEqual([]);
  });

  it('keeps the bookkeeping honest: a record was created when it was imported', () => {
    const hourAgo = Date.now() - 3_600_000;
    expect(all.filter(({ createdAt }) => createdAt.getTime() < hourAgo)).toEqual([]);
  });

  it(
    'shows each manager exactly their team, and its won value',
    async () => {
      const managerOf = new Map(
        linesOf('sales_teams.csv').map(([agent = '', manager = '']) => [agent, manager]),
      );
      const expected = sumBy((agent) => managerOf.get(agent) ?? '');
      expect(expected.size).toBe(6);
      for (const [manager, sum] of expected) {
        const { deals, won } = sum;
        const totals = await totalsSeenBy(await doorOfPerson(manager));
        expect({ manager, ...totals }).toEqual({ manager, deals, won });
        const principal = await principalOf(manager);
        const seen = await seenBy(principal);
        expect({ manager, ...sumOf(seen) }).toEqual({ manager, ...sum });
        const teams = new Set(seen.map(({ teamId }) => teamId));
        expect([...teams]).toEqual(principal.managedTeamIds);
      }
    },
    SLOW_MS,
  );

  it(
    'shows each rep exactly their own, and its won value',
    async () => {
      const expected = sumBy((agent) => agent);
      const reps = linesOf('sales_teams.csv').map(([agent = '']) => agent);
      expect(reps).toHaveLength(35);
      for (const rep of reps) {
        const principal = await principalOf(rep);
        const seen = await seenBy(principal);
        const nothing = { deals: 0, won: 0, wonMinor: 0 };
        expect({ rep, ...sumOf(seen) }).toEqual({ rep, ...(expected.get(rep) ?? nothing) });
        expect(seen.filter(({ ownerId }) => ownerId !== principal.uid)).toEqual([]);
      }
    },
    SLOW_MS,
  );

  it(
    'shows everybody a dashboard that equals the sums of the file, for any days',
    async () => {
      const ranges = [
        { startDate: '2016-10-01', endDate: '2017-12-31' },
        { startDate: '2017-03-15', endDate: '2017-06-30' },
        { startDate: '2017-07-01', endDate: '2017-07-01' },
      ];
      const [whole] = ranges;
      expect(whole && dashboardOf(whole, () => true)).toMatchObject({
        CLOSED_WON: { count: 4238, value: 10_005_534 },
      });
      const ctx = contextOf(adminPrincipal);
      await getOverview(ctx, { startDate: '2016-10-01', endDate: '2017-12-31' });
      expect(ctx.store.meter.reads).toBeLessThanOrEqual(10);
      const teams = linesOf('sales_teams.csv');
      const managers = new Set(teams.map(([, manager = '']) => manager));
      const views: [string, Door, (agent: string) => boolean][] = [['all', admin, () => true]];
      for (const manager of managers) {
        const own = new Set(teams.filter((line) => line[1] === manager).map(([agent]) => agent));
        views.push([manager, await doorOfPerson(manager), (agent) => own.has(agent)]);
      }
      for (const [agent = ''] of teams) {
        views.push([agent, await doorOfPerson(agent), (other) => other === agent]);
      }
      expect(views).toHaveLength(1 + 6 + 35);
      for (const [name, door, isShown] of views) {
        for (const range of ranges) {
          const seen = await dashboardSeenBy(door, range);
          expect({ name, ...range, seen }).toEqual({
            ...{ name, ...range, seen: dashboardOf(range, isShown) },
          });
        }
      }
    },
    SLOW_MS,
  );

  it(
    'shows the busiest rep the same deals page by page at the door',
    async () => {
      const rep = 'Darcel Schlecht';
      const door = await doorOfPerson(rep);
      const seen = new Set<string>();
      let cursor: string | null = null;
      do {
        const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page = pageSchema.parse(await door.request(`GET /api/deals?limit=100${after}`));
        for (const { id } of page.deals) seen.add(id);
        cursor = page.nextCursor;
      } while (cursor !== null);
      const own = new Set((await seenBy(await principalOf(rep))).map(({ id }) => id));
      expect(own.size).toBe(747);
      expect(seen).toEqual(own);
    },
    SLOW_MS,
  );

  it(
    'earns each rep a tenth and each manager a fiftieth of what the file says, to the cent',
    async () => {
      const meter = new Meter();
      const now = new Date();
      const won = all.filter(({ stageKind }) => stageKind === 'won');
      const beganMs = performance.now();
      await pMap(
        won,
        ({ id: recordId, ...after }) => {
          const delivery = { orgId, recordId, before: undefined, after };
          return recordChange(invocationAt(now, { meter }), recordKinds.deals, delivery);
        },
        { concurrency: 16 },
      );
      const took = (performance.now() - beganMs) / 1000;
      process.stdout.write(
        `posted ${won.length} won deals in ${took.toFixed(1)} s, ${(won.length / took).toFixed(0)} a second, ` +
          `${(meter.reads / won.length).toFixed(2)} reads and ${(meter.writes / won.length).toFixed(2)} writes each\n`,
      );
      const managerOf = new Map(
        linesOf('sales_teams.csv').map(([agent = '', manager = '']) => [agent, manager]),
      );
      const expected: Record<string, number> = {};
      for (const [name, cents] of [
        ...commissionBy((agent) => agent, REP_BPS),
        ...commissionBy((agent) => managerOf.get(agent) ?? '', MANAGER_BPS),
      ]) {
        expected[`${(await principalOf(name)).uid} USD`] = Number(cents);
      }
      expect(Object.keys(expected)).toHaveLength(30 + 6);
      expect(await earnedBy(orgId)).toEqual(expected);
      expect(Object.values(expected).reduce((sum, cents) => sum + cents, 0)).toBe(
        100_055_340 + 20_011_068,
      );
    },
    SLOW_MS,
  );

  it(
    'is closed, approved and paid through Stripe, each payee once',
    async () => {
      const unit = openUnit(contextOf(adminPrincipal), orgId);
      const period = periodContaining(await findTimeline(unit), new Date());
      const ctx = { ...invocationAt(closableFrom(period)), principal: adminPrincipal };
      await orderClose(ctx, period.id);
      let cursor: string | null = null;
      for (let isDone = false; !isDone; ) {
        const step = { input: { periodId: period.id }, cursor, limit: 10 };
        const result = await closePeriodStep(ctx, step);
        cursor = result.cursor;
        isDone = result.done;
      }
      const earned = await earnedBy(orgId);
      const drafted = await unit.query(payouts, (query) => query.limit(1000));
      for (const { id, ownerId: uid } of drafted) {
        await payByStripe({ orgId }, { uid }, stripe.client(), stripe.fake());
        await approvePayout(ctx, id);
        await sendPayout(ctx, stripe.client(), id);
        await sendPayout(ctx, stripe.client(), id);
      }
      const paid = await unit.query(payouts, (query) => query.limit(1000));
      expect(new Set(paid.map(({ status }) => status))).toEqual(new Set(['paid']));
      for (const { id, amountMinor } of paid) {
        expect(transfersOf(stripe.fake(), id)).toMatchObject([{ amount: amountMinor }]);
      }
      expect(
        Object.fromEntries(
          paid.map((each) => [`${each.ownerId} ${each.currency}`, each.amountMinor]),
        ),
      ).toEqual(earned);
    },
    SLOW_MS,
  );
});
