import { z } from '@hono/zod-openapi';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { eventTypes } from '../events/events.public.ts';
import { triggerSchema } from './automations.schema.ts';
import { subjectsOfTrigger, subjectTypes } from './catalogue.ts';
import { loadCatalogue } from './check-definition.ts';
import { nameOfType } from './contract-names.ts';
import { mergeFieldsOf } from './merge-fields.ts';
import { operators } from './operators.ts';
import { describedTypes } from './record-fields.ts';
import { stepConfigSchemas } from './steps.schema.ts';

const jsonSchemaSchema = z.record(z.string(), z.unknown());

/** Everything that a workflow can be built of, as data. */
export const builderCatalogueSchema = z
  .object({
    triggers: z.array(z.object({ kind: z.string(), config: jsonSchemaSchema })),
    events: z.array(
      z.object({ type: z.string(), trigger: z.string(), subjects: z.array(z.string()) }),
    ),
    operators: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        fieldTypes: z.array(z.string()),
        takes: z.enum(['nothing', 'value', 'list', 'range', 'days']),
      }),
    ),
    fields: z.record(
      z.string(),
      z.array(
        z.object({
          field: z.string(),
          label: z.string(),
          type: z.string(),
          options: z.array(z.string()).optional(),
        }),
      ),
    ),
    mergeFields: z.record(z.string(), z.array(z.string())),
    actions: z.array(z.object({ type: z.string(), config: jsonSchemaSchema })),
  })
  .openapi('WorkflowBuilder');
type BuilderCatalogue = z.infer<typeof builderCatalogueSchema>;

/**
 * What workflows can be built of: events, operators, fields, merge fields and steps. Billed: one
 * read for each kind of record that organisations add fields to.
 * @throws AppError permission-denied
 */
export async function getBuilderCatalogue(ctx: Context<Principal>): Promise<BuilderCatalogue> {
  requireOrgAccess(ctx.principal, 'read', 'workflow');
  const catalogue = await loadCatalogue(openUnit(ctx, ctx.principal.orgId), describedTypes);
  const fieldsOf = (type: string) =>
    [...catalogue.fieldsOf(type)].map(([field, { label, type: valueType, options }]) => ({
      ...{ field, label, type: valueType },
      ...(options === undefined ? {} : { options: [...options] }),
    }));
  return {
    ...fixedParts(),
    fields: Object.fromEntries(describedTypes.map((type) => [type, fieldsOf(type)])),
    mergeFields: Object.fromEntries(
      subjectTypes.map((type) => [type, mergeFieldsOf(catalogue, [type])]),
    ),
  };
}

let fixed: Omit<BuilderCatalogue, 'fields' | 'mergeFields'> | undefined;

/** What is the same for all organisations; worked out once, when it is first asked for. */
function fixedParts(): Omit<BuilderCatalogue, 'fields' | 'mergeFields'> {
  fixed ??= {
    triggers: triggerSchema.options.map((option) => ({
      kind: option.shape.kind.value,
      config: jsonSchemaOf(option),
    })),
    events: eventTypes.map((type) => ({
      ...{ type, trigger: nameOfType(type) },
      subjects: [...subjectsOfTrigger({ kind: 'event', types: [type] })],
    })),
    operators: operators.map(({ name, label, types, takes }) => ({
      ...{ name, label, takes },
      fieldTypes: [...types],
    })),
    actions: Object.entries(stepConfigSchemas).map(([type, schema]) => ({
      type,
      config: jsonSchemaOf(schema),
    })),
  };
  return fixed;
}

function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema, ...described } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return described;
}
