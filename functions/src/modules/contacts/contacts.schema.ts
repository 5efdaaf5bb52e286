import { z } from 'zod';
import { emailSchema, idSchema, lineSchema } from '../../platform/text.schema.ts';
import {
  e164Schema,
  listQueryShape,
  ownedInputShape,
  ownedShape,
} from '../owned-records/owned-records.schema.ts';

const MAX_OTHERS = 10;
export const MAX_MEMBERSHIPS = 30;
/** A timeline asks for the events of a record and of those merged into it: 30 in one query. */
const MAX_MERGED = 29;

const phoneInputSchema = lineSchema(50);

/** What a contact does at a company; a contact has at most one primary company. */
const membershipSchema = z.strictObject({
  companyId: idSchema,
  role: lineSchema(100).nullable(),
  isPrimary: z.boolean(),
});
export type Membership = z.infer<typeof membershipSchema>;

/**
 * A person, `orgs/{orgId}/contacts/{contactId}`. `company` is free text; `memberships` are the
 * companies on record, `companyIds` the same for queries.
 */
export const contactSchema = z.strictObject({
  ...ownedShape,
  firstName: lineSchema(100),
  lastName: lineSchema(100).nullable(),
  email: emailSchema.nullable(),
  phone: e164Schema.nullable(),
  otherEmails: z.array(emailSchema).max(MAX_OTHERS),
  otherPhones: z.array(e164Schema).max(MAX_OTHERS),
  company: lineSchema(200).nullable(),
  title: lineSchema(100).nullable(),
  source: lineSchema(100).nullable(),
  memberships: z.array(membershipSchema).max(MAX_MEMBERSHIPS),
  companyIds: z.array(idSchema).max(MAX_MEMBERSHIPS),
  mergedInto: idSchema.nullable(),
  mergedFrom: z.array(idSchema).max(MAX_MERGED),
});
export type Contact = z.infer<typeof contactSchema>;

const inputShape = {
  lastName: lineSchema(100).nullish(),
  email: emailSchema.nullish(),
  phone: phoneInputSchema.nullish(),
  otherEmails: z.array(emailSchema).max(MAX_OTHERS).optional(),
  otherPhones: z.array(phoneInputSchema).max(MAX_OTHERS).optional(),
  company: lineSchema(200).nullish(),
  title: lineSchema(100).nullish(),
  source: lineSchema(100).nullish(),
  ...ownedInputShape,
};

/** A new contact; the caller's own unless an owner is named. */
export const newContactSchema = z.strictObject({ firstName: lineSchema(100), ...inputShape });
export type NewContact = z.infer<typeof newContactSchema>;

/** A change of a contact: what is not named stays, null clears, tags are replaced. */
export const contactChangeSchema = z.strictObject({
  firstName: lineSchema(100).optional(),
  ...inputShape,
});
export type ContactChange = z.infer<typeof contactChangeSchema>;

export const updateContactSchema = contactChangeSchema.extend({ contactId: idSchema });

/** Which of the contacts visible to the caller to list. */
export const listContactsSchema = z.strictObject(listQueryShape);
export type ListContacts = z.infer<typeof listContactsSchema>;

/** A contact's place at a company. */
export const membershipInputSchema = z.strictObject({
  contactId: idSchema,
  companyId: idSchema,
  role: lineSchema(100).nullish(),
  isPrimary: z.boolean().optional(),
});
export type MembershipInput = z.infer<typeof membershipInputSchema>;

const mergeChoiceSchema = z.enum(['this', 'other']).optional();

/**
 * A merge of another contact into this one. For the fields named the value of one is taken;
 * otherwise this one's, or the other's where this one has none.
 */
export const mergeContactsSchema = z.strictObject({
  otherId: idSchema,
  fields: z
    .strictObject({
      firstName: mergeChoiceSchema,
      lastName: mergeChoiceSchema,
      email: mergeChoiceSchema,
      phone: mergeChoiceSchema,
      company: mergeChoiceSchema,
      title: mergeChoiceSchema,
      source: mergeChoiceSchema,
      ownerId: mergeChoiceSchema,
    })
    .optional(),
});
export type MergeContacts = z.infer<typeof mergeContactsSchema>;

/** What the callables answer. */
export const contactStateSchema = z.object({ id: z.string(), version: z.int() });
