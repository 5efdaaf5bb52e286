import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeReport, newPayment, type PaymentReport, sumPayments } from './payments.policy.ts';
import { paymentLinkSchema } from './payments.schema.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const usd = { currency: 'USD' };
const start = newPayment('stripe', 'deal-1', usd, NOW);

function after(...reports: readonly PaymentReport[]) {
  return paymentLinkSchema.parse(reports.reduce(mergeReport, start));
}

function disputed(
  id: string,
  amountMinor: number,
  isTaken: boolean,
  seconds: number,
  rank = 0,
): PaymentReport {
  const toldAt = new Date(NOW.getTime() + seconds * 1000);
  return { ...usd, dispute: { id, amountMinor, isTaken, toldAt, rank } };
}

const reportArbitrary: fc.Arbitrary<PaymentReport> = fc.oneof(
  fc
    .record({ paidMinor: fc.nat(1000), winsDeal: fc.boolean() })
    .map((paid) => ({ ...usd, ...paid })),
  fc.record({ refundedMinor: fc.nat(1000) }).map((back) => ({ ...usd, ...back })),
  // The state follows from when it was told, so that no two reports of one moment contradict.
  fc
    .tuple(fc.constantFrom('dp_1', 'dp_2'), fc.nat(5), fc.nat(8))
    .map(([id, seconds, rank]) =>
      disputed(id, 100 * (seconds + 1), (seconds + rank) % 2 === 0, seconds, rank),
    ),
);

describe('a payment', () => {
  it('comes to the same in whichever order it is told of, and however often', () => {
    fc.assert(
      fc.property(
        fc
          .array(reportArbitrary, { maxLength: 8 })
          .chain((told) =>
            fc.tuple(
              fc.constant(told),
              fc.shuffledSubarray([...told, ...told], { minLength: 2 * told.length }),
            ),
          ),
        ([told, toldAgain]) => {
          expect(after(...toldAgain)).toEqual(after(...told));
        },
      ),
    );
  });

  it('never goes back in what was paid and refunded', () => {
    const payment = after(
      { ...usd, paidMinor: 900, refundedMinor: 500 },
      { ...usd, paidMinor: 100, refundedMinor: 20 },
    );
    expect(payment).toMatchObject({ paidMinor: 900, refundedMinor: 500 });
  });

  it('follows a dispute forth and back', () => {
    const lost = disputed('dp_1', 300, true, 1, 5);
    const won = disputed('dp_1', 300, false, 1, 8);
    expect(sumPayments([after({ ...usd, paidMinor: 900 }, lost)]).refundedMinor).toBe(300);
    expect(sumPayments([after({ ...usd, paidMinor: 900 }, won, lost)]).refundedMinor).toBe(0);
  });

  it('wins its deal once', () => {
    const due = after({ ...usd, paidMinor: 1, winsDeal: true });
    expect(due.win).toBe('due');
    expect(mergeReport({ ...due, win: 'done' }, { ...usd, paidMinor: 9, winsDeal: true }).win).toBe(
      'done',
    );
    expect(after({ ...usd, paidMinor: 1 }).win).toBe('none');
  });
});

describe('a deal’s payments', () => {
  it('are summed, none giving back more than was paid on it', () => {
    const refundedAndLost = after(
      { ...usd, paidMinor: 500, refundedMinor: 200 },
      disputed('dp_1', 500, true, 1),
    );
    const whole = after({ ...usd, paidMinor: 300 });
    expect(sumPayments([refundedAndLost, whole])).toEqual({ paidMinor: 800, refundedMinor: 500 });
    expect(sumPayments([])).toEqual({ paidMinor: 0, refundedMinor: 0 });
  });

  it('count a refund that is told of before its payment', () => {
    expect(sumPayments([after({ ...usd, refundedMinor: 40 })])).toEqual({
      ...{ paidMinor: 0, refundedMinor: 40 },
    });
  });
});
