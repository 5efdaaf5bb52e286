import type { StripePort } from '../../integrations/stripe/stripe.port.ts';
import { stripeBankPayoutSchema } from '../../integrations/stripe/stripe-objects.schema.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { type InboxHandler, InboxRefusal } from '../inbox/inbox.public.ts';
import type { InboxEntry } from '../inbox/inbox.schema.ts';
import type { BankPayment } from './payees.schema.ts';
import { noteBankPayment, syncAccount } from './sync-account.ts';

type Stripe = Pick<StripePort, 'retrieveAccount'>;

/**
 * The events of connected accounts. Stripe's `payout.*` are about a payee's own balance going to
 * their bank, on Stripe's schedule and for several of our payouts at once: what we owed was paid
 * when it came onto that balance (see settle-transfer.ts), so they move nothing in the ledger. A
 * failure stops Stripe from paying to that bank until the payee corrects it; the payee and whoever
 * pays them see it. https://docs.stripe.com/connect/payouts-connected-accounts
 */
export function payeeHandlers(stripe: Stripe) {
  return {
    'account.updated': onConnected(async (ctx, entry) => {
      await syncAccount(ctx, stripe, accountOf(entry));
    }),
    'payout.paid': onConnected((ctx, entry) => noteBank(ctx, stripe, entry, 'paid')),
    'payout.failed': onConnected((ctx, entry) => noteBank(ctx, stripe, entry, 'failed')),
  };
}

function onConnected(run: InboxHandler['run']): InboxHandler {
  return { source: 'connected', run };
}

function accountOf({ account }: InboxEntry): string {
  if (account !== null) return account;
  throw new InboxRefusal('The event names no connected account');
}

async function noteBank(
  ctx: Invocation,
  stripe: Stripe,
  entry: InboxEntry,
  status: BankPayment['status'],
): Promise<void> {
  const { id, failure_message, failure_code } = stripeBankPayoutSchema.parse(entry.payload);
  const failure = status === 'failed' ? (failure_message ?? failure_code ?? null) : null;
  const bank = { stripePayoutId: id, status, failure, occurredAt: entry.occurredAt };
  await noteBankPayment(ctx, stripe, accountOf(entry), bank);
}
