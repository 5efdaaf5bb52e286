import pMap from 'p-map';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { createWebhookSender } from '../../functions/src/integrations/webhook/webhook.client.ts';
import type { WebhookSender } from '../../functions/src/integrations/webhook/webhook.port.ts';
import type { Deal } from '../../functions/src/modules/deals/deals.schema.ts';
import {
  type Delivery,
  deliverySchema,
} from '../../functions/src/modules/deliveries/deliveries.schema.ts';
import { deliver } from '../../functions/src/modules/deliveries/sending.public.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import {
  type NewSubscription,
  type Subscription,
  subscriptionSchema,
} from '../../functions/src/modules/subscriptions/subscriptions.schema.ts';
import {
  createSubscription,
  type WithSecret,
} from '../../functions/src/modules/subscriptions/subscriptions.service.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import { contextOf } from '../support/context.ts';
import { dealOf } from '../support/deals.ts';
import { invocationAt } from '../support/jobs.ts';
import type { Organisation } from '../support/organisation.ts';
import { resolveReceiver } from './receiver.ts';

const TIMEOUT_MS = 3_000;

/** The product's own sender, in front of which the test answers for the name system. */
export const sender: WebhookSender = createWebhookSender({
  ...{ policy: 'local', resolve: resolveReceiver, timeoutMs: TIMEOUT_MS },
});

/** A subscription to everything about deals, unless something else is asked for. */
export async function subscribe(
  org: Organisation,
  url: string,
  fields: Partial<NewSubscription> = {},
): Promise<WithSecret & { readonly id: string; readonly secret: string }> {
  const ctx = { ...contextOf(org.admin.principal), tasks: invocationAt(new Date()).tasks };
  const made = await createSubscription(ctx, { url, types: ['deal.*'], ...fields });
  if (made.secret === undefined) throw new Error('a new subscription has a secret');
  return { ...made, id: made.subscription.id, secret: made.secret };
}

/** The changes of a deal, delivered as its trigger would. */
export class DealHistory {
  readonly #org: Organisation;
  readonly id: string;
  #state: Deal | undefined;

  constructor(org: Organisation, id: string) {
    this.#org = org;
    this.id = id;
  }

  get version(): number {
    return this.#state?.version ?? 0;
  }

  get title(): string {
    return this.#state?.title ?? '';
  }

  async change(at: Date, fields: Partial<Deal> = {}): Promise<void> {
    const before = this.#state;
    const version = this.version + 1;
    const fresh = before ?? dealOf(this.#org.rep.principal);
    const bookkeeping = { version, updatedAt: at, updatedBy: this.#org.rep.uid };
    const after = { ...fresh, title: `Title ${version}`, ...fields, ...bookkeeping };
    this.#state = after;
    const delivery = { orgId: this.#org.orgId, recordId: this.id, before, after };
    await recordChange(invocationAt(at), recordKinds.deals, delivery);
  }
}

/** All deliveries of an organisation by id. */
export async function deliveriesOf(orgId: string): Promise<Record<string, Delivery>> {
  const { docs } = await firestore().collection(`orgs/${orgId}/deliveries`).get();
  return Object.fromEntries(
    docs.map((doc) => [doc.id, deliverySchema.parse(timestampsToDates(doc.data()))]),
  );
}

/** A subscription as it is stored. */
export async function storedSubscription(orgId: string, id: string): Promise<Subscription> {
  const snapshot = await firestore().doc(`orgs/${orgId}/subscriptions/${id}`).get();
  return subscriptionSchema.parse(timestampsToDates(snapshot.data()));
}

/** When the next attempt of an organisation is due. */
export async function nextDue(orgId: string): Promise<Date | undefined> {
  const { docs } = await firestore()
    .collection(`orgs/${orgId}/deliveries`)
    .where('nextSendAt', '>', new Date(0))
    .orderBy('nextSendAt')
    .limit(1)
    .get();
  const [first] = docs.map((doc) => deliverySchema.parse(timestampsToDates(doc.data())));
  return first?.nextSendAt ?? undefined;
}

/** Runs what is due at a time, as tasks would; answers how many attempts were made. */
export async function deliverDue(
  orgId: string,
  now: Date,
  options: { meter?: Meter; sender?: WebhookSender; random?: () => number } = {},
): Promise<number> {
  const { docs } = await firestore()
    .collection(`orgs/${orgId}/deliveries`)
    .where('nextSendAt', '<=', now)
    .get();
  const ports = { sender: options.sender ?? sender, random: options.random ?? (() => 0.5) };
  const results = await pMap(docs, (doc) => deliver(invocationAt(now), orgId, doc.id, ports), {
    concurrency: 8,
  });
  return results.filter((result) => result !== 'nothing').length;
}
