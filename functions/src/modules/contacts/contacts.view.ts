import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { ownedViewShape, toOwnedView } from '../owned-records/owned-http.public.ts';
import type { Contact } from './contacts.schema.ts';

/** A contact as the `/api` door shows it. */
export const contactViewSchema = z
  .object({
    ...ownedViewShape,
    firstName: z.string(),
    lastName: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    otherEmails: z.array(z.string()),
    otherPhones: z.array(z.string()),
    company: z.string().nullable(),
    title: z.string().nullable(),
    source: z.string().nullable(),
    companies: z.array(
      z.object({ companyId: z.string(), role: z.string().nullable(), isPrimary: z.boolean() }),
    ),
    mergedFrom: z.array(z.string()),
  })
  .openapi('Contact');

/** A contact as the `/api` door shows it. */
export function toContactView(contact: Stored<Contact>): z.infer<typeof contactViewSchema> {
  const { firstName, lastName, email, phone, otherEmails, otherPhones } = contact;
  const { company, title, source, memberships, mergedFrom } = contact;
  return {
    ...{ firstName, lastName, email, phone, otherEmails, otherPhones },
    ...{ company, title, source, companies: memberships, mergedFrom },
    ...toOwnedView(contact),
  };
}
