import type { Deal, Stage } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';

/**
 * A move that is shown before the listener has it. `settledVersion` is the deal's version after
 * the move once the server has answered; from that version on the listener tells the truth.
 */
export interface PendingMove {
  readonly turn: number;
  readonly stage: Stored<Stage>;
  readonly startedAt: Date;
  readonly settledVersion: number | undefined;
}

export type PendingMoves = ReadonlyMap<string, PendingMove>;

/** The deals as they will be when the pending moves have arrived. */
export function applyMoves(
  deals: readonly Stored<Deal>[],
  moves: PendingMoves,
): readonly Stored<Deal>[] {
  return moves.size === 0 ? deals : deals.map((deal) => applyMove(deal, moves.get(deal.id)));
}

/** The deal as it will be when its pending move has arrived. */
export function applyMove(deal: Stored<Deal>, move: PendingMove | undefined): Stored<Deal> {
  if (move === undefined || isArrived(deal, move)) return deal;
  const { stage, startedAt, settledVersion } = move;
  return {
    ...deal,
    // What is changed next is based on what the server has by now.
    version: settledVersion ?? deal.version,
    stageId: stage.id,
    stageKind: stage.kind,
    stageKey: stage.systemKey,
    probability: stage.defaultProbability,
    updatedAt: startedAt,
  };
}

function isArrived(deal: Stored<Deal>, { settledVersion }: PendingMove): boolean {
  return settledVersion !== undefined && deal.version >= settledVersion;
}

/** Adds a move; an earlier one of the same deal is replaced. */
export function startMove(moves: PendingMoves, dealId: string, move: PendingMove): PendingMoves {
  return new Map(moves).set(dealId, move);
}

/** Notes the version that the server gave the deal, unless a later move has taken over. */
export function settleMove(
  moves: PendingMoves,
  dealId: string,
  turn: number,
  settledVersion: number,
): PendingMoves {
  const move = moves.get(dealId);
  return move?.turn === turn ? new Map(moves).set(dealId, { ...move, settledVersion }) : moves;
}

/** Takes a refused move back, unless a later move has taken over. */
export function dropMove(moves: PendingMoves, dealId: string, turn: number): PendingMoves {
  if (moves.get(dealId)?.turn !== turn) return moves;
  const rest = new Map(moves);
  rest.delete(dealId);
  return rest;
}
