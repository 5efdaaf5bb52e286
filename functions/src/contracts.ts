/** What the web client may know of the product: schemas, and the types and constants they carry. */
export {
  type Company,
  type CompanyChange,
  companySchema,
  type NewCompany,
} from './modules/companies/companies.schema.ts';
export {
  type Contact,
  type ContactChange,
  contactSchema,
  type NewContact,
} from './modules/contacts/contacts.schema.ts';
export {
  type Deal,
  type DealState,
  dealSchema,
  type MoveDeal,
  type NewDeal,
} from './modules/deals/deals.schema.ts';
export { type Event, eventSchema } from './modules/events/events.schema.ts';
export {
  type LedgerEntry,
  ledgerEntrySchema,
  type Reason,
  type Split,
  splitSchema,
} from './modules/ledger/ledger.schema.ts';
export { type Org, orgSchema } from './modules/orgs/orgs.schema.ts';
export { INTAKE_STAGE_ID, type Stage, stageSchema } from './modules/stages/stages.schema.ts';
export { type User, userSchema } from './modules/users/users.schema.ts';
export { toMajorUnits } from './platform/money.schema.ts';
