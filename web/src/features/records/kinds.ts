import type { Query, Rest, Schema } from '../../data/port.ts';
import {
  type CompanyView,
  type ContactView,
  companyListSchema,
  companySchema,
  contactListSchema,
  contactSchema,
  type LeadView,
  leadListSchema,
  leadSchema,
  type OwnedView,
  type PageOf,
  readAnswer,
} from '../../data/records.ts';
import { nameOfCompany, nameOfContact, nameOfLead } from './names.ts';

/** What the pages of contacts, companies and leads need to know of one of these kinds. */
export interface Kind<T extends OwnedView> {
  readonly type: 'contact' | 'company' | 'lead';
  /** `contact` and `contacts`, as they stand in sentences. */
  readonly noun: string;
  readonly plural: string;
  readonly title: string;
  /** Where its page is. */
  readonly path: string;
  /** Where its REST routes are. */
  readonly api: string;
  readonly schema: Schema<T>;
  readonly listSchema: Schema<PageOf<T>>;
  readonly nameOf: (record: T) => string;
}

export const contactKind: Kind<ContactView> = {
  ...{ type: 'contact', noun: 'contact', plural: 'contacts', title: 'Contacts' },
  ...{ path: '/contacts', api: '/api/contacts' },
  ...{ schema: contactSchema, listSchema: contactListSchema, nameOf: nameOfContact },
};

export const companyKind: Kind<CompanyView> = {
  ...{ type: 'company', noun: 'company', plural: 'companies', title: 'Companies' },
  ...{ path: '/companies', api: '/api/companies' },
  ...{ schema: companySchema, listSchema: companyListSchema, nameOf: nameOfCompany },
};

export const leadKind: Kind<LeadView> = {
  ...{ type: 'lead', noun: 'lead', plural: 'leads', title: 'Leads' },
  ...{ path: '/leads', api: '/api/leads' },
  ...{ schema: leadSchema, listSchema: leadListSchema, nameOf: nameOfLead },
};

const PAGE_SIZE = '50';

/** One page of the records that the person may see, those with all that is searched for. */
export function listRecords<T extends OwnedView>(
  rest: Rest,
  { api, listSchema }: Kind<T>,
  query: Query,
): Promise<PageOf<T>> {
  return rest.get(api, listSchema, { limit: PAGE_SIZE, ...query });
}

/** Changes the given fields of a record. */
export async function changeRecord<T extends OwnedView>(
  rest: Rest,
  { api, schema }: Kind<T>,
  id: string,
  change: object,
): Promise<T> {
  return readAnswer(schema, await rest.send('PATCH', `${api}/${id}`, change));
}
