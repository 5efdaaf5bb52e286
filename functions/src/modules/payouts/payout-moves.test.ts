import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import { type Account, accounts } from '../ledger/ledger.schema.ts';
import {
  approveMove,
  type Move,
  markPaidMove,
  type Outcome,
  sendMove,
  settleMove,
  voidMove,
} from './payout-moves.ts';
import type { Payout } from './payouts.schema.ts';

const mover = { actor: 'admin', now: new Date('2026-12-02T00:00:00Z') };

function payoutOf(fields: Partial<Payout> = {}): Stored<Payout> {
  const now = new Date('2026-12-01T00:05:00Z');
  return {
    ...{ id: 'p', version: 1, createdAt: now, createdBy: 'x', updatedAt: now, updatedBy: 'x' },
    ...{ cause: null, ownerId: 'rep', teamId: null, participantIds: ['rep'], currency: 'USD' },
    ...{ periodId: '2026-11-01', periodStartsAt: now, periodEndsAt: now, status: 'draft' },
    ...{ amountMinor: 100, draftedMinor: 100, returnedMinor: 0, method: null, reference: null },
    ...{ transferId: null, attempts: 0, failure: null, reason: null, approvedBy: null },
    ...{ approvedAt: null, sentAt: null, paidAt: null },
    ...fields,
  };
}

describe('an approval', () => {
  it.each([
    ['all that was drafted', 500, 'approved', 100],
    ['what is left after a clawback', 60, 'approved', 60],
    ['nothing when nothing is left', 0, 'voided', undefined],
    ['nothing of a debt', -20, 'voided', undefined],
  ])('is for %s', (_name, pending, status, amountMinor) => {
    const { patch } = approveMove(payoutOf(), pending, mover);
    expect([patch.status, patch.amountMinor]).toEqual([status, amountMinor]);
  });
});

describe('a payment', () => {
  const approved = payoutOf({ status: 'approved' });

  it.each([
    [50, { approvedMinor: -100, inTransitMinor: 100 }],
    [0, { approvedMinor: -100, inTransitMinor: 100 }],
    [-30, { approvedMinor: -100, pendingMinor: 30, inTransitMinor: 70 }],
    [-100, { approvedMinor: -100, pendingMinor: 100 }],
    [-130, { approvedMinor: -100, pendingMinor: 100 }],
  ])('with %i pending moves', (pending, amounts) => {
    expect(sendMove(approved, pending, mover).amounts).toEqual(amounts);
  });

  it('is refused while it is a draft, and when it is under way', () => {
    expect(() => sendMove(payoutOf(), 0, mover)).toThrow(AppError);
    expect(() => markPaidMove(payoutOf({ status: 'sending' }), 0, 'r', mover)).toThrow(/sending/);
    expect(() => voidMove(payoutOf({ status: 'sending' }), 'why')).toThrow(AppError);
  });
});

describe('an outcome', () => {
  const sending = payoutOf({ status: 'sending', attempts: 2 });
  const back = (returnedMinor: number): Outcome => ({
    kind: 'returned',
    returnedMinor,
    reason: 'r',
  });

  it('of an earlier attempt changes nothing', () => {
    const failed: Outcome = { kind: 'failed', attempt: 1, reason: 'late news' };
    expect(settleMove(sending, failed, mover)).toBeUndefined();
  });

  it('of money that came back before it was known to be paid pays it first', () => {
    expect(settleMove(sending, back(40), mover)).toMatchObject({
      patch: { status: 'returned', returnedMinor: 40 },
      amounts: { inTransitMinor: -100, paidMinor: 60, pendingMinor: 40 },
    });
  });

  it('counts what came back once', () => {
    const returned = payoutOf({ status: 'returned', returnedMinor: 40 });
    expect(settleMove(returned, back(40), mover)).toBeUndefined();
    expect(settleMove(returned, back(100), mover)?.amounts).toEqual({
      ...{ paidMinor: -60, pendingMinor: 60 },
    });
    expect(() => settleMove(returned, back(101), mover)).toThrow(/returnedMinor/);
  });

  it('of a payout that was never sent is refused', () => {
    expect(() => settleMove(payoutOf(), { kind: 'paid' }, mover)).toThrow(/draft/);
  });
});

type Command = readonly [name: string, minor: number];

/** Every account after a command, refused ones leaving all as it is. */
function apply(
  state: { payout: Stored<Payout>; sums: Record<Account, number> },
  [name, minor]: Command,
): typeof state {
  const { payout, sums } = state;
  const steps: Record<string, () => Move | undefined> = {
    approve: () => approveMove(payout, sums.pendingMinor, mover),
    void: () => voidMove(payout, 'why'),
    send: () => sendMove(payout, sums.pendingMinor, mover),
    markPaid: () => markPaidMove(payout, sums.pendingMinor, 'r', mover),
    paid: () => settleMove(payout, { kind: 'paid', transferId: `t${minor % 2}` }, mover),
    failed: () =>
      settleMove(payout, { kind: 'failed', attempt: 1 + (minor % 2), reason: 'f' }, mover),
    returned: () =>
      settleMove(payout, { kind: 'returned', returnedMinor: minor, reason: 'r' }, mover),
    // A deal earns more or less meanwhile.
    earn: () => ({
      patch: {},
      amounts: { expenseMinor: -(minor - 60), pendingMinor: minor - 60 },
      reason: 'earning',
      note: null,
    }),
  };
  try {
    const move = steps[name]?.();
    if (move === undefined) return state;
    const after = { ...sums };
    for (const account of accounts) after[account] += move.amounts[account] ?? 0;
    return { payout: { ...payout, ...move.patch }, sums: after };
  } catch (error) {
    if (error instanceof AppError) return state;
    throw error;
  }
}

it('any sequence of steps balances, and never pays what was not earned when it was sent', () => {
  const names = ['approve', 'void', 'send', 'markPaid', 'paid', 'failed', 'returned', 'earn'];
  const commands = fc.array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 120 })), {
    maxLength: 25,
  });
  fc.assert(
    fc.property(commands, (sequence) => {
      const zero = { heldMinor: 0, approvedMinor: 0, inTransitMinor: 0, paidMinor: 0 };
      let state = { payout: payoutOf(), sums: { expenseMinor: -100, pendingMinor: 100, ...zero } };
      let earnedWhenSent = 0;
      for (const command of sequence) {
        const wasPaidOrSent = state.sums.paidMinor + state.sums.inTransitMinor;
        state = apply(state, command);
        const { sums, payout } = state;
        expect(accounts.reduce((sum, account) => sum + sums[account], 0)).toBe(0);
        const isPaidOrSent = sums.paidMinor + sums.inTransitMinor;
        if (isPaidOrSent > wasPaidOrSent) {
          // News that an attempt thought to have failed was paid after all is of what was sent then.
          const isSent = command[0] === 'send' || command[0] === 'markPaid';
          if (isSent) earnedWhenSent = -sums.expenseMinor;
          expect(isPaidOrSent).toBeLessThanOrEqual(earnedWhenSent);
        }
        for (const account of ['approvedMinor', 'inTransitMinor', 'paidMinor'] as const) {
          expect(sums[account]).toBeGreaterThanOrEqual(0);
        }
        expect(
          sums.paidMinor > 0 ? sums.paidMinor : payout.amountMinor - payout.returnedMinor,
        ).toBe(payout.amountMinor - payout.returnedMinor);
      }
    }),
    { numRuns: 3000 },
  );
});
