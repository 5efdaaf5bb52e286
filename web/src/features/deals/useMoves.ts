import type { Deal, Stage } from '@splitline/functions/contracts';
import { useCallback, useRef, useState } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { dropMove, type PendingMoves, settleMove, startMove } from './pending-moves.ts';
import { createTurns, type InTurn } from './turns.ts';

export type MoveDeal = (deal: Stored<Deal>, stage: Stored<Stage>) => void;

/**
 * Moves deals at once on the screen, then on the server. A refused move goes back to where the
 * server has the deal, and says why. Moves of one deal are sent one after the other, or the
 * slower of two would win; `inTurn` is for those that are made elsewhere.
 */
export function useMoves(data: WorkspaceData): {
  moves: PendingMoves;
  moveDeal: MoveDeal;
  inTurn: InTurn;
} {
  const [moves, setMoves] = useState<PendingMoves>(new Map());
  const [inTurn] = useState(createTurns);
  const lastTurn = useRef(0);
  const { warn, announce } = useNotices();
  const moveDeal = useCallback<MoveDeal>(
    (deal, stage) => {
      if (deal.stageId === stage.id) return;
      lastTurn.current += 1;
      const turn = lastTurn.current;
      const startedAt = new Date();
      setMoves((old) =>
        startMove(old, deal.id, { turn, stage, startedAt, settledVersion: undefined }),
      );
      const send = async () => {
        try {
          const { version } = await data.moveDeal(deal.id, stage.id);
          setMoves((old) => settleMove(old, deal.id, turn, version));
          announce(`${deal.title} is now in ${stage.name}.`);
        } catch (error) {
          setMoves((old) => dropMove(old, deal.id, turn));
          warn(`“${deal.title}” was not moved to ${stage.name}. ${toProblem(error).message}`);
        }
      };
      void inTurn(deal.id, send);
    },
    [data, inTurn, warn, announce],
  );
  return { moves, moveDeal, inTurn };
}
