import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';

export const stageKindSchema = z.enum(['open', 'won', 'lost']);
export type StageKind = z.infer<typeof stageKindSchema>;

/** Probability of winning, in whole per cent. */
export const probabilitySchema = z.int().min(0).max(100);

/** The fixed keys by which integrators name the default stages; renaming a stage keeps its key. */
export const systemKeySchema = z.enum([
  'LEAD',
  'QUALIFIED',
  'PROPOSAL',
  'NEGOTIATION',
  'CLOSED_WON',
  'CLOSED_LOST',
]);
export type SystemKey = z.infer<typeof systemKeySchema>;

const stageColourSchema = z.enum([
  'slate',
  'blue',
  'violet',
  'amber',
  'green',
  'red',
  'teal',
  'pink',
]);

/** A stage being deleted takes no more deals; those in it move to another, on somebody's order. */
const closingSchema = z.strictObject({
  moveToStageId: idSchema,
  since: z.date(),
  orderedBy: z.string(),
});

/** A pipeline stage, `orgs/{orgId}/stages/{stageId}`. Its kind never changes. */
export const stageSchema = z.strictObject({
  ...recordShape,
  name: lineSchema(100),
  kind: stageKindSchema,
  sortOrder: z.int().min(0),
  defaultProbability: probabilitySchema,
  colour: stageColourSchema,
  systemKey: systemKeySchema.nullable(),
  closing: closingSchema.nullable(),
  /** Whether deals have required custom fields: a new deal reads its stage, and so learns it for nothing. */
  requiresDealFields: z.boolean(),
  deletedAt: z.date().nullable(),
});
export type Stage = z.infer<typeof stageSchema>;

/**
 * The stage where deals written straight through the rules land. It always exists: it can be
 * renamed and moved but not deleted, so that rules need no second read to know it is there.
 */
export const INTAKE_STAGE_ID = 'intake';

/** A new stage, placed after the others. Without a probability it is 100 when won, 0 when lost, else 50. */
export const newStageSchema = z.strictObject({
  name: stageSchema.shape.name,
  kind: stageKindSchema,
  defaultProbability: probabilitySchema.optional(),
  colour: stageColourSchema.optional(),
  systemKey: systemKeySchema.optional(),
});
export type NewStage = z.infer<typeof newStageSchema>;

/** New looks of a stage. `version` is the one the change is based on; an outdated one is refused. */
export const updateStageSchema = z.strictObject({
  stageId: idSchema,
  version: stageSchema.shape.version.optional(),
  name: stageSchema.shape.name.optional(),
  defaultProbability: probabilitySchema.optional(),
  colour: stageColourSchema.optional(),
});
export type UpdateStage = z.infer<typeof updateStageSchema>;

/** Every stage once, in the order they are to have. */
export const reorderStagesSchema = z.strictObject({ stageIds: z.array(idSchema).min(1).max(100) });
export type ReorderStages = z.infer<typeof reorderStagesSchema>;

/** The deletion of a stage, whose deals go to another. */
export const deleteStageSchema = z.strictObject({ stageId: idSchema, moveToStageId: idSchema });
export type DeleteStage = z.infer<typeof deleteStageSchema>;

/** What the doors show of a stage. `closing`: it is being deleted, its deals are on their way. */
export const stageViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: stageKindSchema,
  sortOrder: z.int(),
  defaultProbability: probabilitySchema,
  colour: stageColourSchema,
  systemKey: systemKeySchema.nullable(),
  state: z.enum(['open', 'closing']),
  version: z.int(),
});
export type StageView = z.infer<typeof stageViewSchema>;

/** A stage as the doors show it. */
export function toStageView({ closing, ...stage }: Stage & { readonly id: string }): StageView {
  return stageViewSchema.parse({ ...stage, state: closing === null ? 'open' : 'closing' });
}
