import {
  definitionSchema,
  runDetailSchema,
  runViewSchema,
  workflowStatusSchema,
} from '@splitline/functions/contracts';
import { z } from 'zod';

/** What the pages read of the answers about workflows and their runs; what else they carry is left out. */
export type WorkflowStatus = z.infer<typeof workflowStatusSchema>;

const stateShape = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: workflowStatusSchema,
  /** The record's own, for changes. */
  version: z.int(),
  latestVersion: z.int(),
  activeVersion: z.int().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

const warningSchema = z.object({ field: z.string(), message: z.string() });
export type Warning = z.infer<typeof warningSchema>;

export const savedSchema = z.object({ ...stateShape, warnings: z.array(warningSchema) });
export type SavedWorkflow = z.infer<typeof savedSchema>;

const listedSchema = z.object({
  ...stateShape,
  /** What starts it in the words of the contract, such as `DEAL_WON`. */
  trigger: z.string(),
  actions: z.array(z.object({ type: z.string() })),
  executionCount: z.int(),
});
export type ListedWorkflow = z.infer<typeof listedSchema>;

export const workflowListSchema = z
  .object({ workflows: z.array(listedSchema), nextCursor: z.string().nullable() })
  .transform(({ workflows, nextCursor }) => ({
    records: workflows,
    next: nextCursor === null ? undefined : { cursor: nextCursor },
  }));

export const workflowDetailSchema = listedSchema.extend({
  shownVersion: z.int(),
  definition: definitionSchema,
  draft: z.object({ number: z.int(), definition: definitionSchema }).nullable(),
});
export type WorkflowDetail = z.infer<typeof workflowDetailSchema>;

const versionSchema = z.object({
  number: z.int(),
  definition: definitionSchema,
  createdAt: z.string(),
  createdBy: z.string(),
});
export type WorkflowVersion = z.infer<typeof versionSchema>;
export const versionListSchema = z.object({ versions: z.array(versionSchema) });

const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  definition: definitionSchema,
});
export const templateListSchema = z.object({ templates: z.array(templateSchema) });

const fieldSchema = z.object({
  field: z.string(),
  label: z.string(),
  type: z.string(),
  options: z.array(z.string()).optional(),
});
export type CatalogueField = z.infer<typeof fieldSchema>;

const operatorSchema = z.object({
  name: z.string(),
  label: z.string(),
  fieldTypes: z.array(z.string()),
  takes: z.enum(['nothing', 'value', 'list', 'range', 'days']),
});
export type CatalogueOperator = z.infer<typeof operatorSchema>;

/** What workflows can be built of. */
export const catalogueSchema = z.object({
  events: z.array(z.object({ type: z.string(), subjects: z.array(z.string()) })),
  operators: z.array(operatorSchema),
  fields: z.record(z.string(), z.array(fieldSchema)),
  mergeFields: z.record(z.string(), z.array(z.string())),
  actions: z.array(z.object({ type: z.string() })),
});
export type WorkflowCatalogue = z.infer<typeof catalogueSchema>;

/** What the check of a definition finds that is allowed and yet looks like a mistake. */
export const checkSchema = z.object({ warnings: z.array(warningSchema) });

export const runListSchema = z
  .object({ runs: z.array(runViewSchema), nextCursor: z.string().nullable() })
  .transform(({ runs, nextCursor }) => ({
    records: runs,
    next: nextCursor === null ? undefined : { cursor: nextCursor },
  }));

export const runSchema = runDetailSchema;

export const redrivenSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['redriven', 'failed']),
      error: z.object({ message: z.string() }).nullable(),
    }),
  ),
});
