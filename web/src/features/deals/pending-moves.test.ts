import { describe, expect, it } from '@jest/globals';
import { buildDeal, buildStage } from './deal-fixtures.ts';
import { applyMoves, dropMove, type PendingMove, settleMove, startMove } from './pending-moves.ts';

const won = buildStage({
  id: 'won',
  kind: 'won',
  systemKey: 'CLOSED_WON',
  defaultProbability: 100,
});
const deal = buildDeal({ version: 3 });
const startedAt = new Date('2026-01-06T10:00:00Z');

function move(turn: number): PendingMove {
  return { turn, stage: won, startedAt, settledVersion: undefined };
}

describe('a pending move', () => {
  it('shows the deal where it is going, with the probability it will have', () => {
    expect(applyMoves([deal], startMove(new Map(), deal.id, move(1)))).toEqual([
      {
        ...deal,
        stageId: 'won',
        stageKind: 'won',
        stageKey: 'CLOSED_WON',
        probability: 100,
        updatedAt: startedAt,
      },
    ]);
  });

  it('leaves other deals alone', () => {
    const other = buildDeal({ id: 'other' });
    expect(applyMoves([other], startMove(new Map(), deal.id, move(1)))).toEqual([other]);
  });

  it('outlives a change by somebody else that comes before the answer', () => {
    const renamed = { ...deal, version: 4, title: 'Renamed' };
    const [shown] = applyMoves([renamed], startMove(new Map(), deal.id, move(1)));
    expect(shown).toMatchObject({ stageId: 'won', title: 'Renamed' });
  });

  it('gives way to the listener from the version that the server answered', () => {
    const moves = settleMove(startMove(new Map(), deal.id, move(1)), deal.id, 1, 4);
    expect(applyMoves([deal], moves)[0]).toMatchObject({ stageId: 'won', version: 4 });
    const movedBack = { ...deal, version: 5 };
    expect(applyMoves([movedBack], moves)).toEqual([movedBack]);
  });

  it('goes back when it is refused', () => {
    const moves = dropMove(startMove(new Map(), deal.id, move(1)), deal.id, 1);
    expect(applyMoves([deal], moves)).toEqual([deal]);
  });

  it('is not touched by the answer to an earlier move of the same deal', () => {
    const moves = startMove(startMove(new Map(), deal.id, move(1)), deal.id, move(2));
    expect(dropMove(moves, deal.id, 1)).toBe(moves);
    expect(settleMove(moves, deal.id, 1, 4)).toBe(moves);
  });
});
