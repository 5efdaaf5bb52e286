import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import { tagSchema } from '../tags/tags.schema.ts';

/** More views than this nobody finds again; they are kept in one document. */
export const MAX_SAVED_VIEWS = 50;

const nameSchema = lineSchema(60);
const layoutSchema = z.enum(['board', 'table']);

/** The owner that stands for whoever looks: the view of one person suits the next. */
export const OWN_DEALS = 'me';

/**
 * What narrows the pipeline: all that is given must hold. Amounts are in minor units of `currency`,
 * since those of different currencies do not compare; days are the first and the last that count.
 */
export const dealFiltersSchema = z
  .strictObject({
    ownerId: idSchema.optional(),
    teamId: idSchema.optional(),
    tag: tagSchema.optional(),
    currency: currencySchema.optional(),
    minMinor: amountMinorSchema.optional(),
    maxMinor: amountMinorSchema.optional(),
    closeFrom: z.iso.date().optional(),
    closeTo: z.iso.date().optional(),
    text: lineSchema(200).optional(),
  })
  .refine(
    ({ currency, minMinor, maxMinor }) =>
      currency !== undefined || (minMinor === undefined && maxMinor === undefined),
    { error: 'amounts compare within one currency; give it too', path: ['currency'] },
  );
export type DealFilters = z.infer<typeof dealFiltersSchema>;

/** How the table is sorted. */
export const dealSortingSchema = z.strictObject({
  field: z.enum(['title', 'value', 'stage', 'owner', 'company', 'expectedCloseDate', 'updatedAt']),
  order: z.enum(['asc', 'desc']),
});
export type DealSorting = z.infer<typeof dealSortingSchema>;

const contentShape = {
  name: nameSchema,
  layout: layoutSchema,
  filters: dealFiltersSchema,
  sorting: dealSortingSchema.nullable(),
};

const savedViewSchema = z.strictObject({
  id: idSchema,
  ...contentShape,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** The views of one person, `orgs/{orgId}/savedViews/{uid}`, in the order they were saved. */
export const savedViewsSchema = z.strictObject({
  views: z.array(savedViewSchema).max(MAX_SAVED_VIEWS),
});
export type SavedViews = z.infer<typeof savedViewsSchema>;

export const newSavedViewSchema = z.strictObject({
  ...contentShape,
  layout: layoutSchema.default('board'),
  filters: dealFiltersSchema.default({}),
  sorting: dealSortingSchema.nullable().default(null),
});
export type NewSavedView = z.infer<typeof newSavedViewSchema>;

/** New values of a view; what is left out stays. Filters and sorting are replaced whole. */
export const savedViewChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  layout: layoutSchema.optional(),
  filters: dealFiltersSchema.optional(),
  sorting: dealSortingSchema.nullable().optional(),
});
export type SavedViewChange = z.infer<typeof savedViewChangeSchema>;

/** A view as the doors show it. */
export const savedViewViewSchema = z.object({
  id: z.string(),
  ...contentShape,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SavedViewView = z.infer<typeof savedViewViewSchema>;

export const savedViewListSchema = z.object({ views: z.array(savedViewViewSchema) });

/** What the doors show of a view. */
export function toSavedViewView({ createdAt, updatedAt, ...view }: SavedView): SavedViewView {
  return { ...view, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
