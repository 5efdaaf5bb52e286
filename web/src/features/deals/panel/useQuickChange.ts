import { useState } from 'react';
import { type Problem, toProblem } from '../../../data/problem.ts';
import type { ChangeDeal } from './useDealChange.ts';

/** Changes by click: each is made in its turn, however fast they come. `quick` answers whether it was. */
export function useQuickChange(change: ChangeDeal) {
  const [problem, setProblem] = useState<Problem>();
  const quick = async (next: Parameters<ChangeDeal>[0]): Promise<boolean> => {
    setProblem(undefined);
    try {
      await change(next);
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    }
  };
  return { quick, problem };
}
