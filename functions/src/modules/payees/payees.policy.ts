import type { StripeAccount } from '../../integrations/stripe/stripe.port.ts';
import { AppError } from '../../platform/errors.ts';
import type { BankPayment, Payee, PayeeState } from './payees.schema.ts';

/** Somebody of whom nothing is known at Stripe yet. */
export function newPayee(country: string | null, now: Date): Payee {
  return {
    ...{ country, stripeAccountId: null },
    ...{ transfersEnabled: false, payoutsEnabled: false, detailsSubmitted: false },
    ...{ requirements: [], disabledReason: null, bank: null },
    ...{ createdAt: now, updatedAt: now },
  };
}

/** What is kept of an account. */
export function accountFields(account: StripeAccount) {
  const { id, transfersEnabled, payoutsEnabled, detailsSubmitted, disabledReason } = account;
  return {
    ...{ stripeAccountId: id, transfersEnabled, payoutsEnabled, detailsSubmitted, disabledReason },
    requirements: [...account.currentlyDue],
  };
}

/** True when what is known of the bank is older; a failure follows a payment within one second. */
export function isNewer(known: BankPayment | null, told: BankPayment): boolean {
  if (known === null || known.occurredAt < told.occurredAt) return true;
  if (known.occurredAt > told.occurredAt) return false;
  return known.status === 'paid' && told.status === 'failed';
}

/** An account belongs to one country for good. @throws AppError failed-precondition */
export function requireCountry({ country: known }: Payee, asked: string | undefined): void {
  if (asked === undefined || known === null || asked === known) return;
  throw new AppError(
    'failed-precondition',
    `country: the account at Stripe is one of ${known}, which cannot be changed; leave the country out`,
    { field: 'country' },
  );
}

/** Where the payee is on the way to being paid by Stripe, with a sentence that says so. */
export function stateOf(payee: Payee | undefined): {
  readonly state: PayeeState;
  readonly message: string;
} {
  const state = nameState(payee);
  const why = payee?.bank?.failure ?? null;
  const reason = state === 'bank_refused' && why !== null ? ` (${why})` : '';
  return { state, message: sentences[state] + reason };
}

const sentences: Readonly<Record<PayeeState, string>> = {
  not_started: 'Has no account at Stripe yet; the payee opens one by starting the onboarding',
  incomplete: 'Stripe still needs details; the payee opens the onboarding again to give them',
  in_review: 'Stripe is checking the details; nothing is to be done until it has',
  ready: 'Can be paid by Stripe',
  bank_missing: 'Can be paid; the money waits at Stripe until the payee completes the bank details',
  bank_refused:
    'Can be paid, but the bank refused the last payment from Stripe; the payee must correct the bank details at Stripe',
  rejected: 'Stripe has closed the account; pay this person by other means',
};

function nameState(payee: Payee | undefined): PayeeState {
  if (payee === undefined || payee.stripeAccountId === null) return 'not_started';
  if (payee.disabledReason?.startsWith('rejected')) return 'rejected';
  if (payee.transfersEnabled && payee.bank?.status === 'failed') return 'bank_refused';
  if (payee.transfersEnabled) return payee.payoutsEnabled ? 'ready' : 'bank_missing';
  const isComplete = payee.detailsSubmitted && payee.requirements.length === 0;
  return isComplete ? 'in_review' : 'incomplete';
}
