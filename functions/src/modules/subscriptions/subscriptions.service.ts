import { newWebhookSecret } from '../../integrations/webhook/webhook-secret.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, getPresent, requireVersion, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { putListener, removeListener } from '../listeners/listeners.public.ts';
import { requireFiltered } from './require-filtered.ts';
import { requireOwnHeaders, requireTarget } from './subscriptions.policy.ts';
import { subscriptionSecrets, subscriptions } from './subscriptions.repository.ts';
import type {
  ChangeSubscription,
  ListSubscriptions,
  NewSubscription,
  RotateSecret,
  Subscription,
} from './subscriptions.schema.ts';

type Caller = Context<Principal>;

/** A subscription, with its secret this once. */
export interface WithSecret {
  readonly subscription: Stored<Subscription>;
  readonly secret: string | undefined;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Subscribes to events from this commit on. The secret is in this answer and in no other: that of a
 * repeated request leaves it out, and who has missed it rotates it.
 * @throws AppError permission-denied, invalid-argument (url, headers), failed-precondition
 */
export async function createSubscription(ctx: Caller, input: NewSubscription): Promise<WithSecret> {
  requireOrgAccess(ctx.principal, 'create', 'subscription');
  const { url, types, filters = {}, headers = {}, description = '' } = input;
  requireTarget(url);
  requireOwnHeaders(headers);
  const { orgId, uid } = ctx.principal;
  const [id, secretId, secret] = [ctx.newId(), ctx.newId(), newWebhookSecret()];
  const subscription = await runUnitOfWork(ctx, orgId, async (unit) => {
    await requireFiltered(unit, filters);
    const created = unit.create(subscriptions, id, {
      ...firstVersion({ actor: uid, now: ctx.now }),
      ...{ url, types, filters: definedFilters(filters), description, secretId, status: 'active' },
      headerNames: Object.keys(headers),
      ...{ disabledReason: null, disabledAt: null, previousSecretUntil: null, deletedAt: null },
    });
    unit.create(subscriptionSecrets, id, { current: secret, previous: null, headers });
    await listen(unit, created);
    return created;
  });
  return { subscription, secret: subscription.secretId === secretId ? secret : undefined };
}

/** A page of the subscriptions, the newest first. @throws AppError permission-denied */
export async function listSubscriptions(
  ctx: Caller,
  { cursor, limit }: ListSubscriptions,
): Promise<{ subscriptions: Stored<Subscription>[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'subscription');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { records, nextCursor } = await unit.page(
    subscriptions,
    (query) => query.where('deletedAt', '==', null),
    { order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  );
  return { subscriptions: records, nextCursor };
}

/** @throws AppError permission-denied, not-found */
export async function getSubscription(ctx: Caller, id: string): Promise<Stored<Subscription>> {
  requireOrgAccess(ctx.principal, 'read', 'subscription');
  return getPresent(openUnit(ctx, ctx.principal.orgId), subscriptions, id);
}

/**
 * Changes a subscription. What is paused or disabled listens no more, and what is activated listens
 * again from this commit on: what happened meanwhile is in the stream of events.
 * @throws AppError permission-denied, not-found, conflict (version), invalid-argument, failed-precondition
 */
export async function changeSubscription(
  ctx: Caller,
  id: string,
  { version, headers, filters, ...fields }: ChangeSubscription,
): Promise<Stored<Subscription>> {
  requireOrgAccess(ctx.principal, 'update', 'subscription');
  if (fields.url !== undefined) requireTarget(fields.url);
  if (headers !== undefined) requireOwnHeaders(headers);
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const current = await getPresent(unit, subscriptions, id);
    requireVersion(current, version);
    if (filters !== undefined) await requireFiltered(unit, filters);
    const patch = {
      ...defined(fields),
      ...(filters === undefined ? {} : { filters: definedFilters(filters) }),
      ...(headers === undefined ? {} : { headerNames: Object.keys(headers) }),
      ...(fields.status === 'active' ? { disabledReason: null, disabledAt: null } : {}),
    };
    const changed = updateRecord(unit, subscriptions, current, patch, { actor: uid, now: ctx.now });
    if (headers !== undefined) {
      const secrets = await unit.get(subscriptionSecrets, id);
      unit.update(subscriptionSecrets, secrets, { headers });
    }
    await listen(unit, changed);
    return changed;
  });
}

/**
 * Gives a subscription a new secret. Until the overlap is over, what is sent carries a signature of
 * each; of an older secret than the one before nothing is left.
 * @throws AppError permission-denied, not-found
 */
export async function rotateSecret(
  ctx: Caller,
  id: string,
  { overlapHours }: RotateSecret,
): Promise<WithSecret> {
  requireOrgAccess(ctx.principal, 'update', 'subscription');
  const { orgId, uid } = ctx.principal;
  const [secretId, secret] = [ctx.newId(), newWebhookSecret()];
  const until = overlapHours > 0 ? new Date(ctx.now.getTime() + overlapHours * HOUR_MS) : null;
  const subscription = await runUnitOfWork(ctx, orgId, async (unit) => {
    const [current, secrets] = await Promise.all([
      getPresent(unit, subscriptions, id),
      unit.get(subscriptionSecrets, id),
    ]);
    const previous = until === null ? null : { secret: secrets.current, until };
    unit.update(subscriptionSecrets, secrets, { current: secret, previous });
    const patch = { secretId, previousSecretUntil: until };
    return updateRecord(unit, subscriptions, current, patch, { actor: uid, now: ctx.now });
  });
  return { subscription, secret: subscription.secretId === secretId ? secret : undefined };
}

/** Ends a subscription and forgets its secrets. @throws AppError permission-denied, not-found */
export async function deleteSubscription(ctx: Caller, id: string): Promise<void> {
  requireOrgAccess(ctx.principal, 'delete', 'subscription');
  const { orgId, uid } = ctx.principal;
  await runUnitOfWork(ctx, orgId, async (unit) => {
    const [current, secrets] = await Promise.all([
      getPresent(unit, subscriptions, id),
      unit.find(subscriptionSecrets, id),
    ]);
    const patch = { deletedAt: ctx.now };
    updateRecord(unit, subscriptions, current, patch, { actor: uid, now: ctx.now });
    if (secrets !== undefined) unit.remove(subscriptionSecrets, secrets);
    await removeListener(unit, id);
  });
}

/**
 * Ends the sending to an endpoint that is gone or has failed for days.
 * @returns false when it was not active any more
 */
export async function disableSubscription(
  unit: UnitOfWork,
  current: Stored<Subscription>,
  reason: 'gone' | 'failing',
  now: Date,
): Promise<boolean> {
  if (current.status !== 'active' || current.deletedAt !== null) return false;
  const patch = { status: 'disabled', disabledReason: reason, disabledAt: now } as const;
  updateRecord(unit, subscriptions, current, patch, { actor: 'system:deliveries', now });
  await removeListener(unit, current.id);
  return true;
}

/** Has an active subscription listen, and any other one listen no more. */
async function listen(
  unit: UnitOfWork,
  { id, status, types, filters }: Stored<Subscription>,
): Promise<void> {
  if (status !== 'active') return removeListener(unit, id);
  await putListener(unit, { id, kind: 'subscription', types, settings: { filters } });
}

function definedFilters({ recordType, teamId, ownerId }: Subscription['filters']) {
  return defined({ recordType, teamId, ownerId });
}
