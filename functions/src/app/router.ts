import { registerAccessRoutes } from '../modules/access/access.http.ts';
import { registerAccountRoutes } from '../modules/accounts/accounts.http.ts';
import { registerActivityRoutes } from '../modules/activities/activities.http.ts';
import { registerAdjustmentRoutes } from '../modules/adjustments/adjustments.http.ts';
import { registerAnalyticsRoutes } from '../modules/analytics/analytics.http.ts';
import { registerApiKeyRoutes } from '../modules/api-keys/api-keys.http.ts';
import { registerAppointmentRoutes } from '../modules/appointments/appointments.http.ts';
import { registerWorkflowRoutes } from '../modules/automations/automations.http.ts';
import { registerCompanyRoutes } from '../modules/companies/companies.http.ts';
import { registerContactRoutes } from '../modules/contacts/contacts.http.ts';
import { registerMembershipRoutes } from '../modules/contacts/memberships.http.ts';
import { registerMessageRoutes } from '../modules/conversations/conversations.http.ts';
import { registerMessageSettingsRoutes } from '../modules/conversations/message-settings.http.ts';
import { registerEventReportRoute } from '../modules/custom-events/custom-events.http.ts';
import { registerDealRoutes } from '../modules/deals/deals.http.ts';
import { registerDeliveryRoutes } from '../modules/deliveries/deliveries.http.ts';
import { registerDisputeRoutes } from '../modules/disputes/disputes.http.ts';
import { registerExplainRoutes } from '../modules/earnings/explain.http.ts';
import { registerRestatementRoutes } from '../modules/earnings/restatements.http.ts';
import {
  registerEventStreamRoute,
  registerEventTypeRoutes,
} from '../modules/events/events.http.ts';
import { registerEventFeedRoute } from '../modules/events/feed.http.ts';
import { registerFieldRoutes } from '../modules/fields/fields.http.ts';
import { registerImportRoutes } from '../modules/imports/imports.http.ts';
import { IMPORTS_PATH } from '../modules/imports/imports.schema.ts';
import {
  registerAcceptanceRoute,
  registerInvitationRoutes,
} from '../modules/invitations/invitations.http.ts';
import { registerJobRoutes } from '../modules/jobs/jobs.http.ts';
import { registerLeadRoutes } from '../modules/leads/leads.http.ts';
import { registerBalanceRoutes } from '../modules/ledger/balances.http.ts';
import { registerNoteRoutes } from '../modules/notes/notes.http.ts';
import { registerNotificationRoutes } from '../modules/notifications/notifications.http.ts';
import { registerOrgRoutes } from '../modules/orgs/orgs.http.ts';
import { registerPayeeRoutes } from '../modules/payees/payees.http.ts';
import { registerPayoutRoutes } from '../modules/payouts/payouts.http.ts';
import { registerPeriodRoutes } from '../modules/payouts/periods.http.ts';
import { registerSendRoutes } from '../modules/payouts/send-payouts.http.ts';
import { registerPlanRoutes } from '../modules/plans/plans.http.ts';
import { registerProviderRoute } from '../modules/providers/providers.http.ts';
import { registerRunRoutes } from '../modules/runs/runs.http.ts';
import { registerTryRoutes } from '../modules/runs/try-workflows.http.ts';
import { registerSavedViewRoutes } from '../modules/saved-views/saved-views.http.ts';
import { registerSearchRoute } from '../modules/search/search.http.ts';
import { registerStageRoutes } from '../modules/stages/stages.http.ts';
import { registerSubscriptionRoutes } from '../modules/subscriptions/subscriptions.http.ts';
import { registerV1SubscriptionRoutes } from '../modules/subscriptions/subscriptions-v1.http.ts';
import { registerTaskRoutes } from '../modules/tasks/tasks.http.ts';
import { registerTeamRoutes } from '../modules/teams/teams.http.ts';
import { registerTimelineRoute } from '../modules/timeline/timeline.http.ts';
import { registerAdminUserRoute } from '../modules/users/admin-users.http.ts';
import { registerUserRoutes } from '../modules/users/users.http.ts';
import { type Api, createApi, type Start } from '../platform/http/api.ts';
import { audiences } from './audiences.ts';
import { acceptIdempotencyKey, authenticate, readSession } from './authenticate.ts';
import { CONTACTS_IMPORT_PATH, registerContactsImportRoute } from './contacts-import.http.ts';
import { email } from './email.ts';
import { messagePorts } from './message-ports.ts';
import { openAi } from './openai.ts';
import { providerWebhooks } from './provider-webhooks.ts';
import { allRecordKinds } from './record-kinds.ts';
import { registerSignUpRoute } from './sign-up.http.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';
import { registerTwilioRoutes } from './twilio-webhooks.http.ts';
import { registerWebhookRoutes } from './webhooks.http.ts';

/** All REST doors on one router; `start` begins the invocation of each request. */
export function createRouter(start?: Start): Api {
  const api = createApi(start, [IMPORTS_PATH, CONTACTS_IMPORT_PATH]);
  registerSignUpRoute(api);
  registerAccountRoutes(api, email, readSession);
  registerAcceptanceRoute(api);
  registerWebhookRoutes(api);
  registerEventTypeRoutes(api, allRecordKinds);
  registerTwilioRoutes(api);
  api.doc('/openapi', {
    openapi: '3.0.3',
    info: { title: 'Splitline', version: '0.1.0', description: 'CRM and sales commissions' },
  });
  api.use('/api/*', authenticate, acceptIdempotencyKey);
  registerDealRoutes(api);
  registerRestatementRoutes(api);
  registerDisputeRoutes(api);
  registerAdjustmentRoutes(api);
  registerContactRoutes(api);
  registerMembershipRoutes(api);
  registerCompanyRoutes(api);
  registerLeadRoutes(api);
  registerFieldRoutes(api);
  registerSavedViewRoutes(api);
  registerSearchRoute(api);
  registerStageRoutes(api);
  registerPlanRoutes(api);
  registerBalanceRoutes(api);
  registerExplainRoutes(api);
  registerNoteRoutes(api);
  registerTaskRoutes(api);
  registerActivityRoutes(api);
  registerAppointmentRoutes(api);
  registerNotificationRoutes(api);
  // Before the routes that take what follows for the id of a conversation.
  registerMessageSettingsRoutes(api, twilio);
  registerMessageRoutes(api, { ports: messagePorts, openAi });
  registerTimelineRoute(api);
  registerEventReportRoute(api);
  registerEventFeedRoute(api);
  registerEventStreamRoute(api);
  registerAnalyticsRoutes(api);
  registerJobRoutes(api);
  registerImportRoutes(api);
  registerContactsImportRoute(api);
  registerTeamRoutes(api);
  registerUserRoutes(api);
  registerAdminUserRoute(api);
  registerInvitationRoutes(api, email);
  registerApiKeyRoutes(api);
  registerSubscriptionRoutes(api);
  registerDeliveryRoutes(api);
  registerSendRoutes(api, stripe);
  registerPayoutRoutes(api);
  registerPayeeRoutes(api, stripe);
  registerPeriodRoutes(api);
  registerWorkflowRoutes(api);
  registerRunRoutes(api);
  registerTryRoutes(api);
  registerAccessRoutes(api, audiences);
  registerOrgRoutes(api);
  registerProviderRoute(api, providerWebhooks);
  api.use('/v1/*', authenticate, acceptIdempotencyKey);
  registerV1SubscriptionRoutes(api);
  return api;
}
