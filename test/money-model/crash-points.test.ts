import { afterAll, describe, expect, it } from '@jest/globals';
import { AppError } from '../../functions/src/platform/errors.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { DyingMeter, Killed, LostReplyMeter, ReplyLost } from '../support/faults.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import type { Command } from './commands.ts';
import { Company } from './company.ts';

const memory = MemoryFirestore.install();
let points = 0;
afterAll(() => {
  process.stdout.write(
    `crash points: ${points} cut and re-driven, cut before, after, or with the reply lost\n`,
  );
});

/** A money command, what has to be there first, and how whoever sent it sends it again. */
interface Case {
  readonly name: string;
  readonly prepare: (company: Company) => Promise<void>;
  readonly run: (company: Company) => Promise<unknown>;
}

const fate = { deliveries: 1 };
const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
const planForAll: Extract<Command, { do: 'plan' }> = {
  do: 'plan',
  terms: {
    ...{ currency: null, capMinor: null, floorMinor: null, sinceHours: 24, untilHours: null },
    rules: [
      { kind: 'percent', role: null, rateBps: 1000 },
      { kind: 'override', rateBps: 200 },
    ],
    assignment: { everyone: true, teamIds: [], userIds: [] },
  },
};
const split = [
  { uid: 'rep1', shareBps: 3333 },
  { uid: 'rep2', shareBps: 6667 },
];
const dealOf = ({ dealIds }: Company) => dealIds[0] ?? '';
const restatement = {
  do: 'restate',
  deal: 0,
  ...fate,
  splits: [{ uid: 'rep3', shareBps: 10_000 }],
} as const;

async function openDeal(company: Company): Promise<void> {
  await company.plan(planForAll);
  await company.create({ do: 'create', owner: 'rep1', value: usd(100_001), ...fate });
  await company.split(dealOf(company), { do: 'split', deal: 0, splits: split, ...fate });
  await settle(company);
}

async function win(company: Company): Promise<unknown> {
  return company.move(dealOf(company), { do: 'move', deal: 0, to: 'won', ...fate });
}

async function wonDeal(company: Company): Promise<void> {
  await openDeal(company);
  await win(company);
  await settle(company);
}

async function dispute(company: Company): Promise<unknown> {
  return company.dispute(dealOf(company), 'rep1', {
    do: 'dispute',
    deal: 0,
    payee: 0,
    contestedMinor: 1000,
  });
}

async function resolve(company: Company, how: 'reject' | 'uphold' | 'withdraw'): Promise<unknown> {
  const [open] = await company.disputes();
  if (open === undefined) throw new Error('there is no dispute');
  return company.resolve(open, { do: 'resolve', dispute: 0, how, adjustmentMinor: 250 });
}

const JANUARY = { id: '2026-01-01', endsAt: new Date('2026-02-01T00:00:00Z') };
const close = (company: Company) => company.close(JANUARY);

const isOf = (uid: string) => (payout: { ownerId: string }) => payout.ownerId === uid;
async function payoutOf(company: Company) {
  const payout = (await company.payouts()).find(isOf('rep2'));
  if (payout === undefined) throw new Error('there is no payout');
  return payout;
}

async function drafted(company: Company): Promise<void> {
  await wonDeal(company);
  await close(company);
}

async function approved(company: Company): Promise<void> {
  await drafted(company);
  await company.approve((await payoutOf(company)).id);
}

async function sent(company: Company): Promise<void> {
  await approved(company);
  await company.send((await payoutOf(company)).id);
}

const settleAs = (how: 'paid' | 'failed' | 'returned') => async (company: Company) =>
  company.settle(await payoutOf(company), { do: 'settle', payout: 0, how, partBps: 5000 });

/** Triggers run on their own, as often as it takes. */
async function settle(company: Company): Promise<void> {
  for (const id of company.dealIds) await company.notice(id, 1);
  for (const delivery of company.underWay.splice(0)) await company.deliver(delivery);
  await company.sweep();
}

const cases: readonly Case[] = [
  { name: 'move to won', prepare: openDeal, run: win },
  {
    name: 'change the value of a won deal',
    prepare: wonDeal,
    run: (company) =>
      company.value(dealOf(company), { do: 'value', deal: 0, value: usd(7), ...fate }),
  },
  {
    name: 'restate the splits of a won deal',
    prepare: wonDeal,
    run: (company) => company.restate(dealOf(company), restatement),
  },
  { name: 'delete a won deal', prepare: wonDeal, run: (company) => company.bin(dealOf(company)) },
  {
    name: 'restore a won deal',
    prepare: async (company) => {
      await wonDeal(company);
      await company.bin(dealOf(company));
      await settle(company);
    },
    run: (company) => company.restore(dealOf(company)),
  },
  {
    name: 'deliver the trigger of a won deal',
    prepare: async (company) => {
      await openDeal(company);
      await win(company);
    },
    run: async (company) => {
      await company.notice(dealOf(company), 1);
      for (const delivery of company.underWay) await company.deliver(delivery);
    },
  },
  {
    name: 'sweep up a lost trigger',
    prepare: async (company) => {
      await openDeal(company);
      await win(company);
    },
    run: (company) => company.sweep(),
  },
  { name: 'open a dispute', prepare: wonDeal, run: dispute },
  {
    name: 'uphold a dispute',
    prepare: async (company) => {
      await wonDeal(company);
      await dispute(company);
    },
    run: (company) => resolve(company, 'uphold'),
  },
  {
    name: 'reject a dispute',
    prepare: async (company) => {
      await wonDeal(company);
      await dispute(company);
    },
    run: (company) => resolve(company, 'reject'),
  },
  { name: 'close a period', prepare: wonDeal, run: close },
  {
    name: 'approve a payout',
    prepare: drafted,
    run: async (company) => company.approve((await payoutOf(company)).id),
  },
  {
    name: 'mark a payout as paid',
    prepare: approved,
    run: async (company) => company.pay((await payoutOf(company)).id),
  },
  {
    name: 'begin to send a payout',
    prepare: approved,
    run: async (company) => company.send((await payoutOf(company)).id),
  },
  { name: 'settle a payout as paid', prepare: sent, run: settleAs('paid') },
  { name: 'settle a payout as failed', prepare: sent, run: settleAs('failed') },
  {
    name: 'settle a payout as returned',
    prepare: async (company) => {
      await sent(company);
      await settleAs('paid')(company);
    },
    run: settleAs('returned'),
  },
];

/** The ledger and the payouts, without the ids and times that a second try makes anew. */
async function stateOf(company: Company) {
  const ledger = (await company.ledger()).map(
    ({ ownerId, currency, reason, component, dealVersion, ...entry }) => ({
      ...{ ownerId, currency, reason, component, dealVersion },
      ...{ expense: entry.expenseMinor, pending: entry.pendingMinor, held: entry.heldMinor },
      ...{ approved: entry.approvedMinor, inTransit: entry.inTransitMinor, paid: entry.paidMinor },
    }),
  );
  const payouts = (await company.payouts()).map(({ id, status, amountMinor, returnedMinor }) => ({
    ...{ id, status, amountMinor, returnedMinor },
  }));
  const disputes = (await company.disputes()).map(({ status, heldMinor }) => ({
    status,
    heldMinor,
  }));
  const inOrder = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
  return { ledger: inOrder(ledger), payouts: inOrder(payouts), disputes: inOrder(disputes) };
}

async function prepared({ prepare }: Case): Promise<Company> {
  memory.clear();
  const company = new Company('crash');
  await company.open();
  company.tick();
  await prepare(company);
  company.tick();
  return company;
}

/** Runs the command under a meter that cuts it; true when it came to the cut. */
async function cut(
  company: Company,
  { run }: Case,
  meter: DyingMeter | LostReplyMeter,
): Promise<boolean> {
  company.meter = meter;
  try {
    await run(company);
    return false;
  } catch (error) {
    if (error instanceof Killed || error instanceof ReplyLost) return true;
    throw error;
  } finally {
    company.meter = new Meter();
  }
}

/** Sent again; refused when it has taken effect already. */
async function redrive(company: Company, { run }: Case): Promise<void> {
  try {
    await run(company);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  await settle(company);
}

const MOST_CALLS = 500;
const cuts = {
  'before the call': (call: number) => new DyingMeter(call, 'before'),
  'after the call': (call: number) => new DyingMeter(call, 'after'),
  'with the reply lost': (call: number) => new LostReplyMeter(call),
};

describe.each(cases)('$name', (crashCase) => {
  it.each(Object.entries(cuts))('cut %s, comes to the same', async (_when, meterAt) => {
    const whole = await prepared(crashCase);
    await crashCase.run(whole);
    await settle(whole);
    const expected = await stateOf(whole);
    for (let call = 1; call < MOST_CALLS; call += 1) {
      const company = await prepared(crashCase);
      const { now } = company;
      if (!(await cut(company, crashCase, meterAt(call)))) {
        expect(call).toBeGreaterThan(1);
        return;
      }
      company.now = now;
      points += 1;
      await redrive(company, crashCase);
      expect({ call, ...(await stateOf(company)) }).toEqual({ call, ...expected });
    }
    throw new Error(`more than ${MOST_CALLS} calls`);
  });
});
