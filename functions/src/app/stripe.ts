import type { StripePort } from '../integrations/stripe/stripe.port.ts';
import { AppError } from '../platform/errors.ts';
import { stripeSettings } from '../platform/params.ts';

let client: Promise<StripePort> | undefined;

/** One client for the life of the process; its SDK is loaded with the first call. */
function connected(): Promise<StripePort> {
  client ??= connect();
  // A secret that was not set may be set when it is asked for again.
  client.catch(() => {
    client = undefined;
  });
  return client;
}

async function connect(): Promise<StripePort> {
  const settings = settingsOrRefusal();
  const { createStripeClient } = await import('../integrations/stripe/stripe.client.ts');
  return createStripeClient(settings);
}

/** @throws AppError unavailable, so that what waits for Stripe is tried again once it is set up */
function settingsOrRefusal(): ReturnType<typeof stripeSettings> {
  try {
    return stripeSettings();
  } catch (error) {
    throw new AppError(
      'unavailable',
      'Stripe is not set up here: an administrator has to set the secret STRIPE_SECRET_KEY; until then pay by hand and mark payouts as paid',
      { cause: error },
    );
  }
}

/** Stripe as the deployment is set up for it. */
export const stripe: StripePort = {
  createAccount: async (account) => (await connected()).createAccount(account),
  retrieveAccount: async (accountId) => (await connected()).retrieveAccount(accountId),
  accountLink: async (onboarding) => (await connected()).accountLink(onboarding),
  createTransfer: async (transfer) => (await connected()).createTransfer(transfer),
  findTransferByPayout: async (payoutId) => (await connected()).findTransferByPayout(payoutId),
  reverseTransfer: async (reversal) => (await connected()).reverseTransfer(reversal),
  invoicePayments: async (invoiceId) => (await connected()).invoicePayments(invoiceId),
  async *listEvents(query) {
    yield* (await connected()).listEvents(query);
  },
  async *listTransfers(query) {
    yield* (await connected()).listTransfers(query);
  },
};
