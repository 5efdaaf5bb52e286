import { z } from 'zod';
import { currencySchema } from '../../platform/money.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { moveDealSchema, stageRefSchema } from '../deals/deals.schema.ts';
import { subjectTypeSchema } from '../subjects/subjects.schema.ts';

const MAX_DATA_FIELDS = 50;

const dataKeySchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
  error: 'must start with a letter and have at most 64 letters, digits and underscores',
});
const dataValueSchema = z.union([
  z
    .string()
    .max(2000)
    .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode text' }),
  z.number(),
  z.boolean(),
  z.null(),
]);

/** What a report says beside its name: a flat list of values. */
export const eventDataSchema = z
  .record(dataKeySchema, dataValueSchema)
  .refine((data) => Object.keys(data).length <= MAX_DATA_FIELDS, {
    error: `must have at most ${MAX_DATA_FIELDS} fields`,
  });
export type EventData = z.infer<typeof eventDataSchema>;

/** Something an integrator reports about a record: `{"dealId":"abc123","event":"stage_updated"}`. */
export const reportSchema = z
  .strictObject({
    dealId: idSchema.optional(),
    recordType: subjectTypeSchema.optional(),
    recordId: idSchema.optional(),
    event: z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/, {
      error:
        'must be a name such as contract_signed: small letters, digits, underscores, dots and hyphens',
    }),
    data: eventDataSchema.optional(),
  })
  .refine(
    ({ dealId, recordType, recordId }) =>
      (dealId !== undefined) !== (recordType !== undefined && recordId !== undefined) &&
      (recordType === undefined) === (recordId === undefined),
    { path: ['dealId'], error: 'give either dealId, or recordType and recordId' },
  );
export type Report = z.infer<typeof reportSchema>;

/** What the reports that stand for a change of a deal need to say. */
export const dealReportSchemas = {
  deal_won: z.strictObject({ stage: stageRefSchema.optional() }),
  deal_lost: z.strictObject({
    stage: stageRefSchema.optional(),
    lostReason: moveDealSchema.shape.lostReason,
  }),
  stage_updated: z.strictObject({
    stage: stageRefSchema,
    probability: moveDealSchema.shape.probability,
  }),
  value_updated: z.strictObject({ value: z.number().min(0), currency: currencySchema.optional() }),
} as const;

/**
 * What became of a report. `applied`: it stood for a change, which was made; otherwise it was
 * stored as the event `custom.<name>`.
 */
export const reportedSchema = z.object({
  success: z.literal(true),
  applied: z.boolean(),
  event: z.string(),
  eventId: z.string(),
  recordType: subjectTypeSchema,
  recordId: z.string(),
});
export type Reported = z.infer<typeof reportedSchema>;
