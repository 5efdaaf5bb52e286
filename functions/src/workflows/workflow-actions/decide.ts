import { evaluate } from '../../modules/automations/automations.public.ts';
import { comparisonsOf } from '../../modules/automations/conditions.schema.ts';
import type { BranchConfig } from '../../modules/automations/steps.schema.ts';
import type { Scene } from '../../modules/runs/runs.schema.ts';
import type { Fields } from './action.ts';

/** What a decision is made on: the event, its record before it, and the record as it is by then. */
export interface Deciding {
  readonly scene: Pick<Scene, 'event' | 'before' | 'timeZone'>;
  readonly state: Fields | undefined;
  readonly now: Date;
}

/** The branch whose condition holds first. Pure: decided on the same it is the same. */
export function chooseBranch(
  { branches }: Pick<BranchConfig, 'branches'>,
  { scene, state, now }: Deciding,
): number | 'otherwise' {
  const { event, timeZone } = scene;
  const known = { event, before: scene.before ?? undefined, after: state };
  const index = branches.findIndex(({ condition }) =>
    evaluate(condition, known, { now, timeZone }),
  );
  return index < 0 ? 'otherwise' : index;
}

/** Of a state what the conditions of a branch can ask for, to be kept with the decision. */
export function decidedOn(config: BranchConfig, state: Fields | undefined): Fields | undefined {
  if (state === undefined) return undefined;
  const names = config.branches.flatMap(({ condition }) =>
    [...comparisonsOf(condition)].map(({ comparison }) => comparison.field.split('.')[0] ?? ''),
  );
  // Amounts are compared with their currency.
  const asked = new Set([...names, 'currency']);
  return Object.fromEntries(Object.entries(state).filter(([name]) => asked.has(name)));
}
