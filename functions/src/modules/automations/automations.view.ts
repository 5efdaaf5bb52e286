import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { type Workflow, type WorkflowVersion, workflowStatusSchema } from './automations.schema.ts';
import type { Warning } from './check-definition.ts';
import { toContractForm } from './contract-form.ts';

const conditionViewSchema = z.record(z.string(), z.unknown());
const warningSchema = z.object({ code: z.string(), field: z.string(), message: z.string() });

const workflowShape = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: workflowStatusSchema,
  version: z.int(),
  latestVersion: z.int(),
  activeVersion: z.int().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

/** A workflow as it was saved. */
export const savedWorkflowSchema = z
  .object({ ...workflowShape, warnings: z.array(warningSchema) })
  .openapi('SavedWorkflow');

/** What was found in a definition that was checked. */
export const checkedViewSchema = z
  .object({ warnings: z.array(warningSchema) })
  .openapi('CheckedWorkflow');

/** A workflow with the version that runs, or the latest where none does, and how often it has run. */
export const workflowViewSchema = z
  .object({
    ...workflowShape,
    trigger: z.string(),
    conditions: z.array(conditionViewSchema),
    actions: z.array(z.object({ id: z.string(), type: z.string(), config: conditionViewSchema })),
    executionCount: z.int(),
  })
  .openapi('Workflow');

const definitionViewSchema = z.record(z.string(), z.unknown());

/** The same with what it does in full; `draft` is a later version that does not run yet. */
export const workflowDetailSchema = z
  .object({
    ...workflowViewSchema.shape,
    shownVersion: z.int(),
    definition: definitionViewSchema,
    draft: z.object({ number: z.int(), definition: definitionViewSchema }).nullable(),
  })
  .openapi('WorkflowWithDefinition');

export const workflowVersionViewSchema = z
  .object({
    number: z.int(),
    definition: definitionViewSchema,
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .openapi('WorkflowVersion');

/** A workflow with what is shown of it. */
export interface ShownWorkflow {
  readonly workflow: Stored<Workflow>;
  readonly version: WorkflowVersion;
  readonly executionCount: number;
}

/** What the `/api` door answers when a workflow was saved. */
export function toSavedWorkflow({
  workflow,
  warnings = [],
}: {
  readonly workflow: Stored<Workflow>;
  readonly warnings?: readonly Warning[];
}): z.infer<typeof savedWorkflowSchema> {
  return { ...stateOf(workflow), warnings: warnings.map((warning) => ({ ...warning })) };
}

/** What the `/api` door lists of a workflow. */
export function toWorkflowView({
  workflow,
  version,
  executionCount,
}: ShownWorkflow): z.infer<typeof workflowViewSchema> {
  const { trigger, conditions, actions } = toContractForm(version.definition);
  return {
    ...stateOf(workflow),
    trigger,
    conditions: conditions.map((condition) => ({ ...condition })),
    actions: actions.map(({ config, ...action }) => ({ ...action, config: { ...config } })),
    executionCount,
  };
}

/** What the `/api` door shows of one workflow. */
export function toWorkflowDetail(
  shown: ShownWorkflow,
  latest: WorkflowVersion,
): z.infer<typeof workflowDetailSchema> {
  const { number, definition } = shown.version;
  const isDraft = latest.number > number;
  return {
    ...toWorkflowView(shown),
    shownVersion: number,
    definition: { ...definition },
    draft: isDraft ? { number: latest.number, definition: { ...latest.definition } } : null,
  };
}

/** What the `/api` door shows of a version. */
export function toVersionView({
  number,
  definition,
  createdAt,
  createdBy,
}: WorkflowVersion): z.infer<typeof workflowVersionViewSchema> {
  return { number, definition: { ...definition }, createdAt: createdAt.toISOString(), createdBy };
}

function stateOf(workflow: Stored<Workflow>) {
  const { id, name, description, status, version, latestVersion, activeVersion } = workflow;
  return {
    ...{ id, name, description, status, version, latestVersion, activeVersion },
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
  };
}
