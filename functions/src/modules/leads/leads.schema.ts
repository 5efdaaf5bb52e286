import { z } from 'zod';
import { emailSchema, idSchema, lineSchema } from '../../platform/text.schema.ts';
import { newCompanySchema } from '../companies/companies.schema.ts';
import { newContactSchema } from '../contacts/contacts.schema.ts';
import { newDealSchema } from '../deals/deals.schema.ts';
import {
  e164Schema,
  listQueryShape,
  ownedInputShape,
  ownedShape,
  websiteSchema,
} from '../owned-records/owned-records.schema.ts';

export const leadStatusSchema = z.enum(['NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED']);

/** The statuses that can be set; a lead becomes CONVERTED by being converted. */
const openStatusSchema = leadStatusSchema.refine((status) => status !== 'CONVERTED', {
  error: 'CONVERTED is set by converting the lead: POST /api/leads/{id}/convert',
});

const textShape = {
  address: lineSchema(300).nullable(),
  city: lineSchema(100).nullable(),
  state: lineSchema(100).nullable(),
  zipCode: lineSchema(20).nullable(),
  website: websiteSchema.nullable(),
  /** Stars of five, as maps and review sites give them. */
  rating: z.number().min(0).max(5).nullable(),
  category: lineSchema(100).nullable(),
  googlePlaceId: lineSchema(300).nullable(),
  source: lineSchema(100).nullable(),
  /** The person to ask for. */
  contactName: lineSchema(200).nullable(),
};

/** An unqualified prospect, `orgs/{orgId}/leads/{leadId}`: a business, a person, or both. */
export const leadSchema = z.strictObject({
  ...ownedShape,
  ...textShape,
  businessName: lineSchema(200).nullable(),
  email: emailSchema.nullable(),
  phone: e164Schema.nullable(),
  status: leadStatusSchema,
  convertedAt: z.date().nullable(),
  convertedContactId: idSchema.nullable(),
  convertedCompanyId: idSchema.nullable(),
  convertedDealId: idSchema.nullable(),
});
export type Lead = z.infer<typeof leadSchema>;

const inputShape = {
  businessName: lineSchema(200).nullish(),
  address: textShape.address.optional(),
  city: textShape.city.optional(),
  state: textShape.state.optional(),
  zipCode: textShape.zipCode.optional(),
  website: textShape.website.optional(),
  rating: textShape.rating.optional(),
  category: textShape.category.optional(),
  googlePlaceId: textShape.googlePlaceId.optional(),
  source: textShape.source.optional(),
  contactName: textShape.contactName.optional(),
  email: emailSchema.nullish(),
  phone: lineSchema(50).nullish(),
  status: openStatusSchema.optional(),
  ...ownedInputShape,
};

const hasName = (lead: { businessName?: unknown; contactName?: unknown }) =>
  Boolean(lead.businessName ?? lead.contactName);

/** A new lead of a business or a person; the caller's own unless an owner is named. */
export const newLeadSchema = z.strictObject(inputShape).refine(hasName, {
  path: ['businessName'],
  error: 'give a businessName or a contactName',
});
export type NewLead = z.infer<typeof newLeadSchema>;

/** A new lead of a business. */
export const newBusinessLeadSchema = z.strictObject({
  ...inputShape,
  businessName: lineSchema(200),
});

/** A change of a lead: what is not named stays, null clears, tags are replaced. */
export const leadChangeSchema = z.strictObject(inputShape);
export type LeadChange = z.infer<typeof leadChangeSchema>;

export const updateLeadSchema = leadChangeSchema.extend({ leadId: idSchema });

/** Which of the leads visible to the caller to list. */
export const listLeadsSchema = z.strictObject({
  ...listQueryShape,
  status: leadStatusSchema.optional(),
  category: lineSchema(100).optional(),
  city: lineSchema(100).optional(),
});
export type ListLeads = z.infer<typeof listLeadsSchema>;

/**
 * What a lead becomes: a contact, at a new company or one on record, and a deal with them if
 * wanted. What the company's data leaves out is taken from the lead.
 */
export const convertLeadSchema = z.strictObject({
  contactData: newContactSchema,
  companyData: newCompanySchema.partial({ name: true }).optional(),
  companyId: idSchema.optional(),
  deal: newDealSchema.omit({ contactIds: true, companyId: true }).optional(),
});
export type ConvertLead = z.infer<typeof convertLeadSchema>;

/** A conversion of the lead with this id. */
export const convertLeadCallSchema = convertLeadSchema.extend({ leadId: idSchema });

/** What became of a converted lead. */
export const conversionSchema = z.object({
  contactId: z.string(),
  companyId: z.string().nullable(),
  dealId: z.string().nullable(),
});
export type Conversion = z.infer<typeof conversionSchema>;

/** What the callables answer. */
export const leadStateSchema = z.object({ id: z.string(), version: z.int() });
