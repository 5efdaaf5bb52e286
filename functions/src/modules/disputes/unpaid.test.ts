import { describe, expect, it } from '@jest/globals';
import { type DealEntry, type DealPayout, unpaidMinor } from './unpaid.ts';

const day = (number: number) => new Date(Date.UTC(2026, 9, number));

function moved(
  pendingMinor: number,
  on: number,
  reason: DealEntry['reason'] = 'earning',
): DealEntry {
  return { pendingMinor, approvedMinor: 0, reason, postedAt: day(on) };
}
const held = (minor: number, on: number) => moved(-minor, on, 'dispute_hold');
const released = (minor: number, on: number) => moved(minor, on, 'release');

function payout(cut: number, fields: Partial<DealPayout> = {}): DealPayout {
  return {
    ...{ status: 'draft', amountMinor: 100, returnedMinor: 0, periodEndsAt: day(cut) },
    ...{ sentAt: null, paidAt: null },
    ...fields,
  };
}
const sent = (cut: number, on: number) => payout(cut, { status: 'sending', sentAt: day(on) });
const paid = (cut: number, on: number) => payout(cut, { status: 'paid', paidAt: day(on) });

describe('what of a deal is not paid', () => {
  it.each<[string, number, DealEntry[], DealPayout[]]>([
    ['nothing of nothing', 0, [], [paid(10, 12)]],
    ['all before a payout', 100, [moved(100, 1)], []],
    ['all of a draft', 100, [moved(100, 1)], [payout(10)]],
    ['all of an approved one', 100, [moved(100, 1)], [payout(10, { status: 'approved' })]],
    ['all of one that failed', 100, [moved(100, 1)], [payout(10, { status: 'failed' })]],
    ['nothing on its way', 0, [moved(100, 1)], [sent(10, 12)]],
    ['nothing that is paid', 0, [moved(100, 1)], [paid(10, 12)]],
    [
      'what came back',
      100,
      [moved(100, 1)],
      [payout(10, { status: 'returned', returnedMinor: 100, paidAt: day(12) })],
    ],
    [
      'nothing when a part came back',
      0,
      [moved(100, 1)],
      [payout(10, { status: 'returned', returnedMinor: 50, paidAt: day(12) })],
    ],
    [
      'what a voided payout left to the next',
      0,
      [moved(100, 1)],
      [payout(10, { status: 'voided' }), paid(20, 22)],
    ],
    ['what was earned after the cut', 30, [moved(100, 1), moved(30, 11)], [paid(10, 12)]],
    ['what was taken back after it', -100, [moved(100, 1), moved(-100, 11)], [paid(10, 12)]],
    [
      'what is in the earlier payout when the later is paid',
      100,
      [moved(100, 1)],
      [payout(10, { status: 'failed' }), paid(20, 22)],
    ],
    [
      'what was held at the cut and released',
      40,
      [moved(100, 1), held(40, 2), released(40, 15)],
      [paid(10, 12)],
    ],
    ['the same when it is held still', 0, [moved(100, 1), held(40, 2)], [paid(10, 12)]],
    [
      'what was held between cut and payment',
      40,
      [moved(100, 1), held(40, 11), released(40, 15)],
      [paid(10, 12)],
    ],
    [
      'what was held and released in between',
      40,
      [moved(100, 1), held(40, 11), released(40, 12)],
      [paid(10, 14)],
    ],
    [
      'what was held after the payment of the first',
      20,
      [moved(100, 1), moved(50, 11), held(30, 13)],
      [paid(10, 12)],
    ],
  ])('is %s', (_what, expected, entries, payouts) => {
    expect(unpaidMinor(entries, payouts)).toBe(expected);
    expect(unpaidMinor(entries.toReversed(), payouts.toReversed())).toBe(expected);
  });

  it('counts what was held out of an approved payout', () => {
    const outOfApproved = { ...held(0, 11), approvedMinor: -40 };
    const approved = payout(10, { status: 'approved' });
    expect(unpaidMinor([moved(100, 1), outOfApproved], [approved])).toBe(60);
  });
});
