import { inboxHandlers } from '../../functions/src/app/inbox-handlers.ts';
import {
  type StripePort,
  StripeTransientError,
} from '../../functions/src/integrations/stripe/stripe.port.ts';
import { toStripeEvent } from '../../functions/src/integrations/stripe/stripe-event.ts';
import {
  processEntry,
  receiveStripeEvent,
} from '../../functions/src/modules/inbox/inbox.public.ts';
import { syncAccount } from '../../functions/src/modules/payees/payees.public.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import type { StripeFake } from '../fakes/stripe.ts';
import type { StripeObject } from '../fakes/stripe-objects.ts';
import { ReplyLost } from '../support/faults.ts';
import { invocationAt } from '../support/jobs.ts';
import type { Member, Organisation } from '../support/organisation.ts';

/** Opens an account for somebody, and has its owner tell Stripe everything unless told not to. */
export async function payByStripe(
  org: Pick<Organisation, 'orgId'>,
  { uid }: Pick<Member, 'uid'>,
  stripe: StripePort,
  fake: StripeFake,
  { isOnboarded = true } = {},
): Promise<string> {
  const { id } = await stripe.createAccount({ orgId: org.orgId, uid, country: 'US' });
  if (isOnboarded) fake.onboard(id);
  await syncAccount(invocationAt(new Date()), stripe, id);
  return id;
}

/** Stores an event and does what it asks for, as webhook and trigger would. */
export async function tell(event: StripeObject, now = new Date(), meter?: Meter) {
  const ctx = invocationAt(now, meter === undefined ? {} : { meter });
  await receiveStripeEvent(ctx, toStripeEvent(event));
  return processEntry(ctx, inboxHandlers, `stripe_${event.id}`);
}

/** The transfers that Stripe has for a payout. */
export function transfersOf(fake: StripeFake, payoutId: string): StripeObject[] {
  return fake.state.transfers.filter(({ transfer_group }) => transfer_group === payoutId);
}

/** The event of a type about an object; the last one there is. */
export function eventAbout(fake: StripeFake, type: string, objectId: string): StripeObject {
  const found = fake.state.events.findLast(
    (event) => event.type === type && Object(event.data).object.id === objectId,
  );
  if (found === undefined) throw new Error(`there is no ${type} of ${objectId}`);
  return found;
}

/** Stripe, every call of which goes through a meter as one to Firestore does. */
export function metered(stripe: StripePort, meter: Meter): StripePort {
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await meter.trip(work);
    } catch (error) {
      if (error instanceof ReplyLost) throw new StripeTransientError('lost', error.message);
      throw error;
    }
  };
  return {
    ...stripe,
    createAccount: (account) => call(() => stripe.createAccount(account)),
    retrieveAccount: (id) => call(() => stripe.retrieveAccount(id)),
    accountLink: (onboarding) => call(() => stripe.accountLink(onboarding)),
    createTransfer: (transfer) => call(() => stripe.createTransfer(transfer)),
    findTransferByPayout: (payoutId) => call(() => stripe.findTransferByPayout(payoutId)),
  };
}
