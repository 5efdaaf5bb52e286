import { randomBytes } from 'node:crypto';

/** Stripe's objects as its API answers them, with every key that they have at Stripe. */
export type StripeObject = Record<string, unknown> & { readonly id: string };

export interface StripeList {
  readonly object: 'list';
  readonly data: readonly StripeObject[];
  readonly has_more: boolean;
  readonly url: string;
}

export function stripeId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

function listOf(url: string, data: readonly StripeObject[] = []): StripeList {
  return { object: 'list', data, has_more: false, url };
}

const NO_REQUIREMENTS = {
  ...{ alternatives: [], current_deadline: null, currently_due: [], disabled_reason: null },
  ...{ errors: [], eventually_due: [], past_due: [], pending_verification: [] },
};
const WANTED = ['external_account', 'individual.dob.day', 'tos_acceptance.date'];

/** A connected account, before or after its owner has told Stripe who they are. */
export function accountOf(
  { country, type, metadata }: { country: string; type: string; metadata: Record<string, string> },
  created: number,
): StripeObject {
  const id = stripeId('acct');
  return {
    ...{ id, object: 'account', type, country, created, metadata },
    business_profile: { mcc: null, name: null, url: null },
    ...{ business_type: null, capabilities: { transfers: 'inactive' }, charges_enabled: false },
    controller: { type: 'application' },
    ...{ default_currency: 'usd', details_submitted: false, email: null },
    external_accounts: listOf(`/v1/accounts/${id}/external_accounts`),
    future_requirements: NO_REQUIREMENTS,
    payouts_enabled: false,
    requirements: {
      ...NO_REQUIREMENTS,
      ...{ currently_due: WANTED, eventually_due: WANTED },
      disabled_reason: 'requirements.past_due',
    },
    settings: { payouts: { schedule: { delay_days: 2, interval: 'daily' } } },
    tos_acceptance: { date: null, ip: null, user_agent: null },
  };
}

/** What onboarding changes about an account. */
export const onboarded = {
  ...{ capabilities: { transfers: 'active' }, details_submitted: true, payouts_enabled: true },
  requirements: NO_REQUIREMENTS,
};

export interface TransferFields {
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly transfer_group: string | null;
  readonly metadata: Record<string, string>;
}

export function transferOf(fields: TransferFields, created: number): StripeObject {
  const id = stripeId('tr');
  return {
    ...{ id, object: 'transfer', created, ...fields },
    ...{ amount_reversed: 0, reversed: false, livemode: false },
    ...{ balance_transaction: stripeId('txn'), destination_payment: stripeId('py') },
    ...{ description: null, source_transaction: null, source_type: 'card' },
    reversals: listOf(`/v1/transfers/${id}/reversals`),
  };
}

export function reversalOf(
  { id: transfer, currency }: StripeObject,
  amount: number,
  metadata: Record<string, string>,
  created: number,
): StripeObject {
  return {
    ...{ id: stripeId('trr'), object: 'transfer_reversal', amount, currency, created, metadata },
    ...{ transfer, balance_transaction: stripeId('txn') },
    ...{ destination_payment_refund: stripeId('pyr'), source_refund: null },
  };
}

export function chargeOf(
  fields: {
    readonly amount: number;
    readonly currency: string;
    readonly payment_intent: string;
    readonly metadata: Record<string, string>;
  },
  created: number,
): StripeObject {
  const id = stripeId('ch');
  return {
    ...{ id, object: 'charge', created, ...fields },
    ...{ amount_captured: fields.amount, amount_refunded: 0, captured: true, paid: true },
    ...{ refunded: false, disputed: false, livemode: false, status: 'succeeded' },
    ...{ application: null, application_fee: null, application_fee_amount: null },
    balance_transaction: stripeId('txn'),
    billing_details: { address: null, email: null, name: 'Jenny Rosen', phone: null, tax_id: null },
    ...{ calculated_statement_descriptor: null, customer: null, description: null },
    ...{ failure_balance_transaction: null, failure_code: null, failure_message: null },
    ...{ fraud_details: {}, on_behalf_of: null, outcome: null },
    ...{ payment_method: stripeId('pm'), payment_method_details: { type: 'card' } },
    ...{ receipt_email: null, receipt_number: null, receipt_url: 'https://example.test/receipt' },
    refunds: listOf(`/v1/charges/${id}/refunds`),
    ...{ review: null, shipping: null, source: null, source_transfer: null },
    ...{ statement_descriptor: null, statement_descriptor_suffix: null },
    ...{ transfer_data: null, transfer_group: null },
  };
}

export function eventOf(
  { type, object, account }: { type: string; object: StripeObject; account: string | null },
  created: number,
): StripeObject {
  return {
    ...{ id: stripeId('evt'), object: 'event', type, created, livemode: false },
    ...{ api_version: '2026-10-28.endive', pending_webhooks: 1 },
    // A copy: the object goes on to change, and the event does not.
    data: { object: structuredClone(object) },
    request: { id: null, idempotency_key: null },
    ...(account === null ? {} : { account }),
  };
}

interface Paid {
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly metadata: Record<string, string>;
}

/** A paid session, as much of it as its event's handlers look at. */
export function sessionOf({ amount, currency, ...rest }: Paid, created: number): StripeObject {
  return {
    ...{ id: stripeId('cs_test'), object: 'checkout.session', created, currency, ...rest },
    ...{ amount_subtotal: amount, amount_total: amount, mode: 'payment', payment_status: 'paid' },
    ...{ status: 'complete', invoice: null, livemode: false, subscription: null },
    customer_details: { email: 'customer@example.com', name: 'Jenny Rosen' },
  };
}

/** A paid invoice, and what paid it: since 2025 the invoice itself does not tell. */
export function invoiceOf(paid: Paid, created: number): readonly [StripeObject, StripeObject] {
  const { amount, currency, metadata, payment_intent } = paid;
  const id = stripeId('in');
  const invoice = {
    ...{ id, object: 'invoice', created, currency, metadata, livemode: false, status: 'paid' },
    ...{ amount_due: amount, amount_paid: amount, amount_remaining: 0 },
    customer_email: 'customer@example.com',
  };
  const payment = {
    ...{ id: stripeId('inpay'), object: 'invoice_payment', created, currency, invoice: id },
    ...{ amount_paid: amount, amount_requested: amount, is_default: true, livemode: false },
    ...{ payment: { type: 'payment_intent', payment_intent }, status: 'paid' },
  };
  return [invoice, payment];
}

export function disputeOf(
  { id: charge, currency, payment_intent }: StripeObject,
  amount: number,
  created: number,
): StripeObject {
  return {
    ...{ id: stripeId('dp'), object: 'dispute', amount, charge, currency, created },
    ...{ payment_intent, metadata: {}, livemode: false, status: 'needs_response' },
    ...{ balance_transactions: [], reason: 'fraudulent', is_charge_refundable: false },
  };
}

/** A payout from a connected account to its owner's bank. */
export function payoutOf(
  fields: { readonly amount: number; readonly currency: string; readonly status: string },
  created: number,
): StripeObject {
  const isFailed = fields.status === 'failed';
  return {
    ...{ id: stripeId('po'), object: 'payout', created, arrival_date: created, ...fields },
    ...{ automatic: true, destination: stripeId('ba'), livemode: false, metadata: {} },
    failure_code: isFailed ? 'account_closed' : null,
    failure_message: isFailed ? 'The bank account has been closed.' : null,
    ...{ method: 'standard', source_type: 'card', type: 'bank_account' },
  };
}
