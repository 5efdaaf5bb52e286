import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { getPresent } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { enqueueAll, type Task } from '../../platform/tasks.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { subscriptions } from '../subscriptions/subscriptions.public.ts';
import { deliveries, pageOfDeliveries } from './deliveries.repository.ts';
import type {
  Delivery,
  DeliveryDetail,
  DeliveryView,
  ListDeliveries,
  RedeliverMany,
} from './deliveries.schema.ts';
import { toDeliveryView } from './deliveries.view.ts';
import { bodyOf } from './message-body.ts';
import { addDelivery, taskOf } from './new-delivery.ts';

type Caller = Context<Principal>;

/** What ended without having reached the endpoint. */
const NOT_DELIVERED = ['failed', 'skipped'] as const;

/** So many are sent again by one request: all of them in one commit. */
const REDELIVERED_AT_ONCE = 200;

/** @throws AppError permission-denied, not-found */
export async function listDeliveries(
  ctx: Caller,
  subscriptionId: string,
  { status, ...page }: ListDeliveries,
): Promise<{ deliveries: DeliveryView[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'subscription');
  const unit = openUnit(ctx, ctx.principal.orgId);
  await getPresent(unit, subscriptions, subscriptionId);
  const selection = { subscriptionId, statuses: status && [status] };
  const { limit, cursor } = page;
  const found = await pageOfDeliveries(unit, selection, { limit, cursor, direction: 'desc' });
  return { deliveries: found.records.map(toDeliveryView), nextCursor: found.nextCursor };
}

/** @throws AppError permission-denied, not-found */
export async function getDelivery(
  ctx: Caller,
  subscriptionId: string,
  deliveryId: string,
): Promise<DeliveryDetail> {
  requireOrgAccess(ctx.principal, 'read', 'subscription');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const delivery = await getOf(unit, subscriptionId, deliveryId);
  const body = await bodyOf(unit, delivery.message);
  return { ...toDeliveryView(delivery), body: body ?? null };
}

/**
 * Sends something once more, whatever became of it, under the same id and with a new round of
 * attempts. What is waiting for its next attempt is tried at once.
 * @throws AppError permission-denied, not-found, failed-precondition
 */
export async function redeliver(
  ctx: Caller,
  subscriptionId: string,
  deliveryId: string,
): Promise<DeliveryView> {
  requireOrgAccess(ctx.principal, 'update', 'subscription');
  const { orgId } = ctx.principal;
  const view = await runUnitOfWork(ctx, orgId, async (unit) => {
    const delivery = await getOf(unit, subscriptionId, deliveryId);
    requireActive(await getPresent(unit, subscriptions, subscriptionId));
    return toDeliveryView(startRound(unit, delivery, ctx.now));
  });
  await enqueueAll(ctx, [againTask(ctx, deliveryId)]);
  return view;
}

/**
 * Sends again what was not delivered, or what was made in a span of time: up to 200, the oldest first, in
 * one commit. The answer's cursor goes on with the next ones.
 * @throws AppError permission-denied, not-found, failed-precondition, invalid-argument
 */
export async function redeliverMany(
  ctx: Caller,
  subscriptionId: string,
  { status, createdFrom, createdUntil, cursor }: RedeliverMany,
): Promise<{ redelivered: string[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'update', 'subscription');
  const { orgId } = ctx.principal;
  const selection = {
    ...{ subscriptionId, statuses: status === undefined ? NOT_DELIVERED : [status] },
    createdFrom: createdFrom === undefined ? undefined : new Date(createdFrom),
    createdUntil: createdUntil === undefined ? undefined : new Date(createdUntil),
  };
  const result = await runUnitOfWork(ctx, orgId, async (unit) => {
    requireActive(await getPresent(unit, subscriptions, subscriptionId));
    const { records, nextCursor } = await pageOfDeliveries(unit, selection, {
      ...{ limit: REDELIVERED_AT_ONCE, cursor, direction: 'asc' },
    });
    for (const delivery of records) startRound(unit, delivery, ctx.now);
    return { redelivered: records.map(({ id }) => id), nextCursor };
  });
  await enqueueAll(
    ctx,
    result.redelivered.map((id) => againTask(ctx, id)),
  );
  return result;
}

/**
 * Sends a made-up event to an endpoint, so that its owner sees it arrive. Also while it is paused.
 * @throws AppError permission-denied, not-found, failed-precondition
 */
export async function sendTest(ctx: Caller, subscriptionId: string): Promise<DeliveryView> {
  requireOrgAccess(ctx.principal, 'update', 'subscription');
  const { orgId } = ctx.principal;
  const id = `${subscriptionId}_test_${ctx.newId()}`;
  const body = JSON.stringify({
    ...{ id, type: 'webhook.test', types: ['webhook.test'] },
    timestamp: ctx.now.toISOString(),
    data: { subscriptionId, actor: ctx.principal.uid },
  });
  const types = ['webhook.test'];
  const view = await runUnitOfWork(ctx, orgId, async (unit) => {
    const { status } = await getPresent(unit, subscriptions, subscriptionId);
    if (status === 'disabled') throw notActive(status);
    const message = { kind: 'test', body } as const;
    return toDeliveryView(addDelivery(unit, id, { subscriptionId, types, message }, ctx.now));
  });
  await enqueueAll(ctx, [taskOf(orgId, view.id, view.id)]);
  return view;
}

function startRound(unit: UnitOfWork, delivery: Stored<Delivery>, now: Date): Stored<Delivery> {
  const round = { status: 'pending', nextSendAt: now, roundStartedAt: now, tries: 0 } as const;
  return unit.update(deliveries, delivery, round);
}

/** The name of its first task is taken for a day. */
function againTask({ principal, newId }: Caller, deliveryId: string): Task {
  return taskOf(principal.orgId, deliveryId, `${deliveryId}-${newId()}`);
}

async function getOf(
  unit: UnitOfWork,
  subscriptionId: string,
  deliveryId: string,
): Promise<Stored<Delivery>> {
  const delivery = await unit.find(deliveries, deliveryId);
  if (delivery?.subscriptionId === subscriptionId) return delivery;
  throw notFound('Delivery', deliveryId);
}

function requireActive({ status }: { readonly status: string }): void {
  if (status !== 'active') throw notActive(status);
}

function notActive(status: string): AppError {
  return new AppError(
    'failed-precondition',
    `The subscription is ${status}; activate it with PATCH {"status":"active"} first`,
    { field: 'status' },
  );
}
