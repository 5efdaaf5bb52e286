/** Triggers that get lost, come late or twice, on the emulator with the sweep that mends them. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { updateDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { sweepOf } from '../../functions/src/modules/events/events.public.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { DealTriggers, ledgerOf, planFor } from '../support/earnings.ts';
import { eventsOf } from '../support/events.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { ownSpan } from '../support/window.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
  await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
});

const sweepDeals = sweepOf(recordKinds.deals);
type Change = Awaited<ReturnType<DealTriggers['observe']>>;

interface History {
  readonly dealId: string;
  readonly triggers: DealTriggers;
  readonly changes: Change[];
  readonly span: ReturnType<typeof ownSpan>;
  readonly adminAt: (ms: number) => Context<Principal>;
}

/** Created, won, worth more, reopened, won again for less: five versions, four of them about money. */
async function history(): Promise<History> {
  const span = ownSpan();
  const triggers = new DealTriggers(org.orgId);
  const createdAt = span.at(0);
  const fields = { createdAt, updatedAt: createdAt, valueMinor: 100_000 };
  const dealId = await storeDeal(org.orgId, dealOf(org.rep.principal, fields));
  const changes = [await triggers.observe(dealId)];
  const adminAt = (ms: number) => ({ ...contextOf(org.admin.principal), now: span.at(ms) });
  const steps = [
    { stage: 'CLOSED_WON' },
    { value: { amountMinor: 300_000, currency: 'USD' } },
    { stage: 'NEGOTIATION' },
    { stage: 'CLOSED_WON', value: { amountMinor: 50_000, currency: 'USD' } },
  ];
  for (const [index, step] of steps.entries()) {
    await updateDeal(adminAt(index + 1), { dealId, ...step });
    changes.push(await triggers.observe(dealId));
  }
  return { dealId, triggers, changes, span, adminAt };
}

async function earnedOn(dealId: string): Promise<number> {
  const entries = Object.values(await ledgerOf(org.orgId));
  return entries
    .filter((entry) => entry.dealId === dealId)
    .reduce((sum, { expenseMinor }) => sum - expenseMinor, 0);
}

async function versionsOf(dealId: string): Promise<number[]> {
  const events = Object.values(await eventsOf(org.orgId));
  return events
    .filter(({ recordId }) => recordId === dealId)
    .map(({ version }) => version)
    .sort((a, b) => a - b);
}

const EARNED = 5000;
const VERSIONS = [1, 2, 3, 4, 5];
/** Single ones, several gaps, the ends, all of them. */
const losses = [[1], [2], [3], [4], [5], [1, 2], [2, 4], [3, 5], [1, 3, 5], [2, 3, 4], VERSIONS];

describe('a sweep after lost triggers', () => {
  it.each(losses.map((lost) => [lost]))(
    'comes to what the deal earns when %j got lost, late ones included',
    async (lost) => {
      const { dealId, triggers, changes, span } = await history();
      for (const [index, change] of changes.entries()) {
        if (!lost.includes(index + 1)) await triggers.deliver(dealId, change, span.at(10));
      }
      expect(await sweepDeals(invocationAt(span.at(20)), span)).toBe(lost.length);
      expect(await earnedOn(dealId)).toBe(EARNED);
      expect(await versionsOf(dealId)).toEqual(VERSIONS);
      const ledger = await ledgerOf(org.orgId);
      for (const change of changes.toReversed()) await triggers.deliver(dealId, change);
      expect(await sweepDeals(invocationAt(span.at(30)), span)).toBe(0);
      expect(await ledgerOf(org.orgId)).toEqual(ledger);
    },
  );

  it('comes to the same beside the triggers it thought lost, and beside itself', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { dealId, triggers, changes, span } = await history();
      await triggers.deliver(dealId, changes[1] ?? fail(), span.at(10));
      await Promise.all([
        sweepDeals(invocationAt(span.at(20)), span),
        ...[4, 2, 0, 3].map((n) => triggers.deliver(dealId, changes[n] ?? fail(), span.at(20))),
        sweepDeals(invocationAt(span.at(20)), span),
      ]);
      await sweepDeals(invocationAt(span.at(30)), span);
      expect(await earnedOn(dealId)).toBe(EARNED);
      expect(await versionsOf(dealId)).toEqual(VERSIONS);
    }
  });

  it('leaves a change that comes while it runs to that change’s own trigger', async () => {
    const { dealId, triggers, changes, span, adminAt } = await history();
    await triggers.deliver(dealId, changes[1] ?? fail(), span.at(10));
    const running = sweepDeals(invocationAt(span.at(20)), span);
    await updateDeal(adminAt(40), { dealId, value: { amountMinor: 70_000, currency: 'USD' } });
    const late = await triggers.observe(dealId);
    await Promise.all([running, triggers.deliver(dealId, late, span.at(41))]);
    await sweepDeals(invocationAt(span.at(50)), span);
    expect(await earnedOn(dealId)).toBe(7000);
    expect(await versionsOf(dealId)).toEqual([...VERSIONS, 6]);
  });
});

function fail(): never {
  throw new Error('the history has five changes');
}
