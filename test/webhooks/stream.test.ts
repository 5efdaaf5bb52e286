import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { allRecordKinds, recordKinds } from '../../functions/src/app/record-kinds.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import { documentType } from '../../functions/src/modules/events/describe-types.ts';
import { streamPageSchema } from '../../functions/src/modules/events/event-payload.schema.ts';
import { sweepOf } from '../../functions/src/modules/events/events.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { requestOf } from '../support/request.ts';
import { DealHistory } from './delivery-runs.ts';

const MINUTE_MS = 60_000;
/** The router a minute from now, when all that has been recorded is settled. */
const router = createRouter((id) => ({
  ...startInvocation(id),
  now: new Date(Date.now() + MINUTE_MS),
}));
const atOnce = createRouter();

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

async function read(
  person: Member,
  { after, limit = 100 }: { after?: string | null; limit?: number } = {},
  from: Pick<typeof router, 'fetch'> = router,
) {
  const token = await person.token();
  const query = `limit=${limit}${after == null ? '' : `&after=${after}`}`;
  const answer = await requestOf(from, `GET /api/events?${query}`, { token });
  return streamPageSchema.parse(answer.body);
}

const idsOf = ({ events }: z.infer<typeof streamPageSchema>) => events.map(({ id }) => id);

describe('GET /api/events', () => {
  it('tells all events once, in pages, in the order in which they were recorded', async () => {
    const deals = [new DealHistory(org, newId()), new DealHistory(org, newId())];
    const expected: string[] = [];
    for (let round = 1; round <= 3; round += 1) {
      for (const deal of deals) {
        await deal.change(new Date());
        expected.push(`${deal.id}_${round}`);
      }
    }
    const whole = await read(org.admin);
    expect(idsOf(whole)).toEqual(expected);
    let after: string | null = null;
    const paged: string[] = [];
    for (let hasMore = true; hasMore; ) {
      const page = await read(org.admin, { after, limit: 4 });
      paged.push(...idsOf(page));
      after = page.cursor;
      hasMore = page.hasMore;
    }
    expect(paged).toEqual(expected);
    // Nothing new: the cursor stays, and nothing comes twice.
    expect(await read(org.admin, { after })).toMatchObject({ events: [], hasMore: false });
    for (const event of whole.events) {
      const { schema } = documentType(allRecordKinds, event.type);
      const json = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(schema)));
      expect(z.fromJSONSchema(json).safeParse(event).error?.issues ?? []).toEqual([]);
    }
  });

  it('does not lose what is recorded long after it happened', async () => {
    const deal = new DealHistory(org, newId());
    await deal.change(new Date());
    const { cursor } = await read(org.admin);
    // The trigger of a change of last week comes at last; and a sweep finds one that was lost.
    const lastWeek = new Date(Date.now() - 7 * 24 * 60 * MINUTE_MS);
    const late = new DealHistory(org, newId());
    await late.change(lastWeek);
    const lostAt = new Date(Date.now() - 3 * 24 * 60 * MINUTE_MS);
    const lost = dealOf(org.rep.principal, { createdAt: lostAt, updatedAt: lostAt });
    const lostId = await storeDeal(org.orgId, lost);
    const span = { since: lostAt, until: new Date(lostAt.getTime() + 1), limit: 300 };
    await sweepOf(recordKinds.deals)(invocationAt(new Date()), span);
    const page = await read(org.admin, { after: cursor });
    expect(idsOf(page)).toEqual([`${late.id}_1`, `${lostId}_1`]);
    expect(page.events[0]?.timestamp).toBe(lastWeek.toISOString());
    expect(page.events[1]?.data).toMatchObject({ version: 1, recovered: true });
  });

  it('waits with what was recorded just now, which others may still overtake', async () => {
    const deal = new DealHistory(org, newId());
    await deal.change(new Date());
    expect(idsOf(await read(org.admin, {}, atOnce))).not.toContain(`${deal.id}_1`);
    expect(idsOf(await read(org.admin))).toContain(`${deal.id}_1`);
  });

  it('tells everybody what the policy lets them see', async () => {
    const deal = new DealHistory(org, newId());
    await deal.change(new Date());
    const id = `${deal.id}_1`;
    const seenBy = async (person: Member) => idsOf(await read(person)).includes(id);
    expect(await seenBy(org.rep)).toBe(true);
    expect(await seenBy(org.manager)).toBe(true);
    expect(await seenBy(org.colleague)).toBe(false);
    expect(await seenBy(org.rep2)).toBe(false);
    expect(await seenBy(org.otherManager)).toBe(false);
    const elsewhere = await createOrganisation();
    expect((await read(elsewhere.admin)).events).toEqual([]);
  });

  it('says where versions are missing: by subtraction', async () => {
    const deal = new DealHistory(org, newId());
    for (let change = 0; change < 4; change += 1) await deal.change(new Date());
    const versions = (await read(org.rep)).events
      .filter(({ data }) => data.record.id === deal.id)
      .map(({ data }) => data.version);
    expect(versions).toEqual([1, 2, 3, 4]);
  });

  it('refuses a cursor that is none of its own', async () => {
    const token = await org.admin.token();
    const answer = await requestOf(router, 'GET /api/events?after=nonsense', { token });
    expect(answer).toMatchObject({ status: 422, body: { field: 'after' } });
  });
});

describe('GET /api/events/types', () => {
  it('is for everybody, token or not', async () => {
    const list = await requestOf(router, 'GET /api/events/types');
    expect(list.body).toMatchObject({
      types: expect.arrayContaining([
        {
          ...{ type: 'deal.won', recordType: 'deal' },
          description: 'A deal reached a stage of kind won.',
        },
      ]),
    });
    const one = await requestOf(router, 'GET /api/events/types/deal.won');
    expect(one).toMatchObject({
      status: 200,
      body: { type: 'deal.won', schema: { title: 'deal.won' } },
    });
    expect((await requestOf(router, 'GET /api/events/types/deal.flown')).status).toBe(404);
  });
});
