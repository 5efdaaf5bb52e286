/** What the web client may know of the product: schemas, and the types and constants they carry. */
export { newActivitySchema } from './modules/activities/activities.schema.ts';
export {
  type AdjustmentView,
  adjustmentViewSchema,
  newAdjustmentSchema,
} from './modules/adjustments/adjustments.schema.ts';
export { overviewSchema } from './modules/analytics/analytics.schema.ts';
export { newApiKeySchema } from './modules/api-keys/api-keys.schema.ts';
export { appointmentViewSchema } from './modules/appointments/appointments.schema.ts';
export {
  type Definition,
  definitionSchema,
  type Trigger,
  type TriggerKind,
  workflowStatusSchema,
} from './modules/automations/automations.schema.ts';
export type { Comparison, Condition } from './modules/automations/conditions.schema.ts';
export type { Step, StepType } from './modules/automations/steps.schema.ts';
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
  type Channel,
  conversationSchema,
  MAX_TEXT,
  messageSchema,
} from './modules/conversations/conversations.schema.ts';
export {
  type MessageSettings,
  messageSettingsSchema,
  newNumberSchema,
  settingsChangeSchema,
} from './modules/conversations/message-settings.schema.ts';
export {
  conversationViewSchema,
  messageViewSchema,
} from './modules/conversations/message-view.schema.ts';
export { sendingOutlookSchema } from './modules/conversations/sending-outlook.schema.ts';
export {
  type Deal,
  type DealState,
  dealSchema,
  type MoveDeal,
  type NewDeal,
  splitsSchema,
} from './modules/deals/deals.schema.ts';
export {
  deliveryDetailSchema,
  deliveryViewSchema,
} from './modules/deliveries/deliveries.schema.ts';
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
  previewAnswerSchema,
  type TargetExplanation,
} from './modules/earnings/explain.schema.ts';
export {
  type RestatementLine,
  type RestatementView,
  restatementSchema,
  restatementViewSchema,
} from './modules/earnings/restatements.schema.ts';
export { type Event, eventSchema } from './modules/events/events.schema.ts';
export { feedSchema } from './modules/events/feed.schema.ts';
export {
  type CustomFields,
  customFieldsSchema,
  type Field,
  type FieldRecordType,
  type FieldType,
  type FieldValue,
  fieldChangeSchema,
  fieldRecordTypeSchema,
  fieldSchema,
  fieldTypeSchema,
  newFieldSchema,
} from './modules/fields/fields.schema.ts';
export { CUSTOM_PREFIX, importFields } from './modules/imports/import-fields.ts';
export {
  type ImportType,
  importDetailSchema,
  importOptionsSchema,
  importPlanSchema,
  importTypeSchema,
  importViewSchema,
} from './modules/imports/imports.schema.ts';
export { newInvitationSchema } from './modules/invitations/invitations.schema.ts';
export { jobSchema, jobStatusSchema } from './modules/jobs/jobs.schema.ts';
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
export {
  changeSettingsSchema as changeNotificationSettingsSchema,
  type Notification,
  type NotificationKind,
  type NotificationView,
  notificationKindSchema,
  notificationSchema,
  notificationViewSchema,
  type SettingsView as NotificationSettingsView,
  settingsViewSchema as notificationSettingsViewSchema,
} from './modules/notifications/notifications.schema.ts';
export { type Org, orgChangeSchema, orgSchema, orgViewSchema } from './modules/orgs/orgs.schema.ts';
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
export { type Provider, providerListSchema } from './modules/providers/providers.schema.ts';
export {
  type Replay,
  type RunDetail,
  type RunView,
  replaySchema,
  runDetailSchema,
  runViewSchema,
} from './modules/runs/runs.schema.ts';
export {
  type BacktestView,
  backtestViewSchema,
  type DryRunView,
  dryRunViewSchema,
} from './modules/runs/trials.schema.ts';
export {
  type DealFilters,
  type DealSorting,
  dealFiltersSchema,
  dealSortingSchema,
  OWN_DEALS,
  type SavedViewView,
  savedViewListSchema,
  savedViewViewSchema,
} from './modules/saved-views/saved-views.schema.ts';
export {
  type SearchResult,
  type SearchType,
  searchResultSchema,
} from './modules/search/search.schema.ts';
export {
  INTAKE_STAGE_ID,
  newStageSchema,
  type Stage,
  stageSchema,
  updateStageSchema,
} from './modules/stages/stages.schema.ts';
export {
  newSubscriptionSchema,
  subscriptionViewSchema,
} from './modules/subscriptions/subscriptions.schema.ts';
export { type TaskView, taskViewSchema } from './modules/tasks/tasks.schema.ts';
export { type TimelineItem, timelineItemSchema } from './modules/timeline/timeline.schema.ts';
export { type User, updateUserSchema, userSchema } from './modules/users/users.schema.ts';
export { minorDigits, toMajorUnits, toMinorUnits } from './platform/money.schema.ts';
