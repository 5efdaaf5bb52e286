/** Plays a sequence of commands on both sides of the money model and holds them against each other. */
import { expect } from '@jest/globals';
import { isIntactEvent } from '../../functions/src/modules/events/events.public.ts';
import { isIntact } from '../../functions/src/modules/ledger/ledger.public.ts';
import { accounts, type LedgerEntry } from '../../functions/src/modules/ledger/ledger.schema.ts';
import type { Payout } from '../../functions/src/modules/payouts/payouts.schema.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import type { Command } from './commands.ts';
import type { Company } from './company.ts';
import { PlainCompany } from './plain-company.ts';

const MAX_DEALS = 5;
const MAX_PLANS = 6;

/** How much a run has done, so that nobody takes an idle model for a proof. */
export interface Tally {
  readonly done: Record<string, number>;
  readonly refused: Record<string, number>;
  quietPoints: number;
  entries: number;
}

export function newTally(): Tally {
  return { done: {}, refused: {}, quietPoints: 0, entries: 0 };
}

/** One sequence, from an empty organisation to its last quiet point. */
export async function play(
  company: Company,
  commands: readonly Command[],
  tally: Tally,
): Promise<void> {
  await company.open();
  const game = new Game(company, tally);
  for (const command of commands) {
    company.tick();
    await game.perform(command);
  }
  company.tick();
  await game.quiet(1);
  await game.inspect();
}

class Game {
  readonly #company: Company;
  readonly #plain = new PlainCompany();
  readonly #tally: Tally;

  constructor(company: Company, tally: Tally) {
    this.#company = company;
    this.#tally = tally;
  }

  async perform(command: Command): Promise<void> {
    const outcome = await this.#perform(command);
    if (outcome === 'skipped') return;
    const counts = outcome === 'done' ? this.#tally.done : this.#tally.refused;
    counts[command.do] = (counts[command.do] ?? 0) + 1;
  }

  /** Delivers what is under way, mends what got lost, and compares. */
  async quiet(order: number): Promise<void> {
    const { underWay } = this.#company;
    for (const delivery of shuffled(underWay.splice(0), order)) {
      await this.#company.deliver(delivery);
    }
    await this.#company.sweep();
    this.#tally.quietPoints += 1;
    await this.#compare();
  }

  async #perform(command: Command): Promise<'done' | 'refused' | 'skipped'> {
    const company = this.#company;
    const plain = this.#plain;
    const nowMs = company.now.getTime();
    switch (command.do) {
      case 'create': {
        if (company.dealIds.length >= MAX_DEALS) return 'skipped';
        plain.create(command.owner, command.value);
        await company.create(command);
        await company.notice(company.dealIds.at(-1) ?? '', command.deliveries);
        return 'done';
      }
      case 'value':
        return this.#change(command, (id, n) => [
          () => company.value(id, command),
          () => plain.value(n, command.value),
        ]);
      case 'move':
        return this.#change(command, (id, n) => [
          () => company.move(id, command),
          () => plain.move(n, command.to, nowMs),
        ]);
      case 'split':
        return this.#change(command, (id, n) => [
          () => company.split(id, command),
          () => plain.split(n, command.splits),
        ]);
      case 'restate':
        return this.#change(command, (id, n) => [
          () => company.restate(id, command),
          () => plain.restate(n, command.splits),
        ]);
      case 'refund':
        return this.#change(command, (id, n) => [
          () => company.refund(id, command),
          () => plain.refund(n, command.refundedMinor),
        ]);
      case 'bin':
        return this.#change(command, (id, n) => [() => company.bin(id), () => plain.bin(n)]);
      case 'restore':
        return this.#change(command, (id, n) => [
          () => company.restore(id),
          () => plain.restore(n),
        ]);
      case 'assign':
        return this.#change(command, (id, n) => [
          () => company.assign(id, command),
          () => plain.assign(n, command.owner),
        ]);
      default:
        return this.#performOther(command);
    }
  }

  async #performOther(command: Command): Promise<'done' | 'refused' | 'skipped'> {
    const company = this.#company;
    const plain = this.#plain;
    const nowMs = company.now.getTime();
    switch (command.do) {
      case 'plan': {
        if (company.planIds.length >= MAX_PLANS) return 'skipped';
        plain.plan(command.terms, nowMs);
        await company.plan(command);
        return 'done';
      }
      case 'version': {
        const n = pick(company.planIds, command.plan);
        const id = company.planIds[n];
        if (id === undefined) return 'skipped';
        const expected = plain.version(n, command.terms, nowMs);
        return agreed(await outcomeOf(() => company.version(id, command)), expected);
      }
      case 'archive': {
        const n = pick(company.planIds, command.plan);
        const id = company.planIds[n];
        if (id === undefined) return 'skipped';
        return agreed(await outcomeOf(() => company.archive(id)), plain.archive(n));
      }
      case 'team':
        plain.team(command.uid, command.teamId);
        await company.team(command);
        return 'done';
      case 'deliver': {
        const { underWay } = company;
        const next = shuffled(underWay.splice(0), command.order);
        underWay.push(...next.slice(command.count));
        for (const delivery of next.slice(0, command.count)) await company.deliver(delivery);
        return 'done';
      }
      case 'sweep':
        await company.sweep();
        return 'done';
      case 'quiet':
        await this.quiet(command.order);
        return 'done';
      case 'close':
        return this.#close(command.order);
      default:
        return this.#performOnMoney(command);
    }
  }

  async #performOnMoney(command: Command): Promise<'done' | 'refused' | 'skipped'> {
    const company = this.#company;
    if (command.do === 'dispute') {
      const id = company.dealIds[pick(company.dealIds, command.deal)];
      const payees = (await company.splits())
        .filter(({ dealId }) => dealId === id)
        .map(({ ownerId }) => ownerId)
        .sort();
      const uid = payees[pick(payees, command.payee)];
      if (id === undefined || uid === undefined) return 'skipped';
      return outcomeOf(() => company.dispute(id, uid, command));
    }
    if (command.do === 'resolve') {
      const all = await company.disputes();
      const dispute = all[pick(all, command.dispute)];
      if (dispute === undefined) return 'skipped';
      const outcome = await outcomeOf(() => company.resolve(dispute, command));
      if (outcome === 'done' && command.how === 'uphold') {
        this.#plain.adjust(dispute.ownerId, dispute.currency, command.adjustmentMinor);
      }
      return outcome;
    }
    if (!('payout' in command)) throw new Error(`nobody performs ${command.do}`);
    const all = await company.payouts();
    const payout = all[pick(all, command.payout)];
    if (payout === undefined) return 'skipped';
    if (command.do === 'settle') return outcomeOf(() => company.settle(payout, command));
    const before = gone(await company.ledger(), payout);
    const outcome = await outcomeOf(() => company[command.do](payout.id));
    if (command.do === 'send' || command.do === 'pay') {
      await this.#requireNoMoreThanEarned(payout, before);
    }
    return outcome;
  }

  /** What leaves the organisation by a payment never makes what has left more than what is earned. */
  async #requireNoMoreThanEarned(payout: Payout, before: number): Promise<void> {
    const ledger = await this.#company.ledger();
    const after = gone(ledger, payout);
    const earned = sumOf(ledger, payout, ({ expenseMinor }) => -expenseMinor);
    if (after > before) expect(after).toBeLessThanOrEqual(earned);
  }

  async #change(
    command: Extract<Command, { readonly deal: number; readonly deliveries: number }>,
    sides: (id: string, n: number) => readonly [() => Promise<unknown>, () => 'done' | 'refused'],
  ): Promise<'done' | 'refused' | 'skipped'> {
    const n = pick(this.#company.dealIds, command.deal);
    const id = this.#company.dealIds[n];
    if (id === undefined) return 'skipped';
    const [product, plain] = sides(id, n);
    const outcome = agreed(await outcomeOf(product), plain());
    await this.#company.notice(id, command.deliveries);
    return outcome;
  }

  /** Everything is posted before the cut, so that the plain side knows what the period pays. */
  async #close(order: number): Promise<'done' | 'skipped'> {
    await this.quiet(order);
    const period = await this.#company.nextPeriod();
    if (period === undefined || period.endsAt <= this.#company.now) return 'skipped';
    const earlier = await this.#company.payouts();
    await this.#company.close(period);
    this.#plain.payTiers();
    const owed = await this.#owed(earlier);
    const expected = [...owed]
      .filter(([, minor]) => minor > 0)
      .map(([payee, minor]) => `${period.id}_${payee} ${minor}`)
      .sort();
    const drafted = (await this.#company.payouts())
      .filter(({ periodId }) => periodId === period.id)
      .map(
        ({ ownerId, currency, amountMinor }) =>
          `${period.id}_${ownerId} ${currency} ${amountMinor}`,
      );
    expect(drafted.sort()).toEqual(expected);
    await this.#compare();
    return 'done';
  }

  /** By the plain side: what is earned and not held, promised, on its way or paid. */
  async #owed(payouts: readonly Payout[]): Promise<Map<string, number>> {
    const owed = new Map(Object.entries(this.#plain.earned()));
    const take = (payee: string, minor: number) => owed.set(payee, (owed.get(payee) ?? 0) - minor);
    for (const { ownerId, currency, heldMinor, status } of await this.#company.disputes()) {
      if (status === 'open') take(`${ownerId} ${currency}`, heldMinor);
    }
    for (const { ownerId, currency, amountMinor, returnedMinor, status } of payouts) {
      if (status !== 'voided') take(`${ownerId} ${currency}`, amountMinor - returnedMinor);
    }
    return owed;
  }

  async #compare(): Promise<void> {
    const ledger = await this.#company.ledger();
    this.#tally.entries += ledger.length;
    expect(earnedIn(ledger)).toEqual(this.#plain.earned());
    const balanced = (entry: LedgerEntry) =>
      accounts.reduce((sum, account) => sum + entry[account], 0) === 0;
    expect(ledger.filter((entry) => !balanced(entry))).toEqual([]);
    await this.#compareAccounts(ledger);
  }

  /** Looks at everything that is kept beside the sums. */
  async inspect(): Promise<void> {
    const [ledger, events] = await Promise.all([this.#company.ledger(), this.#company.events()]);
    expect(ledger.filter((entry) => !isIntact(entry))).toEqual([]);
    expect(events.filter((event) => !isIntactEvent(event))).toEqual([]);
    for (const dealId of this.#company.dealIds) {
      const { version } = await this.#company.deal(dealId);
      const versions = events.filter(({ recordId }) => recordId === dealId);
      expect(versions.map((event) => event.version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: version }, (_, index) => index + 1),
      );
    }
    await this.#compareSplits(ledger);
  }

  /** The projection of each share of a deal is the sum of its postings. */
  async #compareSplits(ledger: readonly LedgerEntry[]): Promise<void> {
    const expected: Record<string, number> = {};
    for (const { dealId, ownerId, currency, expenseMinor, heldMinor } of ledger) {
      if (dealId === null) continue;
      const key = `${dealId}_${ownerId} ${currency}`;
      expected[`${key} earned`] = (expected[`${key} earned`] ?? 0) - expenseMinor;
      expected[`${key} held`] = (expected[`${key} held`] ?? 0) + heldMinor;
    }
    const found: Record<string, number> = {};
    for (const { dealId, ownerId, earnedMinor, heldMinor } of await this.#company.splits()) {
      for (const [currency, minor] of Object.entries(earnedMinor)) {
        found[`${dealId}_${ownerId} ${currency} earned`] = minor;
      }
      for (const [currency, minor] of Object.entries(heldMinor)) {
        found[`${dealId}_${ownerId} ${currency} held`] = minor;
      }
    }
    expect(found).toEqual(expected);
  }

  /** What is held, approved, on its way and paid is what open disputes and payouts say. */
  async #compareAccounts(ledger: readonly LedgerEntry[]): Promise<void> {
    const expected: Record<string, number> = {};
    const add = (payee: string, minor: number) => {
      if (minor !== 0) expected[payee] = (expected[payee] ?? 0) + minor;
    };
    for (const { ownerId, currency, heldMinor, status } of await this.#company.disputes()) {
      if (status === 'open') add(`${ownerId} ${currency} heldMinor`, heldMinor);
    }
    for (const payout of await this.#company.payouts()) {
      const { ownerId, currency, status, amountMinor, returnedMinor } = payout;
      const account = accountOf[status];
      if (account !== undefined) {
        add(`${ownerId} ${currency} ${account}`, amountMinor - returnedMinor);
      }
    }
    const found: Record<string, number> = {};
    for (const entry of ledger) {
      for (const account of [
        'heldMinor',
        'approvedMinor',
        'inTransitMinor',
        'paidMinor',
      ] as const) {
        const key = `${entry.ownerId} ${entry.currency} ${account}`;
        found[key] = (found[key] ?? 0) + entry[account];
      }
    }
    const listed = Object.entries(found).filter(([, minor]) => minor !== 0);
    expect(Object.fromEntries(listed)).toEqual(expected);
  }
}

const accountOf: Readonly<Partial<Record<Payout['status'], string>>> = {
  ...{ approved: 'approvedMinor', failed: 'approvedMinor', sending: 'inTransitMinor' },
  ...{ paid: 'paidMinor', returned: 'paidMinor' },
};

type Payee = Pick<LedgerEntry, 'ownerId' | 'currency'>;

function sumOf(
  ledger: readonly LedgerEntry[],
  { ownerId, currency }: Payee,
  amountIn: (entry: LedgerEntry) => number,
): number {
  return ledger
    .filter((entry) => entry.ownerId === ownerId && entry.currency === currency)
    .reduce((sum, entry) => sum + amountIn(entry), 0);
}

/** What a payee was paid, or is being paid. */
function gone(ledger: readonly LedgerEntry[], payee: Payee): number {
  return sumOf(ledger, payee, ({ inTransitMinor, paidMinor }) => inTransitMinor + paidMinor);
}

function earnedIn(ledger: readonly LedgerEntry[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { ownerId, currency, expenseMinor } of ledger) {
    const payee = `${ownerId} ${currency}`;
    sums[payee] = (sums[payee] ?? 0) - expenseMinor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}

/** The product refuses what the plain side refuses, with an error that it means. */
function agreed(outcome: 'done' | 'refused', expected: 'done' | 'refused'): 'done' | 'refused' {
  expect(outcome).toBe(expected);
  return outcome;
}

async function outcomeOf(command: () => Promise<unknown>): Promise<'done' | 'refused'> {
  try {
    await command();
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return 'refused';
    throw error;
  }
}

function pick(list: readonly unknown[], n: number): number {
  return list.length === 0 ? -1 : n % list.length;
}

/** A permutation that follows from a number (Fisher–Yates on a linear congruential generator). */
function shuffled<T>(list: readonly T[], order: number): T[] {
  const found = [...list];
  let state = order * 2_654_435_761 + 1;
  for (let last = found.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    const [a, b] = [found[last], found[other]];
    if (a !== undefined && b !== undefined) {
      found[last] = b;
      found[other] = a;
    }
  }
  return found;
}
