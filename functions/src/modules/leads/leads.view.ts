import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { ownedViewShape, toOwnedView } from '../owned-records/owned-http.public.ts';
import { type Lead, leadStatusSchema } from './leads.schema.ts';

const text = z.string().nullable();

/** A lead as the `/api` door shows it. */
export const leadViewSchema = z
  .object({
    ...ownedViewShape,
    businessName: text,
    contactName: text,
    address: text,
    city: text,
    state: text,
    zipCode: text,
    email: text,
    phone: text,
    website: text,
    rating: z.number().nullable(),
    category: text,
    status: leadStatusSchema,
    googlePlaceId: text,
    source: text,
    convertedAt: text,
    convertedContactId: text,
    convertedCompanyId: text,
    convertedDealId: text,
  })
  .openapi('Lead');

/** A lead as the `/api` door shows it. */
export function toLeadView(lead: Stored<Lead>): z.infer<typeof leadViewSchema> {
  const { businessName, contactName, address, city, state, zipCode, email, phone } = lead;
  const { website, rating, category, status, googlePlaceId, source } = lead;
  const { convertedAt, convertedContactId, convertedCompanyId, convertedDealId } = lead;
  return {
    ...{ businessName, contactName, address, city, state, zipCode, email, phone },
    ...{ website, rating, category, status, googlePlaceId, source },
    ...{ convertedContactId, convertedCompanyId, convertedDealId },
    convertedAt: convertedAt?.toISOString() ?? null,
    ...toOwnedView(lead),
  };
}
