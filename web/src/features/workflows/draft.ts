import type { Condition, Definition, Step, TriggerKind } from '@splitline/functions/contracts';

/** Settings while somebody edits them: they may be missing or wrong. */
export type Fields = Readonly<Record<string, unknown>>;

/** How the parts of a group are joined. */
export type GroupMode = 'all' | 'any' | 'none' | 'notAll';

export interface ComparisonDraft {
  readonly kind: 'comparison';
  readonly key: string;
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

export interface GroupDraft {
  readonly kind: 'group';
  readonly key: string;
  readonly mode: GroupMode;
  readonly parts: readonly ConditionDraft[];
}

export type ConditionDraft = ComparisonDraft | GroupDraft;

export type StepType = Step['type'];
export type LeafType = Exclude<StepType, 'BRANCH'>;

export interface LeafDraft {
  readonly key: string;
  readonly id: string;
  readonly type: LeafType;
  readonly config: Fields;
}

export interface BranchDraft {
  readonly key: string;
  readonly condition: GroupDraft;
  readonly steps: readonly StepDraft[];
}

export interface BranchStepDraft {
  readonly key: string;
  readonly id: string;
  readonly type: 'BRANCH';
  readonly branches: readonly BranchDraft[];
  readonly otherwise: readonly StepDraft[];
}

export type StepDraft = LeafDraft | BranchStepDraft;

export interface TriggerDraft {
  readonly kind: TriggerKind;
  readonly settings: Fields;
}

/** A definition while somebody edits it. */
export interface DefinitionDraft {
  readonly trigger: TriggerDraft;
  readonly condition: GroupDraft;
  readonly steps: readonly StepDraft[];
}

let keys = 0;

/** Tells parts of a draft from one another while they move. */
export function newKey(): string {
  keys += 1;
  return `k${keys}`;
}

export function newComparison(): ComparisonDraft {
  return { kind: 'comparison', key: newKey(), field: '', operator: '', value: undefined };
}

export function newGroup(parts: readonly ConditionDraft[] = []): GroupDraft {
  return { kind: 'group', key: newKey(), mode: 'all', parts };
}

export function newBranch(): BranchDraft {
  return { key: newKey(), condition: newGroup([newComparison()]), steps: [] };
}

/** Where a blank workflow begins. */
export function blankDraft(): DefinitionDraft {
  return {
    trigger: { kind: 'event', settings: { types: ['deal.won'] } },
    condition: newGroup(),
    steps: [],
  };
}

/** A stored definition as it is edited. */
export function draftOf({ trigger, condition, steps }: Definition): DefinitionDraft {
  const { kind, ...settings } = trigger;
  return {
    trigger: { kind, settings },
    condition: condition === null ? newGroup() : groupOf(condition),
    steps: stepsOf(steps),
  };
}

function stepsOf(steps: readonly Step[]): readonly StepDraft[] {
  return steps.map((step): StepDraft => {
    const { id } = step;
    if (step.type !== 'BRANCH') {
      return { key: newKey(), id, type: step.type, config: { ...step.config } };
    }
    const { branches, otherwise } = step.config;
    return {
      ...{ key: newKey(), id, type: 'BRANCH', otherwise: stepsOf(otherwise) },
      branches: branches.map((branch) => ({
        ...{ key: newKey(), condition: groupOf(branch.condition), steps: stepsOf(branch.steps) },
      })),
    };
  });
}

/** The outermost condition is always a group, so that another can be put beside it. */
function groupOf(condition: Condition): GroupDraft {
  const draft = conditionOf(condition);
  return draft.kind === 'group' ? draft : newGroup([draft]);
}

function conditionOf(condition: Condition): ConditionDraft {
  if ('all' in condition) return groupWith('all', condition.all);
  if ('any' in condition) return groupWith('any', condition.any);
  if (!('not' in condition)) {
    const { field, operator, value } = condition;
    return { kind: 'comparison', key: newKey(), field, operator, value };
  }
  const { not } = condition;
  if ('all' in not) return groupWith('notAll', not.all);
  return groupWith('none', 'any' in not ? not.any : [not]);
}

function groupWith(mode: GroupMode, parts: readonly Condition[]): GroupDraft {
  return { kind: 'group', key: newKey(), mode, parts: parts.map(conditionOf) };
}

/** The draft as the server takes it; whether it is complete is for the schema to say. */
export function definitionOf({ trigger, condition, steps }: DefinitionDraft) {
  return {
    trigger: { kind: trigger.kind, ...trigger.settings },
    condition: condition.parts.length === 0 ? null : wireCondition(condition),
    steps: wireSteps(steps),
  };
}

function wireSteps(steps: readonly StepDraft[]): object[] {
  return steps.map((step) => {
    const { id, type } = step;
    if (step.type !== 'BRANCH') return { id, type, config: step.config };
    const branches = step.branches.map((branch) => ({
      condition: wireCondition(branch.condition),
      steps: wireSteps(branch.steps),
    }));
    return { id, type, config: { branches, otherwise: wireSteps(step.otherwise) } };
  });
}

function wireCondition(condition: ConditionDraft): object {
  if (condition.kind === 'comparison') {
    const { field, operator, value } = condition;
    return { field, operator, ...(value === undefined ? {} : { value }) };
  }
  const parts = condition.parts.map(wireCondition);
  switch (condition.mode) {
    case 'all':
      return { all: parts };
    case 'any':
      return { any: parts };
    case 'none':
      return { not: { any: parts } };
    case 'notAll':
      return { not: { all: parts } };
  }
}

const partsAt: Readonly<Record<GroupMode, string>> = {
  all: 'all',
  any: 'any',
  none: 'not.any',
  notAll: 'not.all',
};

/** The path of a group's part, as refusals name it. */
export function pathOfPart(path: string, mode: GroupMode, index: number): string {
  return `${path}.${partsAt[mode]}.${index}`;
}

/** All steps of a draft, those in branches included. */
export function* everyStep(steps: readonly StepDraft[]): Generator<StepDraft> {
  for (const step of steps) {
    yield step;
    if (step.type !== 'BRANCH') continue;
    for (const branch of step.branches) yield* everyStep(branch.steps);
    yield* everyStep(step.otherwise);
  }
}

/** An id that no other step has, by what the step does: `send-email`, `send-email-2`. */
export function freshId(type: StepType, taken: readonly string[]): string {
  const name = type.toLowerCase().replaceAll('_', '-');
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** Settings with one of them changed; an empty one is left out. */
export function withSetting(fields: Fields, name: string, value: unknown): Fields {
  const { [name]: _, ...others } = fields;
  const isEmpty =
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? others : { ...others, [name]: value };
}

/** The list with one item moved by a place, up (-1) or down (1). */
export function moved<T>(items: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const item = items[from];
  const to = from + by;
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : [];
}

export function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' ? value : undefined;
}
