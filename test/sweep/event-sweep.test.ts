import { beforeAll, describe, expect, it } from '@jest/globals';
import { dealKind } from '../../functions/src/modules/deals/deals.public.ts';
import type { Deal } from '../../functions/src/modules/deals/deals.schema.ts';
import { recordChange, sweepOf } from '../../functions/src/modules/events/events.public.ts';
import { type Event, eventSchema } from '../../functions/src/modules/events/events.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { ownSpan } from '../support/window.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

const sweepDeals = sweepOf(dealKind);

/** Four versions of a deal: created, renamed, won, renamed again. */
function history(at: (ms: number) => Date): Deal[] {
  const deal = dealOf(org.rep.principal, { createdAt: at(0), updatedAt: at(0) });
  const won = {
    stageId: 'won',
    stageKind: 'won',
    stageKey: 'CLOSED_WON',
    closedAt: at(2),
  } as const;
  const second: Deal = { ...deal, title: 'Second', version: 2, updatedAt: at(1) };
  const third: Deal = { ...second, ...won, version: 3, updatedAt: at(2) };
  return [deal, second, third, { ...third, title: 'Fourth', version: 4, updatedAt: at(3) }];
}

async function deliver(dealId: string, versions: readonly Deal[], version: number): Promise<void> {
  await recordChange(startInvocation('test'), dealKind, {
    orgId: org.orgId,
    recordId: dealId,
    before: versions[version - 2],
    after: versions[version - 1],
  });
}

async function eventsOf(dealId: string): Promise<Event[]> {
  const { docs } = await firestore()
    .collection(`orgs/${org.orgId}/events`)
    .where('recordId', '==', dealId)
    .get();
  return docs
    .map((doc) => eventSchema.parse(timestampsToDates(doc.data())))
    .sort((a, b) => a.version - b.version);
}

/** Folds events to the state they tell. */
function fold(events: readonly Event[]): object {
  return Object.assign({}, ...events.map(({ after }) => after));
}

async function store(versions: readonly Deal[]): Promise<string> {
  const last = versions.at(-1);
  if (last === undefined) throw new Error('a history has versions');
  return storeDeal(org.orgId, last, newId());
}

describe('the event sweep', () => {
  const everyLoss = Array.from({ length: 16 }, (_, bits) =>
    [1, 2, 3, 4].filter((version) => bits & (1 << (version - 1))),
  );

  it.each(everyLoss)('fills the gap when triggers %j %j %j %j were lost', async (...lost) => {
    const { at, ...span } = ownSpan();
    const versions = history(at);
    const dealId = await store(versions);
    for (const version of [1, 2, 3, 4].filter((each) => !lost.includes(each))) {
      await deliver(dealId, versions, version);
    }

    const recovered = await sweepDeals(startInvocation('sweep'), span);

    expect(recovered).toBe(lost.length);
    const events = await eventsOf(dealId);
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    expect(events.filter((event) => event.recovered).map(({ version }) => version)).toEqual(lost);
    expect(fold(events)).toMatchObject({ title: 'Fourth', stageKind: 'won', closedAt: at(2) });
  });

  it('names what the newest lost change did, by its actor and at its time', async () => {
    const { at, ...span } = ownSpan();
    const versions = history(at).slice(0, 3);
    const dealId = await store(versions);
    await deliver(dealId, versions, 1);

    await sweepDeals(startInvocation('sweep'), span);

    const [, second, third] = await eventsOf(dealId);
    expect(second).toMatchObject({ before: {}, after: {}, actor: 'system:sweep' });
    expect(third?.types).toEqual(['deal.won', 'deal.stage_changed']);
    expect(third).toMatchObject({
      actor: org.rep.uid,
      at: at(2),
      before: { title: 'Website Redesign', stageKind: 'open' },
      after: { title: 'Second', stageKind: 'won' },
    });
  });

  it('changes nothing where nothing is missing, and nothing when it runs again', async () => {
    const { at, ...span } = ownSpan();
    const versions = history(at);
    const dealId = await store(versions);
    for (const version of [1, 2, 4]) await deliver(dealId, versions, version);

    expect(await sweepDeals(startInvocation('sweep'), span)).toBe(1);
    const events = await eventsOf(dealId);
    expect(await sweepDeals(startInvocation('sweep'), span)).toBe(0);
    await deliver(dealId, versions, 3);
    expect(await eventsOf(dealId)).toEqual(events);
  });

  it('goes through every page of changed records', async () => {
    const { at, ...span } = ownSpan();
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        storeDeal(org.orgId, dealOf(org.rep.principal, { updatedAt: at(n % 3) })),
      ),
    );

    expect(await sweepDeals(startInvocation('sweep'), span)).toBe(ids.length);
    for (const id of ids) expect(await eventsOf(id)).toHaveLength(1);
  });
});
