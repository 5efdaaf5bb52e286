import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteDeal, updateDeal } from '../../functions/src/modules/deals/deals.public.ts';
import {
  markPaid,
  settlePayout,
  startSending,
} from '../../functions/src/modules/payouts/pay-payouts.ts';
import { resolveDispute, withdrawDispute } from '../../functions/src/workflows/close-dispute.ts';
import { openDispute } from '../../functions/src/workflows/open-dispute.ts';
import {
  accountsOf,
  approve,
  at,
  breaches,
  close,
  contextAt,
  DECEMBER,
  NOVEMBER,
  payoutId,
  payoutLines,
} from '../payouts/payout-world.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { wonDeal } from './support.ts';

const OCTOBER = at('2026-10-05T10:00:00Z');
const MID_NOVEMBER = at('2026-11-15T10:00:00Z');

let org: Organisation;
let triggers: DealTriggers;
let dealId: string;
let first: string;
let next: string;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
  await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
  dealId = await wonDeal(org, triggers, { postedAt: OCTOBER });
  first = payoutId('2026-10-01', org.rep);
  next = payoutId('2026-11-01', org.rep);
});
afterEach(async () => {
  expect(await breaches(org)).toEqual([]);
});

async function dispute(now: Date, contestedMinor?: number, id = dealId): Promise<string> {
  const amount = contestedMinor === undefined ? {} : { contestedMinor };
  const input = { dealId: id, reason: 'The rate is wrong', ...amount };
  return (await openDispute(contextAt(org.rep, now), input)).id;
}

const reject = (id: string, now: Date) =>
  resolveDispute(contextAt(org.manager, now), id, { outcome: 'rejected', note: 'As agreed' });
const uphold = (id: string, now: Date, adjustmentMinor: number) =>
  resolveDispute(contextAt(org.manager, now), id, {
    ...{ outcome: 'upheld', note: 'Agreed', adjustmentMinor },
  });
const pay = (id: string, now: Date) =>
  markPaid(contextAt(org.admin, now), { payoutId: id, reference: 'bank' });

/** Closes, approves and pays November. */
async function payNovember(): Promise<void> {
  await close(org, '2026-11-01', DECEMBER);
  await approve(org, next, DECEMBER);
  await pay(next, DECEMBER);
}

describe('a dispute before the payout', () => {
  it('keeps the contested amount back and pays the rest, then what is released', async () => {
    const id = await dispute(at('2026-10-10T10:00:00Z'), 4000);
    await close(org, '2026-10-01', NOVEMBER);
    await approve(org, first, NOVEMBER);
    await pay(first, NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 6000, held: 4000, pending: 0 });
    await reject(id, MID_NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 6000, held: 0, pending: 4000 });
    await payNovember();
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 10_000, paid: 10_000 });
    expect(await payoutLines(org)).toEqual({ [first]: 'paid 6000', [next]: 'paid 4000' });
  });

  it('may be opened again for what was held and released, and for no more', async () => {
    const id = await dispute(at('2026-10-10T10:00:00Z'), 4000);
    await close(org, '2026-10-01', NOVEMBER);
    await approve(org, first, NOVEMBER);
    await pay(first, NOVEMBER);
    await reject(id, MID_NOVEMBER);
    await dispute(MID_NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 6000, held: 4000, pending: 0 });
  });
});

describe('a dispute during the payout', () => {
  beforeEach(async () => {
    await close(org, '2026-10-01', NOVEMBER);
    expect(await payoutLines(org)).toEqual({ [first]: 'draft 10000' });
  });

  it('lowers a draft', async () => {
    await dispute(NOVEMBER, 4000);
    expect(await payoutLines(org)).toEqual({ [first]: 'draft 6000' });
    await approve(org, first, NOVEMBER);
    await pay(first, NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 6000, held: 4000, pending: 0 });
  });

  it('lowers a payout that is approved, and what is upheld is paid with the next', async () => {
    await approve(org, first, NOVEMBER);
    const id = await dispute(NOVEMBER, 4000);
    expect(await payoutLines(org)).toEqual({ [first]: 'approved 6000' });
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ approved: 6000, held: 4000, pending: 0 },
    });
    await pay(first, NOVEMBER);
    await uphold(id, MID_NOVEMBER, 500);
    await payNovember();
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 10_500, paid: 10_500 });
  });

  it('voids a payout that it contests as a whole', async () => {
    await approve(org, first, NOVEMBER);
    const id = await dispute(NOVEMBER);
    expect(await payoutLines(org)).toEqual({ [first]: 'voided 0' });
    await withdrawDispute(contextAt(org.rep, MID_NOVEMBER), id);
    await payNovember();
    expect(await payoutLines(org)).toEqual({ [first]: 'voided 0', [next]: 'paid 10000' });
  });

  it('holds nothing of what is on its way', async () => {
    await approve(org, first, NOVEMBER);
    await startSending(contextAt(org.admin, NOVEMBER), first);
    const id = await dispute(at('2026-11-01T01:00:00Z'));
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 10_000, held: 0 });
    await reject(id, MID_NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 10_000, pending: 0 });
  });

  it('holds what could not be sent', async () => {
    await approve(org, first, NOVEMBER);
    await startSending(contextAt(org.admin, NOVEMBER), first);
    const outcome = { kind: 'failed', attempt: 1, reason: 'closed account' } as const;
    await settlePayout(contextAt(org.admin, NOVEMBER), org.orgId, first, outcome, 'test');
    await dispute(at('2026-11-01T01:00:00Z'), 4000);
    expect(await payoutLines(org)).toEqual({ [first]: 'failed 6000' });
    expect(await accountsOf(org, org.rep)).toMatchObject({ approved: 6000, held: 4000 });
  });

  it('holds what came back', async () => {
    await approve(org, first, NOVEMBER);
    await startSending(contextAt(org.admin, NOVEMBER), first);
    const outcome = { kind: 'returned', returnedMinor: 10_000, reason: 'closed account' } as const;
    await settlePayout(contextAt(org.admin, NOVEMBER), org.orgId, first, outcome, 'test');
    await dispute(MID_NOVEMBER, 4000);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 0, held: 4000, pending: 6000 });
  });

  it.each(['draft', 'approved'])(
    'and its next step at once leave either order, from %s',
    async (from) => {
      if (from === 'approved') await approve(org, first, NOVEMBER);
      await Promise.all([
        dispute(NOVEMBER, 4000),
        from === 'draft' ? approve(org, first, NOVEMBER) : pay(first, NOVEMBER),
      ]);
      const { held, approved, paid, pending } = await accountsOf(org, org.rep);
      expect(held + approved + paid + pending).toBe(10_000);
      expect(pending).toBe(0);
      expect(from === 'draft' ? [4000] : [0, 4000]).toContain(held);
    },
  );
});

describe('a dispute after the payout', () => {
  beforeEach(async () => {
    await close(org, '2026-10-01', NOVEMBER);
    await approve(org, first, NOVEMBER);
    await pay(first, NOVEMBER);
  });

  it('holds nothing, and what is upheld becomes a part of the next payout', async () => {
    const id = await dispute(MID_NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 10_000, held: 0, pending: 0 });
    await uphold(id, MID_NOVEMBER, 2500);
    await payNovember();
    expect(await payoutLines(org)).toEqual({ [first]: 'paid 10000', [next]: 'paid 2500' });
  });

  it('holds nothing of other deals either', async () => {
    await wonDeal(org, triggers, { value: 700, postedAt: MID_NOVEMBER });
    await dispute(MID_NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 10_000, held: 0, pending: 7000 });
  });

  it('holds what was earned on the deal since', async () => {
    const ctx = contextAt(org.admin, MID_NOVEMBER);
    await updateDeal(ctx, { dealId, value: { amountMinor: 130_000 } });
    await triggers.follow(dealId, MID_NOVEMBER);
    await dispute(MID_NOVEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 10_000, held: 3000, pending: 0 });
  });

  it('takes back what was too much out of the next payouts', async () => {
    const id = await dispute(MID_NOVEMBER);
    await uphold(id, MID_NOVEMBER, -2500);
    await wonDeal(org, triggers, { value: 700, postedAt: MID_NOVEMBER });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 4500 });
    await payNovember();
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 14_500, paid: 14_500 });
  });
});

describe('what is taken back of a deal', () => {
  it('while it is held is not made up for by what was paid', async () => {
    const id = await dispute(at('2026-10-10T10:00:00Z'), 4000);
    await close(org, '2026-10-01', NOVEMBER);
    await approve(org, first, NOVEMBER);
    await pay(first, NOVEMBER);
    await deleteDeal(contextAt(org.admin, MID_NOVEMBER), { dealId });
    await wonDeal(org, triggers, { value: 900, postedAt: MID_NOVEMBER });
    await triggers.follow(dealId, MID_NOVEMBER);
    // 9,000 are earned and 6,000 paid: 3,000 are owed, and 4,000 of them held.
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ earned: 9000, paid: 6000, held: 4000, pending: -1000 },
    });
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toEqual({ [first]: 'paid 6000' });
    await reject(id, DECEMBER);
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 3000, held: 0 });
  });

  it('from somebody with debts is held at most to what is owed in all', async () => {
    const other = await wonDeal(org, triggers, { value: 700, postedAt: OCTOBER });
    await close(org, '2026-10-01', NOVEMBER);
    await approve(org, first, NOVEMBER);
    await pay(first, NOVEMBER);
    await deleteDeal(contextAt(org.admin, MID_NOVEMBER), { dealId: other });
    await triggers.follow(other, MID_NOVEMBER);
    const third = await wonDeal(org, triggers, { value: 900, postedAt: MID_NOVEMBER });
    await dispute(MID_NOVEMBER, 9000, third);
    expect(await accountsOf(org, org.rep)).toMatchObject({ held: 2000, pending: 0, paid: 17_000 });
  });
});
