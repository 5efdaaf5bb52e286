import type { Step } from './steps.schema.ts';

/** The settings of each kind of step that are templates; `*` stands for each entry of a map. */
const templateFields: Readonly<Record<Step['type'], readonly string[]>> = {
  SEND_SMS: ['message'],
  SEND_WHATSAPP: ['message'],
  SEND_EMAIL: ['subject', 'body'],
  ADD_TAG: [],
  REMOVE_TAG: [],
  UPDATE_FIELDS: ['fields.*'],
  MOVE_STAGE: ['lostReason'],
  ASSIGN: [],
  CREATE_TASK: ['title', 'description'],
  CREATE_NOTE: ['text'],
  CREATE_APPOINTMENT: ['title', 'description'],
  CREATE_DEAL: ['title'],
  NOTIFY: ['title', 'body'],
  CALL_WEBHOOK: ['data.*'],
  DRAFT_MESSAGE: ['context'],
  WAIT: [],
  BRANCH: [],
  STOP: [],
};

/** A text in the settings of a step. */
export interface StepText {
  readonly path: readonly PropertyKey[];
  readonly text: string;
  /** Whether merge fields are meant to be in it. */
  readonly isTemplate: boolean;
}

/** The texts in a step's settings with the way to each, those of steps in its branches left out. */
export function textsOf(step: Step): StepText[] {
  if (step.type === 'BRANCH') return [];
  const templates = templateFields[step.type];
  return [...textsIn(step.config, [])].map(({ path, text }) => ({
    ...{ path: ['config', ...path], text },
    isTemplate: templates.some((field) => {
      const [name, each] = field.split('.');
      return path[0] === name && path.length === (each === undefined ? 1 : 2);
    }),
  }));
}

function* textsIn(
  value: unknown,
  path: readonly PropertyKey[],
): Generator<{ path: readonly PropertyKey[]; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  if (value === null || typeof value !== 'object') return;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, part] of entries) yield* textsIn(part, [...path, key]);
}
