import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listDeals } from '../../functions/src/modules/deals/deals.public.ts';
import {
  type Deal,
  type ListDeals,
  listDealsSchema,
} from '../../functions/src/modules/deals/deals.schema.ts';
import type { Stored } from '../../functions/src/platform/collection.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { as, idsIn } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn } from '../support/request.ts';

const DEALS = 60;
const day = (number: number) => new Date(Date.UTC(2030, 0, 1 + number));
const companies = ['company-a', 'company-b'];
const contacts = ['contact-a', 'contact-b'];

let org: Organisation;
let elsewhere: Organisation;
let stored: readonly Stored<Deal>[];
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  const owners = [org.rep, org.colleague, org.rep2, org.manager];
  stored = await Promise.all(
    Array.from({ length: DEALS }, async (_, n) => {
      const owner = owners[n % owners.length] ?? org.rep;
      const deal = dealOf(owner.principal, {
        ...(n % 5 === 0 ? { participantIds: [owner.uid, org.rep2.uid, org.rep.uid] } : {}),
        ...(n % 3 === 0
          ? { stageId: org.stages.PROPOSAL, stageKey: 'PROPOSAL' as const }
          : { stageId: org.stages.QUALIFIED, stageKey: 'QUALIFIED' as const }),
        valueMinor: (n % 7) * 1000,
        currency: n % 2 === 0 ? 'USD' : 'EUR',
        companyId: companies[n % 3] ?? null,
        contactIds: contacts.filter((_contact, index) => n % (index + 2) === 0),
        tags: n % 4 === 0 ? ['VIP', 'Warm'] : ['Warm'],
        expectedCloseDate: n % 6 === 0 ? null : day(n % 10),
        updatedAt: day(n % 8),
        createdAt: day(n),
        deletedAt: n % 11 === 0 ? day(n) : null,
      });
      return { ...deal, id: await storeDeal(org.orgId, deal) };
    }),
  );
});

const list = (person: Member, query: string) => as(person, `GET /api/deals?${query}`);

/** What the list must hold, from the deals themselves. */
function expected(person: Member, query: ListDeals): Stored<Deal>[] {
  const { uid, role, managedTeamIds } = person.principal;
  return stored.filter(
    (deal) =>
      deal.deletedAt === null &&
      (role === 'admin' ||
        deal.participantIds.includes(uid) ||
        (role === 'manager' && deal.teamId !== null && managedTeamIds.includes(deal.teamId))) &&
      [deal.stageId, deal.stageKey].includes(query.stage ?? deal.stageId) &&
      (query.ownerId ?? deal.ownerId) === deal.ownerId &&
      (query.teamId ?? deal.teamId) === deal.teamId &&
      (query.companyId ?? deal.companyId) === deal.companyId &&
      (query.contactId === undefined || deal.contactIds.includes(query.contactId)) &&
      (query.currency ?? deal.currency) === deal.currency &&
      (query.tag === undefined || deal.tags.includes(query.tag)) &&
      isWithin(deal.valueMinor, query.valueMinorMin, query.valueMinorMax) &&
      isWithin(deal.expectedCloseDate, query.expectedCloseFrom, query.expectedCloseTo) &&
      isWithin(deal.updatedAt, query.updatedSince, undefined),
  );
}

function isWithin<T extends number | Date>(
  value: T | null,
  min: T | undefined,
  max: T | undefined,
) {
  if (min === undefined && max === undefined) return true;
  return (
    value !== null && (min === undefined || value >= min) && (max === undefined || value <= max)
  );
}

const sortFields = {
  updatedAt: 'updatedAt',
  createdAt: 'createdAt',
  value: 'valueMinor',
  expectedCloseDate: 'expectedCloseDate',
} as const;

function isInOrder(deals: readonly Deal[], { sort, order }: ListDeals): boolean {
  const ranged = deals.map((deal) => {
    const value = deal[sortFields[sort ?? 'updatedAt']];
    return value === null ? -1 : Number(value);
  });
  const direction = order === 'asc' ? 1 : -1;
  return ranged.every((value, n) => n === 0 || ((ranged[n - 1] ?? 0) - value) * direction <= 0);
}

describe('GET /api/deals', () => {
  it('lists exactly what is asked for, page after page, or refuses by the name of a filter', async () => {
    const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
    const people = [org.rep, org.manager, org.otherManager, org.admin];
    const query = fc.record({
      stage: optional(fc.constantFrom('PROPOSAL', org.stages.QUALIFIED)),
      ownerId: optional(fc.constantFrom(org.rep.uid, org.rep2.uid, newId())),
      teamId: optional(fc.constantFrom(org.teams.east, org.teams.west)),
      companyId: optional(fc.constantFrom(...companies)),
      contactId: optional(fc.constantFrom(...contacts)),
      currency: optional(fc.constantFrom('USD', 'EUR')),
      tag: optional(fc.constantFrom('VIP', 'Warm')),
      valueMinorMin: optional(fc.constantFrom('0', '2000')),
      valueMinorMax: optional(fc.constantFrom('2000', '5000')),
      expectedCloseFrom: optional(fc.constant('2030-01-03')),
      expectedCloseTo: optional(fc.constant('2030-01-06')),
      updatedSince: optional(fc.constant(day(3).toISOString())),
      sort: optional(fc.constantFrom('updatedAt', 'createdAt', 'value', 'expectedCloseDate')),
      order: optional(fc.constantFrom('asc', 'desc')),
      limit: fc.constantFrom('7', '100'),
    });
    let listed = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...people), query, async (person, given) => {
        const input = listDealsSchema.parse(given);
        const found = await listAll(person, input);
        if (found instanceof AppError) {
          expect(found).toMatchObject({ code: 'invalid-argument', field: expect.any(String) });
          return;
        }
        listed += 1;
        const ids = found.deals.map(({ id }) => id);
        expect([...ids].sort()).toEqual(
          expected(person, input)
            .map(({ id }) => id)
            .sort(),
        );
        expect(found.total).toBe(ids.length);
        expect(isInOrder(found.deals, { ...input, sort: found.sort })).toBe(true);
      }),
      { numRuns: 250, seed: 20_261_122 },
    );
    expect(listed).toBeGreaterThan(50);
  }, 120_000);

  /** All pages of a list; the sort that a range brings with it is told from the range. */
  async function listAll(person: Member, input: ListDeals) {
    const deals: Stored<Deal>[] = [];
    let total: number | undefined;
    let cursor: string | undefined;
    try {
      do {
        const request = cursor === undefined ? input : { ...input, cursor };
        const page = await listDeals(contextOf(person.principal), request);
        deals.push(...page.deals);
        total ??= page.total;
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
    const { valueMinorMin, valueMinorMax, expectedCloseFrom, expectedCloseTo } = input;
    const ofRange =
      (valueMinorMin ?? valueMinorMax) !== undefined
        ? ('value' as const)
        : (expectedCloseFrom ?? expectedCloseTo) !== undefined
          ? ('expectedCloseDate' as const)
          : undefined;
    return { deals, total, sort: input.sort ?? ofRange };
  }

  it.each<[string, string]>([
    ['currency', 'sort=value'],
    ['currency', 'valueMinorMin=1'],
    ['valueMinorMin', 'valueMinorMin=1&currency=USD&sort=updatedAt'],
    ['expectedCloseFrom', 'expectedCloseFrom=2030-01-01&updatedSince=2030-01-01T00:00:00Z'],
    ['updatedSince', 'updatedSince=2030-01-01T00:00:00Z&sort=value&currency=USD'],
    ['tag', 'tag=VIP'],
    ['contactId', 'contactId=contact-a'],
    ['contactId', 'contactId=contact-a&tag=VIP&limit=5'],
    ['stage', 'binned=true&stage=LEAD'],
    ['sort', 'binned=true&sort=createdAt'],
    ['page', 'page=2&cursor=abc'],
    ['page', 'page=10000&limit=100'],
    ['cursor', 'cursor=abc'],
    ['sort', 'sort=title'],
    ['order', 'order=up'],
    ['page', 'page=0'],
    ['valueMinorMin', 'valueMinorMin=-1'],
    ['expectedCloseTo', 'expectedCloseTo=2030-02-30'],
    ['updatedSince', 'updatedSince=2030-01-01'],
    ['currency', 'currency=usd'],
    ['teamId', 'teamId=a%2Fb'],
  ])('refuses %s in %s', async (field, query) => {
    expect(await list(org.rep, query)).toMatchObject({ status: 422, body: { field } });
  });

  it.each([
    ['colour', 'colour=red'],
    ['valueMinorMin', 'valueMinorMin=1.5'],
  ])('refuses the shape of %s in %s', async (field, query) => {
    expect(await list(org.rep, query)).toMatchObject({ status: 400, body: { field } });
  });

  it('takes a tag beside the own id or a managed team', async () => {
    const mine = await list(org.rep, `tag=VIP&ownerId=${org.rep.uid}&limit=100`);
    expect(mine.status).toBe(200);
    const team = await list(org.manager, `tag=VIP&teamId=${org.teams.east}&limit=100`);
    expect(listIn(team.body, 'deals').length).toBeGreaterThan(
      listIn(mine.body, 'deals').length - 1,
    );
    expect((await list(org.manager, `tag=VIP&teamId=${org.teams.west}`)).status).toBe(422);
    expect((await list(org.rep, `tag=VIP&ownerId=${org.rep2.uid}`)).status).toBe(422);
  });

  it('numbers its pages for who wants that', async () => {
    const all = idsIn(listIn((await list(org.rep, 'limit=100')).body, 'deals'));
    const second = await list(org.rep, 'limit=5&page=2');
    expect(second.body).toMatchObject({
      ...{ page: 2, total: all.length, totalPages: Math.ceil(all.length / 5) },
    });
    expect(idsIn(listIn(second.body, 'deals'))).toEqual(all.slice(5, 10));
    const past = await list(org.rep, 'limit=5&page=50');
    expect(past).toMatchObject({ status: 200, body: { deals: [], page: 50 } });
  });

  it('shows a filter by another organisation’s ids to be empty', async () => {
    for (const query of [
      `ownerId=${elsewhere.rep.uid}`,
      `teamId=${elsewhere.teams.east}`,
      `stage=${elsewhere.stages.PROPOSAL}`,
    ]) {
      expect((await list(org.admin, query)).body).toMatchObject({ deals: [], total: 0 });
    }
  });

  it('costs a read a deal, in one round trip, and what a numbered page skips', async () => {
    const costOf = async (input: object) => {
      const ctx = contextOf(org.admin.principal);
      const meter = new Meter();
      const measured = { ...ctx, store: { ...ctx.store, meter } };
      const page = await listDeals(measured, listDealsSchema.parse(input));
      return { ...page, reads: meter.reads, roundTrips: meter.roundTrips };
    };
    const first = await costOf({ limit: '10' });
    expect(first).toMatchObject({ reads: 11, roundTrips: 1 });
    expect(await costOf({ limit: '10', cursor: first.nextCursor })).toMatchObject({ reads: 10 });
    expect(await costOf({ limit: '10', page: '3' })).toMatchObject({ reads: 31, roundTrips: 1 });
  });
});
