import type { Step } from '../../modules/automations/steps.schema.ts';

/**
 * The way to a step: its index among the steps, or that of a BRANCH, the number of the branch that
 * was taken or `otherwise`, and the index in there.
 */
export type Position = readonly (number | 'otherwise')[];

/** The position that a run has stored. */
export function parsePosition(text: string): Position {
  return text.split('.').map((part) => (part === 'otherwise' ? part : Number(part)));
}

export function formatPosition(position: Position): string {
  return position.join('.');
}

/** The step at a position, if there is one. */
export function stepAt(steps: readonly Step[], position: Position): Step | undefined {
  const [index, branch, ...rest] = position;
  const step = typeof index === 'number' ? steps[index] : undefined;
  if (branch === undefined || step === undefined) return step;
  return step.type === 'BRANCH' ? stepAt(stepsOf(step, branch), rest) : undefined;
}

/** The position after another, or undefined at the end: what follows a branch follows its steps. */
export function positionAfter(steps: readonly Step[], position: Position): Position | undefined {
  const last = position.at(-1);
  if (typeof last !== 'number') return undefined;
  return settled(steps, [...position.slice(0, -1), last + 1]);
}

/** The first position in a branch of the BRANCH at a position, or what follows when it is empty. */
export function positionInBranch(
  steps: readonly Step[],
  position: Position,
  branch: number | 'otherwise',
): Position | undefined {
  return settled(steps, [...position, branch, 0]);
}

/** The position of the step with this id, if there is one. */
export function positionOfStep(steps: readonly Step[], id: string): Position | undefined {
  for (const [index, step] of steps.entries()) {
    if (step.id === id) return [index];
    if (step.type !== 'BRANCH') continue;
    for (const branch of branchesOf(step)) {
      const inside = positionOfStep(stepsOf(step, branch), id);
      if (inside !== undefined) return [index, branch, ...inside];
    }
  }
  return undefined;
}

function settled(steps: readonly Step[], position: Position): Position | undefined {
  if (stepAt(steps, position) !== undefined) return position;
  return position.length > 1 ? positionAfter(steps, position.slice(0, -2)) : undefined;
}

type Branching = Extract<Step, { readonly type: 'BRANCH' }>;

function branchesOf({ config }: Branching): (number | 'otherwise')[] {
  return [...config.branches.keys(), 'otherwise'];
}

function stepsOf({ config }: Branching, branch: number | 'otherwise'): readonly Step[] {
  return branch === 'otherwise' ? config.otherwise : (config.branches[branch]?.steps ?? []);
}
