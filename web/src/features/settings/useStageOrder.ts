import type { Stage } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest, Stored } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { inOrder, movedTo } from './stage-order.ts';

/**
 * The stages in their order, which changes at once and is taken back when the server refuses. Those
 * being deleted stand at the end and have no place of their own.
 */
export function useStageOrder(rest: Rest, stages: readonly Stored<Stage>[]) {
  const { announce, warn } = useNotices();
  // Undefined while nothing is being saved: then the stored order shows.
  const [wanted, setWanted] = useState<readonly string[]>();
  const stored = stages.filter(({ closing }) => closing === null).map(({ id }) => id);
  const ids = wanted ?? stored;
  const move = async (stageId: string, place: number) => {
    const next = movedTo(ids, stageId, place);
    if (wanted !== undefined || next.join() === ids.join()) return;
    setWanted(next);
    const name = stages.find(({ id }) => id === stageId)?.name ?? '';
    try {
      await rest.send('POST', '/api/stages/reorder', { stageIds: next });
      announce(`${name} is now ${next.indexOf(stageId) + 1} of ${next.length}.`);
    } catch (error) {
      warn(`${name} stays where it was. ${toProblem(error).message}`);
    }
    setWanted(undefined);
  };
  return {
    ordered: inOrder(stages, ids),
    count: ids.length,
    move: (stageId: string, place: number) => void move(stageId, place),
  };
}
