import type { StripePort } from '../integrations/stripe/stripe.port.ts';
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
  const { createStripeClient } = await import('../integrations/stripe/stripe.client.ts');
  return createStripeClient(stripeSettings());
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
