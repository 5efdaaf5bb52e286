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
export {
  type Dispute,
  disputeDetailSchema,
  disputeSchema,
} from './modules/disputes/disputes.schema.ts';
export {
  type DealEarnings,
  dealEarningsSchema,
  entryExplanationSchema,
  type PreviewLine,
  type TargetExplanation,
} from './modules/earnings/explain.schema.ts';
export { type Event, eventSchema } from './modules/events/events.schema.ts';
export {
  type CustomFields,
  customFieldsSchema,
  type Field,
  type FieldRecordType,
  type FieldValue,
  fieldSchema,
} from './modules/fields/fields.schema.ts';
export { jobStatusSchema } from './modules/jobs/jobs.schema.ts';
export { leadStatusSchema } from './modules/leads/leads.schema.ts';
export {
  type AccountsView,
  type BalanceAnswer,
  balanceAnswerSchema,
  type Statement,
  type StatementLine,
  statementSchema,
} from './modules/ledger/balances.schema.ts';
export {
  type LedgerEntry,
  ledgerEntrySchema,
  type Reason,
  type Split,
  splitSchema,
} from './modules/ledger/ledger.schema.ts';
export { type NoteView, noteViewSchema } from './modules/notes/notes.schema.ts';
export { type Org, orgSchema } from './modules/orgs/orgs.schema.ts';
export {
  onboardingLinkSchema,
  payeeProgressSchema,
} from './modules/payees/payees.schema.ts';
export {
  type PayoutStatus,
  payoutStatusSchema,
  periodStatusSchema,
  type Schedule,
  scheduleSchema,
} from './modules/payouts/payouts.schema.ts';
export {
  type NewPlanVersion,
  newPlanVersionSchema,
  type PlanRule,
  planVersionSchema,
} from './modules/plans/plans.schema.ts';
export {
  type SearchResult,
  type SearchType,
  searchResultSchema,
} from './modules/search/search.schema.ts';
export { INTAKE_STAGE_ID, type Stage, stageSchema } from './modules/stages/stages.schema.ts';
export { type TaskView, taskViewSchema } from './modules/tasks/tasks.schema.ts';
export { type TimelineItem, timelineItemSchema } from './modules/timeline/timeline.schema.ts';
export { type User, userSchema } from './modules/users/users.schema.ts';
export { minorDigits, toMajorUnits, toMinorUnits } from './platform/money.schema.ts';
