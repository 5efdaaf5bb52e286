import {
  customFieldsSchema,
  fieldSchema,
  leadStatusSchema,
  minorDigits,
  noteViewSchema,
  searchResultSchema,
  taskViewSchema,
  timelineItemSchema,
} from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Query, Schema } from './port.ts';
import { refusal } from './refusal.ts';

/** What the pages read of contacts, companies and leads; what else the answers carry is left out. */
const ownedShape = {
  id: z.string(),
  tags: z.array(z.string()),
  customFields: customFieldsSchema,
  ownerId: z.string(),
  teamId: z.string().nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

const text = z.string().nullable();
const texts = z.array(z.string());

export const contactSchema = z.object({
  ...ownedShape,
  firstName: z.string(),
  lastName: text,
  email: text,
  phone: text,
  otherEmails: texts,
  otherPhones: texts,
  company: text,
  title: text,
  source: text,
});
export type ContactView = z.infer<typeof contactSchema>;

export const companySchema = z.object({
  ...ownedShape,
  name: z.string(),
  domain: text,
  otherDomains: texts,
  industry: text,
  phone: text,
  website: text,
  address: text,
  city: text,
  state: text,
  zipCode: text,
  country: text,
  size: z.int().nullable(),
  source: text,
});
export type CompanyView = z.infer<typeof companySchema>;

export const leadSchema = z.object({
  ...ownedShape,
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
  source: text,
  convertedAt: text,
  convertedContactId: text,
  convertedCompanyId: text,
  convertedDealId: text,
});
export type LeadView = z.infer<typeof leadSchema>;

/** What all three have in common. */
export type OwnedView = z.infer<z.ZodObject<typeof ownedShape>>;

/** A page of a list, and how to ask for the one after it. */
export interface PageOf<T> {
  readonly records: readonly T[];
  readonly next: Query | undefined;
}

const pagingShape = {
  page: z.int(),
  totalPages: z.int().optional(),
  nextCursor: z.string().nullable(),
};

interface Paging {
  readonly page: number;
  readonly totalPages?: number | undefined;
  readonly nextCursor: string | null;
}

/** Lists go on by cursor; searches that are compared in memory by the number of the page. */
export function nextOf({ page, totalPages = page, nextCursor }: Paging): Query | undefined {
  if (nextCursor !== null) return { cursor: nextCursor };
  return page < totalPages ? { page: String(page + 1) } : undefined;
}

export const contactListSchema = z
  .object({ contacts: z.array(contactSchema), ...pagingShape })
  .transform(({ contacts, ...paging }) => ({ records: contacts, next: nextOf(paging) }));

export const companyListSchema = z
  .object({ companies: z.array(companySchema), ...pagingShape })
  .transform(({ companies, ...paging }) => ({ records: companies, next: nextOf(paging) }));

export const leadListSchema = z
  .object({ leads: z.array(leadSchema), ...pagingShape })
  .transform(({ leads, ...paging }) => ({ records: leads, next: nextOf(paging) }));

const placeShape = { role: text, isPrimary: z.boolean() };

/** The companies of a contact, with what the contact does there. */
export const placesSchema = z.object({
  companies: z.array(z.object({ id: z.string(), name: z.string(), domain: text, ...placeShape })),
});
export type Place = z.infer<typeof placesSchema>['companies'][number];

/** The people of a company, with what they do there. */
export const peopleSchema = z
  .object({
    contacts: z.array(
      contactSchema.extend({
        companies: z.array(z.object({ companyId: z.string(), ...placeShape })),
      }),
    ),
    ...pagingShape,
  })
  .transform(({ contacts, ...paging }) => ({ records: contacts, next: nextOf(paging) }));

const cursorShape = { nextCursor: z.string().nullable() };

function afterCursor(nextCursor: string | null): Query | undefined {
  return nextCursor === null ? undefined : { cursor: nextCursor };
}

export const noteListSchema = z
  .object({ notes: z.array(noteViewSchema), ...cursorShape })
  .transform(({ notes, nextCursor }) => ({ records: notes, next: afterCursor(nextCursor) }));

export const taskListSchema = z
  .object({ tasks: z.array(taskViewSchema), ...cursorShape })
  .transform(({ tasks, nextCursor }) => ({ records: tasks, next: afterCursor(nextCursor) }));

export const timelineSchema = z
  .object({ items: z.array(timelineItemSchema), ...cursorShape })
  .transform(({ items, nextCursor }) => ({ records: items, next: afterCursor(nextCursor) }));

/** The deals of a company; the door writes amounts in major units. */
export const dealListSchema = z
  .object({
    deals: z.array(
      z
        .object({
          id: z.string(),
          title: z.string(),
          value: z.number(),
          currency: z.string(),
          stageId: z.string(),
        })
        .transform(({ value, ...deal }) => ({
          ...deal,
          valueMinor: Math.round(value * 10 ** minorDigits(deal.currency)),
        })),
    ),
    ...cursorShape,
  })
  .transform(({ deals, nextCursor }) => ({ records: deals, next: afterCursor(nextCursor) }));

export const fieldListSchema = z.object({ fields: z.array(fieldSchema) });
export const searchSchema = z.object({ results: z.array(searchResultSchema) });
export const createdSchema = z.object({ id: z.string() });

export const conversionSchema = z.object({
  contactId: z.string(),
  companyId: text,
  dealId: text,
});
export type Conversion = z.infer<typeof conversionSchema>;

/** Reads the answer to a command that succeeded. */
export function readAnswer<T>(schema: Schema<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw refusal('It was done, but the answer is not as this page expects it. Reload the page.');
}
