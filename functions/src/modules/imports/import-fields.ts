import type { ImportType } from './imports.schema.ts';

/** A field that a column can be mapped to, and the column names it is guessed from. */
export interface ImportField {
  readonly field: string;
  readonly synonyms: readonly string[];
}

/** Custom fields are mapped as `customFields.<key>`. */
export const CUSTOM_PREFIX = 'customFields.';

const owner: readonly ImportField[] = [
  { field: 'ownerEmail', synonyms: ['owner email', 'rep email', 'assigned to email'] },
  {
    field: 'ownerName',
    synonyms: ['owner', 'owner name', 'sales agent', 'sales rep', 'rep', 'assigned to', 'agent'],
  },
  { field: 'ownerId', synonyms: ['owner id', 'user id'] },
];

const address: readonly ImportField[] = [
  { field: 'address', synonyms: ['address', 'street', 'street address', 'address 1'] },
  { field: 'city', synonyms: ['city', 'town'] },
  { field: 'state', synonyms: ['state', 'province', 'region', 'state/region'] },
  { field: 'zipCode', synonyms: ['zip', 'zip code', 'postal code', 'postcode'] },
];

const phone: ImportField = {
  field: 'phone',
  synonyms: ['phone', 'phone number', 'telephone', 'tel', 'mobile', 'mobile phone', 'cell'],
};
const email: ImportField = {
  field: 'email',
  synonyms: ['email', 'e-mail', 'email address', 'e-mail address', 'mail'],
};
const tags: ImportField = { field: 'tags', synonyms: ['tags', 'tag', 'labels', 'label'] };
const source: ImportField = { field: 'source', synonyms: ['source', 'lead source', 'origin'] };
const externalId = (...synonyms: string[]): ImportField => ({
  field: 'externalId',
  synonyms: ['external id', 'id', 'record id', ...synonyms],
});
const website: ImportField = {
  field: 'website',
  synonyms: ['website', 'web site', 'url', 'homepage', 'site'],
};

/** What each type of record can be filled with. The order decides when two fields fit one column. */
export const importFields: Readonly<Record<ImportType, readonly ImportField[]>> = {
  contact: [
    { field: 'firstName', synonyms: ['first name', 'given name', 'forename', 'vorname', 'first'] },
    {
      field: 'lastName',
      synonyms: ['last name', 'family name', 'surname', 'nachname', 'last'],
    },
    { field: 'fullName', synonyms: ['name', 'full name', 'contact', 'contact name'] },
    email,
    phone,
    {
      field: 'company',
      synonyms: ['company', 'company name', 'organization', 'organisation', 'account', 'employer'],
    },
    { field: 'title', synonyms: ['title', 'job title', 'position'] },
    tags,
    source,
    externalId('contact id'),
    ...owner,
  ],
  company: [
    {
      field: 'name',
      synonyms: ['name', 'company', 'company name', 'account', 'account name', 'organization'],
    },
    { field: 'domain', synonyms: ['domain', 'company domain', 'email domain'] },
    website,
    phone,
    { field: 'industry', synonyms: ['industry', 'sector', 'branch'] },
    { field: 'size', synonyms: ['size', 'employees', 'number of employees', 'headcount'] },
    ...address,
    { field: 'country', synonyms: ['country', 'country/region', 'office location'] },
    tags,
    source,
    externalId('company id', 'account id'),
    ...owner,
  ],
  lead: [
    {
      field: 'businessName',
      synonyms: ['business name', 'business', 'company', 'company name', 'name', 'organization'],
    },
    email,
    phone,
    website,
    { field: 'contactName', synonyms: ['contact name', 'contact', 'person', 'full name'] },
    { field: 'category', synonyms: ['category', 'type', 'industry'] },
    { field: 'status', synonyms: ['status', 'lead status'] },
    { field: 'rating', synonyms: ['rating', 'stars'] },
    ...address,
    tags,
    source,
    externalId('lead id'),
    ...owner,
  ],
  deal: [
    {
      field: 'title',
      synonyms: [
        'title',
        'deal',
        'deal name',
        'deal title',
        'opportunity',
        'opportunity name',
        'name',
      ],
    },
    {
      field: 'value',
      synonyms: ['value', 'amount', 'deal value', 'close value', 'deal amount', 'price', 'revenue'],
    },
    { field: 'currency', synonyms: ['currency', 'currency code', 'deal currency'] },
    { field: 'stage', synonyms: ['stage', 'deal stage', 'pipeline stage', 'status', 'phase'] },
    { field: 'probability', synonyms: ['probability', 'win probability', 'chance'] },
    {
      field: 'expectedCloseDate',
      synonyms: ['expected close date', 'expected close', 'forecast close', 'due date'],
    },
    {
      field: 'closedAt',
      synonyms: ['close date', 'closed', 'closed at', 'closed date', 'date closed', 'closed on'],
    },
    {
      field: 'company',
      synonyms: ['company', 'company name', 'account', 'account name', 'customer'],
    },
    { field: 'description', synonyms: ['description', 'notes', 'comment', 'comments'] },
    { field: 'contactEmail', synonyms: ['contact email', 'email', 'e-mail', 'contact e-mail'] },
    tags,
    externalId('deal id', 'opportunity id', 'opportunity number'),
    ...owner,
  ],
};
