import { AppError } from '../../platform/errors.ts';
import { parseInput } from '../../platform/validation.ts';
import { eventTypes } from '../events/events.public.ts';
import { type Definition, definitionSchema } from './automations.schema.ts';
import type { Condition } from './conditions.schema.ts';
import { contractNameOf, eventTypeOf } from './contract-names.ts';
import type { DefinitionInput } from './workflow-inputs.schema.ts';

/** A definition in the words of the contract: all conditions must hold, actions follow one another. */
export interface ContractForm {
  readonly trigger: string;
  readonly conditions: readonly Condition[];
  readonly actions: readonly {
    readonly id: string;
    readonly type: string;
    readonly config: object;
  }[];
}

/** The definition that a request gives, in its full form or in the contract's; undefined: none. */
export function definitionIn(input: DefinitionInput): Definition | undefined {
  if (input.definition !== undefined) return input.definition;
  if (input.trigger === undefined) return undefined;
  const type = eventTypeOf(input.trigger, eventTypes);
  if (type === undefined) {
    throw new AppError(
      'invalid-argument',
      `trigger: there is no trigger '${input.trigger}'; GET /api/workflows/operators lists them`,
      { field: 'trigger' },
    );
  }
  const conditions = input.conditions ?? [];
  return withContractFields(() =>
    parseInput(definitionSchema, {
      trigger: { kind: 'event', types: [type] },
      condition: conditions.length === 0 ? null : { all: conditions },
      steps: input.actions?.map((action, index) => ({ id: `step${index + 1}`, ...action })) ?? [],
    }),
  );
}

/** A definition in the words of the contract. */
export function toContractForm({ trigger, condition, steps }: Definition): ContractForm {
  return {
    trigger: contractNameOf(trigger),
    conditions: condition === null ? [] : 'all' in condition ? condition.all : [condition],
    actions: steps.map(({ id, type, config }) => ({ id, type, config })),
  };
}

/** What a refusal calls a field in each form. */
const contractNames: readonly (readonly [RegExp, string])[] = [
  [/^condition\.all\.?/, 'conditions.'],
  [/^steps\.?/, 'actions.'],
  [/^trigger.*/, 'trigger'],
];

/** Runs `work` on a definition; a refusal names the field as the request gave it. */
export async function namingFields<T>(input: DefinitionInput, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw renamed(
      error,
      input.definition === undefined ? contractField : (field) => `definition.${field}`,
    );
  }
}

function withContractFields<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw renamed(error, contractField);
  }
}

function contractField(field: string): string {
  const [pattern, name] = contractNames.find(([found]) => found.test(field)) ?? [];
  if (pattern === undefined || name === undefined) return field;
  return field.replace(pattern, name).replace(/\.$/, '');
}

function renamed(error: unknown, rename: (field: string) => string): unknown {
  if (!(error instanceof AppError) || error.field === undefined) return error;
  const field = rename(error.field);
  const problem = error.message.slice(`${error.field}: `.length);
  return new AppError(error.code, `${field}: ${problem}`, { field, cause: error });
}
