import { useEffect, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { checkSchema, type Warning } from '../../data/workflows.ts';
import { useDebounced } from '../../ui/useDebounced.ts';
import { refusalOf } from './problems.ts';

const PAUSE_MS = 700;

export interface Checked {
  /** What was checked, as JSON. */
  readonly of: string;
  readonly problem: Problem | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * Has the server check a definition once nobody types: only it knows the organisation's stages,
 * people and fields. `definition` is undefined while its shape alone is wrong.
 */
export function useCheck(rest: Rest, definition: string | undefined): Checked | undefined {
  const settled = useDebounced(definition, PAUSE_MS);
  const [checked, setChecked] = useState<Checked>();
  useEffect(() => {
    if (settled === undefined) return;
    let isOver = false;
    const hold = (outcome: Omit<Checked, 'of'>) => {
      if (!isOver) setChecked({ of: settled, ...outcome });
    };
    rest.send('POST', '/api/workflows/check', { definition: JSON.parse(settled) }).then(
      (answer) => hold({ problem: undefined, ...readAnswer(checkSchema, answer) }),
      (error: unknown) => {
        const problem = refusalOf(error);
        // What is not about the definition is told when it is saved.
        hold({ problem: problem.field === undefined ? undefined : problem, warnings: [] });
      },
    );
    return () => {
      isOver = true;
    };
  }, [rest, settled]);
  return checked;
}
