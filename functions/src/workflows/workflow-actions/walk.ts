import type { Step } from '../../modules/automations/steps.schema.ts';
import type { Scene } from '../../modules/runs/runs.schema.ts';
import type { WalkEnd } from '../../modules/runs/trials.schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Fields } from './action.ts';
import { chooseBranch } from './decide.ts';
import { type Position, positionAfter, positionInBranch, stepAt } from './positions.ts';
import { waitUntil } from './waits.ts';

/** What steps are walked through with: a clock of their own, and what is known of the record. */
export interface Walk {
  readonly steps: readonly Step[];
  readonly scene: Pick<Scene, 'event' | 'before' | 'timeZone'>;
  readonly start: Date;
  /** As far as anything is known. */
  readonly end: Date;
  stateAt(instant: Date): Fields | undefined;
  /** When the first event of these types came, after an instant and before another. */
  eventAt(types: readonly string[], after: Date, before: Date): Date | undefined;
}

/** A step that would have been taken. */
export interface Visited {
  readonly step: Step;
  readonly at: Date;
  readonly branch: number | 'otherwise' | null;
  readonly problem: string | null;
}

/** The steps that a run would take, without taking them. Pure, and the same however often. */
export function walkSteps(walk: Walk): { readonly visited: Visited[]; readonly end: WalkEnd } {
  const { steps } = walk;
  const visited: Visited[] = [];
  let now = walk.start;
  let position: Position | undefined = [0];
  while (position !== undefined) {
    const step = stepAt(steps, position);
    if (step === undefined) break;
    if (now > walk.end) return { visited, end: 'waiting' };
    const visit = { step, at: now, branch: null, problem: null };
    if (step.type === 'STOP') return { visited: [...visited, visit], end: 'stopped' };
    if (step.type === 'BRANCH') {
      const { scene } = walk;
      const branch = chooseBranch(step.config, { scene, state: walk.stateAt(now), now });
      visited.push({ ...visit, branch });
      position = positionInBranch(steps, position, branch);
      continue;
    }
    if (step.type === 'WAIT') {
      const over = overAt(walk, step, now);
      if (typeof over === 'string') {
        return { visited: [...visited, { ...visit, problem: over }], end: 'failed' };
      }
      visited.push(visit);
      if (over > now) now = over;
    } else visited.push(visit);
    position = positionAfter(steps, position);
  }
  return { visited, end: 'done' };
}

/** When a wait would be over, or why there would be none. */
function overAt(
  { scene, stateAt, eventAt }: Walk,
  { config }: Extract<Step, { readonly type: 'WAIT' }>,
  now: Date,
): Date | string {
  const { event, timeZone } = scene;
  const before = scene.before ?? undefined;
  try {
    const until = waitUntil(config, { now, timeZone, event, before, after: stateAt(now) });
    const { untilEvent } = config;
    return (untilEvent && eventAt(untilEvent, now, until)) ?? until;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
