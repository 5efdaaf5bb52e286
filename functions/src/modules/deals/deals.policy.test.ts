import { describe, expect, it } from '@jest/globals';
import { dealOf, defaultStage } from '../../../../test/support/deals.ts';
import type { StageKind } from '../stages/stages.schema.ts';
import { enterStage, requireNotPast, valueInMinorUnits } from './deals.policy.ts';
import type { Deal } from './deals.schema.ts';

const now = new Date('2026-06-15T12:00:00Z');
const earlier = new Date('2026-01-01T00:00:00Z');

const keys = { open: 'QUALIFIED', won: 'CLOSED_WON', lost: 'CLOSED_LOST' } as const;
const stageOf = (kind: StageKind) => defaultStage(keys[kind]);
const dealIn = (stageKind: StageKind, closedAt: Date | null) =>
  dealOf({ uid: 'a', teamId: null }, { stageKind, closedAt });

describe('enterStage', () => {
  it.each<[string, StageKind, Deal | undefined, Date | null]>([
    ['a new open deal is not closed', 'open', undefined, null],
    ['a new won deal is closed now', 'won', undefined, now],
    ['a new lost deal is closed now', 'lost', undefined, now],
    ['an open deal stays open', 'open', dealIn('open', null), null],
    ['an open deal is won now', 'won', dealIn('open', null), now],
    ['an open deal is lost now', 'lost', dealIn('open', null), now],
    ['a won deal stays won since then', 'won', dealIn('won', earlier), earlier],
    ['a won deal is lost now', 'lost', dealIn('won', earlier), now],
    ['a lost deal is won now', 'won', dealIn('lost', earlier), now],
    ['a won deal is re-opened', 'open', dealIn('won', earlier), null],
  ])('%s', (_what, kind, before, closedAt) => {
    const stage = stageOf(kind);
    expect(enterStage(stage, undefined, now, before)).toEqual({
      stageId: stage.id,
      stageKind: kind,
      stageKey: keys[kind],
      probability: { open: 25, won: 100, lost: 0 }[kind],
      closedAt,
    });
  });

  it.each([0, 60, 100])('takes a given probability of %d instead of the stage’s', (given) => {
    expect(enterStage(stageOf('open'), given, now).probability).toBe(given);
  });
});

describe('valueInMinorUnits', () => {
  it('takes minor units as they are', () => {
    expect(valueInMinorUnits({ amountMinor: 1_234 }, 'JPY')).toBe(1_234);
  });

  it('converts major units', () => {
    expect(valueInMinorUnits({ amountMajor: 12.34 }, 'USD')).toBe(1_234);
  });

  it('names the field when there are too many decimals', () => {
    expect(() => valueInMinorUnits({ amountMajor: 12.345 }, 'USD')).toThrow(
      expect.objectContaining({ code: 'invalid-argument', field: 'value' }),
    );
  });
});

describe('requireNotPast', () => {
  // 11:00 UTC is still the day before in the last time zone on Earth, UTC-12.
  it.each([
    ['no day', null, '2026-06-15T12:00:00Z'],
    ['today', '2026-06-15', '2026-06-15T12:00:00Z'],
    ['tomorrow', '2026-06-16', '2026-06-15T12:00:00Z'],
    ['yesterday, while it is still today somewhere', '2026-06-14', '2026-06-15T11:59:59Z'],
  ])('takes %s', (_what, day, at) => {
    expect(() => requireNotPast(day === null ? null : new Date(day), new Date(at))).not.toThrow();
  });

  it.each([
    ['2026-06-14', '2026-06-15T12:00:00Z'],
    ['2025-06-16', '2026-06-15T12:00:00Z'],
  ])('refuses %s at %s and names the field', (day, at) => {
    expect(() => requireNotPast(new Date(day), new Date(at))).toThrow(
      expect.objectContaining({ code: 'invalid-argument', field: 'expectedCloseDate' }),
    );
  });
});
