import { z } from 'zod';
import type { StripePort } from '../../integrations/stripe/stripe.port.ts';
import type { Stored } from '../../platform/collection.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { users } from '../users/users.public.ts';
import { accountFields, isNewer, newPayee } from './payees.policy.ts';
import { payees } from './payees.repository.ts';
import type { BankPayment, Payee } from './payees.schema.ts';

type Work = Pick<Invocation, 'store' | 'now'>;
type Stripe = Pick<StripePort, 'retrieveAccount'>;

/** Who an account was opened for: the platform wrote it into the account, nobody else can. */
const holderSchema = z.object({ orgId: idSchema, uid: idSchema });
type Holder = z.infer<typeof holderSchema>;

/**
 * Brings what Stripe says of an account now into its payee; an event's own account may be out of
 * date. The payee is read before Stripe is asked, and its read time guards the commit: so what is
 * stored can only be replaced by what was asked for later. An account whose opening was cut short
 * before it was stored is stored now; a second account of the same payee is left alone.
 * @returns the payee, or undefined when the account is none of ours
 * @throws StripePermanentError, StripeTransientError
 */
export async function syncAccount(
  { store, now }: Work,
  stripe: Stripe,
  accountId: string,
): Promise<Stored<Payee> | undefined> {
  const holder = await findHolder(stripe, accountId);
  if (holder === undefined) return undefined;
  return runUnitOfWork({ store, now }, holder.orgId, async (unit) => {
    const known = await unit.find(payees, holder.uid);
    if (known === undefined && (await unit.find(users, holder.uid)) === undefined) return undefined;
    if (known !== undefined && (known.stripeAccountId ?? accountId) !== accountId) return known;
    const fields = accountFields(await stripe.retrieveAccount(accountId));
    if (known === undefined) {
      return unit.create(payees, holder.uid, { ...newPayee(null, now), ...fields });
    }
    return unit.update(payees, known, { ...fields, updatedAt: now });
  });
}

/** Notes what became of a payment to a payee's bank; what is older than what is known is dropped. */
export async function noteBankPayment(
  { store, now }: Work,
  stripe: Stripe,
  accountId: string,
  bank: BankPayment,
): Promise<void> {
  const holder = await findHolder(stripe, accountId);
  if (holder === undefined) return;
  await runUnitOfWork({ store, now }, holder.orgId, async (unit) => {
    const known = await unit.find(payees, holder.uid);
    if (known?.stripeAccountId !== accountId || !isNewer(known.bank, bank)) return;
    unit.update(payees, known, { bank, updatedAt: now });
  });
}

async function findHolder(stripe: Stripe, accountId: string): Promise<Holder | undefined> {
  const { metadata } = await stripe.retrieveAccount(accountId);
  return holderSchema.safeParse(metadata).data;
}
