import { z } from 'zod';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import {
  e164Schema,
  listQueryShape,
  ownedInputShape,
  ownedShape,
  websiteSchema,
} from '../owned-records/owned-records.schema.ts';

/** A timeline asks for the events of a record and of those merged into it: 30 in one query. */
const MAX_MERGED = 29;

const placeShape = {
  address: lineSchema(300).nullable(),
  city: lineSchema(100).nullable(),
  state: lineSchema(100).nullable(),
  zipCode: lineSchema(20).nullable(),
  country: lineSchema(100).nullable(),
};

/** A company, `orgs/{orgId}/companies/{companyId}`. Its people are the contacts with a membership of it. */
export const companySchema = z.strictObject({
  ...ownedShape,
  ...placeShape,
  name: lineSchema(200),
  domain: z.string().max(253).nullable(),
  otherDomains: z.array(z.string().max(253)).max(10),
  industry: lineSchema(100).nullable(),
  phone: e164Schema.nullable(),
  website: websiteSchema.nullable(),
  /** How many people work there. */
  size: z.int().min(0).max(100_000_000).nullable(),
  source: lineSchema(100).nullable(),
  mergedInto: idSchema.nullable(),
  mergedFrom: z.array(idSchema).max(MAX_MERGED),
});
export type Company = z.infer<typeof companySchema>;

const domainInputSchema = lineSchema(300);
const inputShape = {
  domain: domainInputSchema.nullish(),
  otherDomains: z.array(domainInputSchema).max(10).optional(),
  industry: companySchema.shape.industry.optional(),
  phone: lineSchema(50).nullish(),
  website: companySchema.shape.website.optional(),
  address: placeShape.address.optional(),
  city: placeShape.city.optional(),
  state: placeShape.state.optional(),
  zipCode: placeShape.zipCode.optional(),
  country: placeShape.country.optional(),
  size: companySchema.shape.size.optional(),
  source: companySchema.shape.source.optional(),
  ...ownedInputShape,
};

/** A new company; the caller's own unless an owner is named. */
export const newCompanySchema = z.strictObject({ name: lineSchema(200), ...inputShape });
export type NewCompany = z.infer<typeof newCompanySchema>;

/** A change of a company: what is not named stays, null clears, tags are replaced. */
export const companyChangeSchema = z.strictObject({
  name: lineSchema(200).optional(),
  ...inputShape,
});
export type CompanyChange = z.infer<typeof companyChangeSchema>;

export const updateCompanySchema = companyChangeSchema.extend({ companyId: idSchema });

/** Which companies to list. */
export const listCompaniesSchema = z.strictObject(listQueryShape);
export type ListCompanies = z.infer<typeof listCompaniesSchema>;

const mergeChoiceSchema = z.enum(['this', 'other']).optional();

/**
 * A merge of another company into this one. For the fields named the value of one is taken;
 * otherwise this one's, or the other's where this one has none.
 */
export const mergeCompaniesSchema = z.strictObject({
  otherId: idSchema,
  fields: z
    .strictObject({
      name: mergeChoiceSchema,
      domain: mergeChoiceSchema,
      industry: mergeChoiceSchema,
      phone: mergeChoiceSchema,
      website: mergeChoiceSchema,
      address: mergeChoiceSchema,
      city: mergeChoiceSchema,
      state: mergeChoiceSchema,
      zipCode: mergeChoiceSchema,
      country: mergeChoiceSchema,
      size: mergeChoiceSchema,
      source: mergeChoiceSchema,
      ownerId: mergeChoiceSchema,
    })
    .optional(),
});
export type MergeCompanies = z.infer<typeof mergeCompaniesSchema>;

/** What the callables answer. */
export const companyStateSchema = z.object({ id: z.string(), version: z.int() });
