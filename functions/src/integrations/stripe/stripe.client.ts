import Stripe from 'stripe';
import { z } from 'zod';
import {
  type NewStripeAccount,
  type NewStripeReversal,
  type NewStripeTransfer,
  type StripeAccount,
  type StripeInvoicePayment,
  StripePermanentError,
  type StripePort,
  type StripeReversal,
  type StripeTransfer,
  StripeTransientError,
} from './stripe.port.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
import { toStripeEvent } from './stripe-event.ts';
import { type StripeAccountObject, stripeAccountSchema } from './stripe-objects.schema.ts';
import { toTransfer } from './stripe-transfer.ts';

/** Pinned to what the SDK's types describe: an upgrade of the SDK does not compile without it. */
const API_VERSION = '2026-10-28.endive';
/** With the retries well below the minute that a request to us may take. */
const TIMEOUT_MS = 15_000;
const MAX_RETRIES = 2;
const PAGE = 100;
/** An invoice has a handful of payments. */
const MAX_INVOICE_PAYMENTS = 100;

export interface StripeSettings {
  readonly secretKey: string;
  /** Where Stripe's API is; undefined for Stripe's own address. */
  readonly apiUrl: string | undefined;
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
}

/** Stripe by its own SDK, with one set of connections for as long as the client lives. */
export function createStripeClient(settings: StripeSettings): StripePort {
  const sdk = createSdk(settings);
  return {
    createAccount: (account) => attempt(() => createAccount(sdk, account)),
    retrieveAccount: (id) => attempt(async () => toAccount(await sdk.accounts.retrieve(id))),
    accountLink: ({ accountId, refreshUrl, returnUrl }) =>
      attempt(async () => {
        const link = await sdk.accountLinks.create({
          ...{ account: accountId, type: 'account_onboarding' },
          ...{ refresh_url: refreshUrl, return_url: returnUrl },
        });
        return { url: link.url, expiresAt: new Date(link.expires_at * 1000) };
      }),
    createTransfer: (transfer) => attempt(() => createTransfer(sdk, transfer)),
    findTransferByPayout: (payoutId) =>
      attempt(async () => {
        const { data } = await sdk.transfers.list({ transfer_group: payoutId, limit: 2 });
        const [transfer, second] = data;
        if (second === undefined) return transfer && toTransfer(transfer);
        throw new StripePermanentError(
          'several_transfers',
          `Payout ${payoutId} has several transfers at Stripe; reverse all but one of them there`,
        );
      }),
    reverseTransfer: (reversal) => attempt(() => reverseTransfer(sdk, reversal)),
    invoicePayments: (invoiceId) => attempt(() => invoicePayments(sdk, invoiceId)),
    listEvents: ({ since, types, account }) =>
      attemptEach(
        () =>
          sdk.events.list(
            { created: { gte: toSeconds(since) }, types: [...types], limit: PAGE },
            account === undefined ? {} : { stripeAccount: account },
          ),
        toStripeEvent,
      ),
    listTransfers: ({ since }) =>
      attemptEach(
        () => sdk.transfers.list({ created: { gte: toSeconds(since) }, limit: PAGE }),
        toTransfer,
      ),
  };
}

function createSdk({ secretKey, apiUrl, timeoutMs, maxRetries }: StripeSettings): Stripe {
  const url = apiUrl === undefined ? undefined : new URL(apiUrl);
  return new Stripe(secretKey, {
    apiVersion: API_VERSION,
    timeout: timeoutMs ?? TIMEOUT_MS,
    maxNetworkRetries: maxRetries ?? MAX_RETRIES,
    telemetry: false,
    ...(url === undefined
      ? {}
      : {
          host: url.hostname,
          port: url.port || (url.protocol === 'http:' ? 80 : 443),
          protocol: url.protocol === 'http:' ? ('http' as const) : ('https' as const),
        }),
  });
}

/** What is repeated must be the same to the byte, or Stripe refuses the key: so no name, no e-mail. */
async function createAccount(
  sdk: Stripe,
  { orgId, uid, country }: NewStripeAccount,
): Promise<StripeAccount> {
  const account = await sdk.accounts.create(
    {
      ...{ type: 'express', country, metadata: { orgId, uid } },
      capabilities: { transfers: { requested: true } },
    },
    { idempotencyKey: `account_${orgId}_${uid}_${country}` },
  );
  return toAccount(account);
}

async function createTransfer(sdk: Stripe, transfer: NewStripeTransfer): Promise<StripeTransfer> {
  const { payoutId, orgId, uid, amountMinor, currency, destination } = transfer;
  const made = await sdk.transfers.create(
    {
      ...toStripeAmount(amountMinor, currency),
      ...{ destination, transfer_group: payoutId },
      metadata: { orgId, payoutId, uid },
    },
    { idempotencyKey: `${payoutId}_${transfer.attempt}` },
  );
  return toTransfer(made);
}

async function reverseTransfer(
  sdk: Stripe,
  { transferId, amountMinor, currency, reversalId }: NewStripeReversal,
): Promise<StripeReversal> {
  const { amount } = toStripeAmount(amountMinor, currency);
  const made = await sdk.transfers.createReversal(
    transferId,
    { amount, metadata: { reversalId } },
    { idempotencyKey: `reversal_${transferId}_${reversalId}` },
  );
  return { id: made.id, transferId, ...fromStripeAmount(made.amount, made.currency) };
}

async function invoicePayments(sdk: Stripe, invoice: string): Promise<StripeInvoicePayment[]> {
  const list = sdk.invoicePayments.list({ invoice, status: 'paid', limit: PAGE });
  const payments = await list.autoPagingToArray({ limit: MAX_INVOICE_PAYMENTS });
  return payments.flatMap(({ payment, amount_paid, currency }) => {
    const intent = payment.payment_intent;
    const paymentIntentId = typeof intent === 'string' ? intent : intent?.id;
    if (paymentIntentId === undefined || amount_paid === null) return [];
    return [{ paymentIntentId, ...fromStripeAmount(amount_paid, currency) }];
  });
}

function toAccount(raw: unknown): StripeAccount {
  const account: StripeAccountObject = stripeAccountSchema.parse(raw);
  return {
    id: account.id,
    transfersEnabled: account.capabilities?.transfers === 'active',
    payoutsEnabled: account.payouts_enabled ?? false,
    detailsSubmitted: account.details_submitted ?? false,
    disabledReason: account.requirements?.disabled_reason ?? null,
    currentlyDue: account.requirements?.currently_due ?? [],
    metadata: account.metadata ?? {},
  };
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

async function attempt<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw classified(error);
  }
}

/** Every entry of a list, page after page. */
async function* attemptEach<T, R>(
  list: () => AsyncIterable<T>,
  convert: (entry: T) => R,
): AsyncGenerator<R> {
  try {
    for await (const entry of list()) yield convert(entry);
  } catch (error) {
    throw classified(error);
  }
}

/** Stripe's error as one of ours; what is none of Stripe's stays as it is. */
function classified(error: unknown): unknown {
  if (error instanceof z.ZodError) {
    return new StripePermanentError('unreadable', 'Stripe answered in a shape that is not known', {
      cause: error,
    });
  }
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const code = error.code ?? error.type;
  const isBusy = error.code === 'idempotency_key_in_use' || error.code === 'lock_timeout';
  const options = { cause: error };
  if (isBusy || isTransient(error)) return new StripeTransientError(code, error.message, options);
  return new StripePermanentError(code, error.message, options);
}

function isTransient(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    // A wrong key is our mistake, and what was asked for is right once that is mended.
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripeAPIError
  );
}
