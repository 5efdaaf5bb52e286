import type { Definition } from './automations.schema.ts';
import { type Catalogue, findField, recordTypesOfTrigger } from './catalogue.ts';
import { type Condition, comparisonsOf } from './conditions.schema.ts';
import { allSteps, type Step } from './steps.schema.ts';

/** Something of the organisation that a definition names. */
export interface Reference {
  readonly kind: 'stage' | 'user' | 'team';
  readonly id: string;
  readonly path: readonly PropertyKey[];
  /** Whether work is given to that person, who then has to be active. */
  readonly isActor: boolean;
}

/** What a definition names, with the way to each. */
export function referencesOf(catalogue: Catalogue, definition: Definition): Reference[] {
  const { trigger, condition, steps } = definition;
  const types = recordTypesOfTrigger(trigger);
  const stages =
    trigger.kind === 'event'
      ? (['stageFrom', 'stageTo'] as const).flatMap((name) =>
          (trigger[name] ?? []).map((id, index) => stage(id, ['trigger', name, index])),
        )
      : [];
  return [
    ...stages,
    ...(condition === null ? [] : inCondition(catalogue, types, condition, ['condition'])),
    ...[...allSteps(steps, ['steps'])].flatMap(({ step, path }) => [
      ...inStep(step).map((found) => ({ ...found, path: [...path, 'config', ...found.path] })),
      ...(step.type === 'BRANCH'
        ? step.config.branches.flatMap((branch, index) =>
            inCondition(catalogue, types, branch.condition, [
              ...[...path, 'config', 'branches', index, 'condition'],
            ]),
          )
        : []),
    ]),
  ];
}

function inCondition(
  catalogue: Catalogue,
  recordTypes: readonly string[],
  condition: Condition,
  path: readonly PropertyKey[],
): Reference[] {
  return [...comparisonsOf(condition, path)].flatMap(({ comparison, path: here }) => {
    const field = findField(catalogue, recordTypes, comparison.field);
    const kind = field === undefined || field === 'anything' ? undefined : field.type;
    if (kind !== 'stage' && kind !== 'user' && kind !== 'team') return [];
    const values = Array.isArray(comparison.value) ? comparison.value : [comparison.value];
    return values.flatMap((id) =>
      typeof id === 'string' ? [{ kind, id, path: [...here, 'value'], isActor: false }] : [],
    );
  });
}

function inStep(step: Step): Reference[] {
  switch (step.type) {
    case 'MOVE_STAGE':
      return [stage(step.config.stage, ['stage'])];
    case 'CREATE_DEAL':
      return [
        ...(step.config.stage === undefined ? [] : [stage(step.config.stage, ['stage'])]),
        ...assignee(step.config.assignee),
      ];
    case 'CREATE_TASK':
    case 'CREATE_APPOINTMENT':
      return assignee(step.config.assignee);
    case 'ASSIGN':
      return inAssignment(step.config);
    case 'NOTIFY':
      return people(step.config.uids);
    default:
      return [];
  }
}

function inAssignment(config: Extract<Step, { type: 'ASSIGN' }>['config']): Reference[] {
  if (config.strategy === 'fixed') return [person(config.uid, ['uid'])];
  const team = config.teamId;
  return [
    ...people(config.uids),
    ...(team === undefined
      ? []
      : [{ kind: 'team' as const, id: team, path: ['teamId'], isActor: false }]),
  ];
}

const stage = (id: string, path: readonly PropertyKey[]): Reference => ({
  ...{ kind: 'stage', id, path, isActor: false },
});
const person = (id: string, path: readonly PropertyKey[]): Reference => ({
  ...{ kind: 'user', id, path, isActor: true },
});
const people = (uids: readonly string[] = []) =>
  uids.map((uid, index) => person(uid, ['uids', index]));
const assignee = (id: string) => (id === 'owner' ? [] : [person(id, ['assignee'])]);
