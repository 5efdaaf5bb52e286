import type { ReactNode } from 'react';
import type { StepDraft } from './draft.ts';

/** Steps that follow one another. */
export interface StepListProps {
  readonly steps: readonly StepDraft[];
  readonly path: string;
  /** What these steps are, for those who do not see where they stand. */
  readonly label: string;
  /** How deep the list stands in branches. */
  readonly depth?: number;
  /** The ids of all steps of the workflow: each has its own. */
  readonly takenIds: readonly string[];
  readonly onChange: (steps: readonly StepDraft[]) => void;
}

/** Shows steps within a step: each way of a branch has its own. */
export type RenderSteps = (list: StepListProps) => ReactNode;
