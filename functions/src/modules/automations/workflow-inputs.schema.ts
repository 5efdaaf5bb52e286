import { z } from 'zod';
import { definitionSchema, workflowSchema, workflowStatusSchema } from './automations.schema.ts';
import { conditionSchema } from './conditions.schema.ts';
import { MAX_STEPS } from './steps.schema.ts';

/** A step in the words of the contract: it gets an id by its place. */
const actionSchema = z.strictObject({
  type: z.string().max(64),
  config: z.record(z.string(), z.unknown()),
});

const contractShape = {
  /** What starts it, such as CONTACT_CREATED or TAG_ADDED. */
  trigger: z.string().max(128).optional(),
  /** All of these must hold. */
  conditions: z.array(conditionSchema).max(50).optional(),
  actions: z.array(actionSchema).min(1).max(MAX_STEPS).optional(),
};
const definitionShape = { ...contractShape, definition: definitionSchema.optional() };

export interface DefinitionInput {
  readonly trigger?: z.infer<typeof contractShape.trigger>;
  readonly conditions?: z.infer<typeof contractShape.conditions>;
  readonly actions?: z.infer<typeof contractShape.actions>;
  readonly definition?: z.infer<typeof definitionSchema> | undefined;
}

/** A definition is given in one of two forms, and wholly. */
const formProblem = (input: DefinitionInput): string | undefined => {
  const { trigger, actions, definition } = input;
  const contractField = (['trigger', 'conditions', 'actions'] as const).find(
    (field) => input[field] !== undefined,
  );
  if (contractField === undefined) return undefined;
  // Which of the two is too much nobody knows; the definition says everything.
  if (definition !== undefined) return contractField;
  return trigger === undefined ? 'trigger' : actions === undefined ? 'actions' : undefined;
};

const refuseMixed = (input: DefinitionInput, context: z.core.$RefinementCtx) => {
  const field = formProblem(input);
  if (field === undefined) return;
  const message = 'give either trigger, conditions and actions, or a definition';
  context.addIssue({ code: 'custom', path: [field], message, input });
};

/** A new workflow, a draft unless it is to be active at once. */
export const newWorkflowSchema = z
  .strictObject({
    name: workflowSchema.shape.name,
    description: workflowSchema.shape.description.optional(),
    status: z.enum(['DRAFT', 'ACTIVE']).default('DRAFT'),
    ...definitionShape,
  })
  .superRefine(refuseMixed)
  .refine(({ trigger, definition }) => trigger !== undefined || definition !== undefined, {
    path: ['trigger'],
    error: 'give a trigger with its actions, or a definition',
  });
export type NewWorkflow = z.infer<typeof newWorkflowSchema>;

/**
 * A change of a workflow: what is left out stays. Another definition is a new version, which runs
 * once it is activated. `version` is the record's that the change is based on.
 */
export const workflowChangeSchema = z
  .strictObject({
    name: workflowSchema.shape.name.optional(),
    description: workflowSchema.shape.description.optional(),
    version: workflowSchema.shape.version.optional(),
    ...definitionShape,
  })
  .superRefine(refuseMixed);
export type WorkflowChange = z.infer<typeof workflowChangeSchema>;

/** Which version is to run; the latest unless given. */
export const activationSchema = z.strictObject({
  workflowVersion: z.int().min(1).optional(),
});
export type Activation = z.infer<typeof activationSchema>;

/** Which workflows to list, newest first. */
export const listWorkflowsSchema = z.strictObject({
  status: workflowStatusSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListWorkflows = z.infer<typeof listWorkflowsSchema>;

/** A new workflow made of a template: by its name and a draft, unless said otherwise. */
export const newFromTemplateSchema = z.strictObject({
  name: workflowSchema.shape.name.optional(),
  status: newWorkflowSchema.shape.status,
});
export type NewFromTemplate = z.infer<typeof newFromTemplateSchema>;

/** A definition to be checked as it would be when it is saved. */
export const checkedDefinitionSchema = z.strictObject({ definition: definitionSchema });
export type CheckedDefinition = z.infer<typeof checkedDefinitionSchema>;
