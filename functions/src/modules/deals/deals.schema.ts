import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { audienceShape, recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';
import { externalIdsSchema, storedExternalIdsSchema } from '../claims/claims.schema.ts';
import { customFieldsInputSchema, customFieldsSchema } from '../fields/fields.schema.ts';
import { probabilitySchema, stageKindSchema, systemKeySchema } from '../stages/stages.schema.ts';
import { storedTagsSchema, tagSchema, tagsSchema } from '../tags/tags.schema.ts';

const MAX_CONTACTS = 50;

/**
 * One person's part of a deal, in basis points; a deal's parts sum to 10,000. The role, such as
 * closer, setter or referrer, is what rules of compensation plans can ask for.
 */
const splitShareSchema = z.strictObject({
  uid: idSchema,
  shareBps: z.int().min(0).max(10_000),
  role: lineSchema(50).optional(),
});

export const splitsSchema = z
  .array(splitShareSchema)
  .min(1)
  .max(50)
  .refine((splits) => new Set(splits.map(({ uid }) => uid)).size === splits.length, {
    error: 'must name each person once',
  })
  .refine((splits) => splits.reduce((sum, { shareBps }) => sum + shareBps, 0) === 10_000, {
    error: 'must sum to 10000 basis points',
  });

/** A contact as a deal shows it; the names follow those of the contact. */
const dealContactSchema = z.strictObject({
  id: idSchema,
  firstName: z.string(),
  lastName: z.string(),
});
export type DealContact = z.infer<typeof dealContactSchema>;

const restatementNoteSchema = z.strictObject({
  reason: lineSchema(500),
  dealVersion: z.int().min(2),
});

/** A deal, `orgs/{orgId}/deals/{dealId}`. `valueMinor` is in minor units of `currency`. */
export const dealSchema = z.strictObject({
  ...recordShape,
  ...audienceShape,
  ownerId: idSchema,
  title: lineSchema(300),
  valueMinor: amountMinorSchema,
  currency: currencySchema,
  stageId: idSchema,
  stageKind: stageKindSchema,
  stageKey: systemKeySchema.nullable(),
  probability: probabilitySchema,
  splits: z.array(splitShareSchema).max(50),
  /** The terms it was won on, which decide what it earns whom; null until it is won. */
  termsId: idSchema.nullable(),
  /** What the customer has paid, and got back or won in a chargeback, as payment providers say. */
  paidMinor: amountMinorSchema,
  refundedMinor: amountMinorSchema,
  /** Why what it earns was last restated, and the version that did it. */
  restatement: restatementNoteSchema.nullable(),
  contactIds: z.array(idSchema).max(MAX_CONTACTS),
  contacts: z.array(dealContactSchema).max(MAX_CONTACTS),
  companyId: idSchema.nullable(),
  expectedCloseDate: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** Why it was lost; only while it is. */
  lostReason: textSchema(500).nullable(),
  description: textSchema(10_000).nullable(),
  tags: storedTagsSchema,
  customFields: customFieldsSchema,
  externalIds: storedExternalIdsSchema,
  searchTokens: z.array(z.string()).max(100),
  deletedAt: z.date().nullable(),
});
export type Deal = z.infer<typeof dealSchema>;

/** A stage named by its id or by its system key. */
export const stageRefSchema = z.union([systemKeySchema, idSchema]);

/** A calendar day, `2026-02-01`, or an ISO instant whose UTC day counts. */
export const daySchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(new Date(text).setUTCHours(0, 0, 0, 0)))
  // An offset can lead out of the years that Firestore and ISO days have.
  .refine((day) => day.getUTCFullYear() >= 1 && day.getUTCFullYear() <= 9999, {
    error: 'must be a day of the years 1 to 9999',
  });

const dealValueSchema = z.union([
  z.strictObject({ amountMinor: amountMinorSchema, currency: currencySchema.optional() }),
  z.strictObject({ amountMajor: z.number().min(0), currency: currencySchema.optional() }),
]);

const contactIdsSchema = z
  .array(idSchema)
  .max(MAX_CONTACTS)
  .transform((ids) => [...new Set(ids)]);

/**
 * A new deal. Without a stage it starts in the intake stage, without an owner it is the caller's,
 * without a currency it is in the organisation's; the probability defaults to the stage's.
 */
export const newDealSchema = z.strictObject({
  title: dealSchema.shape.title,
  value: dealValueSchema,
  stage: stageRefSchema.optional(),
  probability: probabilitySchema.optional(),
  expectedCloseDate: daySchema.nullish(),
  ownerId: idSchema.optional(),
  contactIds: contactIdsSchema.optional(),
  companyId: idSchema.nullish(),
  description: dealSchema.shape.description.optional(),
  tags: tagsSchema.optional(),
  customFields: customFieldsInputSchema.optional(),
  externalIds: externalIdsSchema.optional(),
});
export type NewDeal = z.infer<typeof newDealSchema>;

/** A move to another stage; the probability defaults to that stage's. */
export const moveDealSchema = z.strictObject({
  dealId: idSchema,
  stage: stageRefSchema,
  probability: probabilitySchema.optional(),
  lostReason: dealSchema.shape.lostReason.optional(),
});
export type MoveDeal = z.infer<typeof moveDealSchema>;

/** New values of a deal's fields; what is left out stays. Custom fields are changed one by one. */
export const dealChangeSchema = z.strictObject({
  title: dealSchema.shape.title.optional(),
  value: dealValueSchema.optional(),
  stage: stageRefSchema.optional(),
  probability: probabilitySchema.optional(),
  lostReason: dealSchema.shape.lostReason.optional(),
  expectedCloseDate: daySchema.nullish(),
  ownerId: idSchema.optional(),
  splits: splitsSchema.optional(),
  contactIds: contactIdsSchema.optional(),
  companyId: idSchema.nullish(),
  description: dealSchema.shape.description.optional(),
  tags: tagsSchema.optional(),
  customFields: customFieldsInputSchema.optional(),
  externalIds: externalIdsSchema.optional(),
});
export type DealChange = z.infer<typeof dealChangeSchema>;

/** A change of a deal. `version` is the one it is based on; an outdated one is refused. */
export const updateDealSchema = dealChangeSchema.extend({
  dealId: idSchema,
  version: dealSchema.shape.version.optional(),
});
export type UpdateDeal = z.infer<typeof updateDealSchema>;

/** One change for many deals; each is changed, or refused, by itself. */
export const bulkUpdateDealsSchema = z.strictObject({
  ids: z.array(idSchema).min(1).max(100),
  change: dealChangeSchema,
});
export type BulkUpdateDeals = z.infer<typeof bulkUpdateDealsSchema>;

/** A deal named by its id. */
export const dealRefSchema = z.strictObject({ dealId: idSchema });

const dealSortSchema = z.enum(['updatedAt', 'createdAt', 'value', 'expectedCloseDate']);
const wholeNumberSchema = z.coerce.number().pipe(amountMinorSchema);

/**
 * Which of the deals visible to the caller to list: all filters must hold. A range can be asked of
 * the field that the list is sorted by; amounts are in minor units of `currency`. Pages follow one
 * another by `cursor`, or are numbered by `page`.
 */
export const listDealsSchema = z.strictObject({
  stage: stageRefSchema.optional(),
  ownerId: idSchema.optional(),
  teamId: idSchema.optional(),
  companyId: idSchema.optional(),
  contactId: idSchema.optional(),
  tag: tagSchema.optional(),
  currency: currencySchema.optional(),
  valueMinorMin: wholeNumberSchema.optional(),
  valueMinorMax: wholeNumberSchema.optional(),
  expectedCloseFrom: daySchema.optional(),
  expectedCloseTo: daySchema.optional(),
  updatedSince: instantSchema.optional(),
  binned: z.literal('true').optional(),
  sort: dealSortSchema.optional(),
  order: z.enum(['asc', 'desc']).optional(),
  cursor: z.string().max(4000).optional(),
  page: z.coerce.number().pipe(z.int().min(1).max(10_000)).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListDeals = z.infer<typeof listDealsSchema>;

/** What the callables answer: the deal's new state, for the web client to check its optimism against. */
export const dealStateSchema = z.object({
  id: z.string(),
  version: z.int(),
  stageId: z.string(),
  probability: probabilitySchema,
});
export type DealState = z.infer<typeof dealStateSchema>;
