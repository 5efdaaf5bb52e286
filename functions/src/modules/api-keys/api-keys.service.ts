import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { describeError } from '../../platform/log.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import {
  isContention,
  openUnit,
  type Store,
  type UnitOfWork,
} from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { apiKeyIdOf, locateApiKey, newApiKeySecret, prefixOf } from './api-key-secret.ts';
import { apiKeys } from './api-keys.repository.ts';
import type { ApiKey, ListApiKeys, NewApiKey } from './api-keys.schema.ts';

type Caller = Context<Principal>;

const HOUR_MS = 60 * 60 * 1000;

/**
 * Makes an API key. Its secret is in this answer and nowhere else; the answer of a repeated
 * request has none.
 * @throws AppError permission-denied, invalid-argument (expiresAt)
 */
export async function createApiKey(
  ctx: Caller,
  { name, scopes, expiresAt = null }: NewApiKey,
): Promise<{ apiKey: Stored<ApiKey>; secret: string | undefined }> {
  requireOrgAccess(ctx.principal, 'create', 'apiKey');
  requireFuture(expiresAt, ctx.now);
  const { orgId, uid } = ctx.principal;
  const secret = newApiKeySecret(orgId);
  const id = apiKeyIdOf(secret);
  const apiKey = await runUnitOfWork(ctx, orgId, async (unit) =>
    unit.create(apiKeys, id, {
      ...firstVersion({ actor: uid, now: ctx.now }),
      ...{ name, scopes, expiresAt, prefix: prefixOf(secret) },
      revokedAt: null,
      lastUsedAt: null,
    }),
  );
  // A repeated request is answered with the key that the first one made; its secret is gone.
  return { apiKey, secret: apiKey.id === id ? secret : undefined };
}

/** A page of the API keys, the newest first. @throws AppError permission-denied */
export async function listApiKeys(
  ctx: Caller,
  { cursor, limit }: ListApiKeys,
): Promise<{ apiKeys: Stored<ApiKey>[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'apiKey');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { records, nextCursor } = await unit.page(apiKeys, (query) => query, {
    ...{ order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  });
  return { apiKeys: records, nextCursor };
}

/**
 * Makes a key void from the next request on. Revoking it again changes nothing.
 * @throws AppError permission-denied, not-found
 */
export async function revokeApiKey(ctx: Caller, apiKeyId: string): Promise<Stored<ApiKey>> {
  requireOrgAccess(ctx.principal, 'delete', 'apiKey');
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const apiKey = await unit.get(apiKeys, apiKeyId);
    if (apiKey.revokedAt !== null) return apiKey;
    const revoked = { revokedAt: ctx.now };
    return updateRecord(unit, apiKeys, apiKey, revoked, { actor: uid, now: ctx.now });
  });
}

/**
 * Who a request with this API key acts as: a service user with an administrator's sight, within
 * the key's scopes. One billed read, and once an hour one write that notes the use.
 * @throws AppError unauthenticated
 */
export async function authenticateApiKey(
  ctx: Pick<Invocation, 'store' | 'now' | 'log'>,
  secret: string,
): Promise<Principal> {
  const place = locateApiKey(secret);
  if (place === undefined) throw invalidKey();
  const unit = openUnit(ctx, place.orgId);
  const apiKey = await unit.find(apiKeys, place.apiKeyId);
  if (apiKey === undefined || !isValid(apiKey, ctx.now)) throw invalidKey();
  await noteUse(ctx, unit, apiKey);
  return principalOf(place.orgId, apiKey);
}

/** Who a key acts as, by its id: for work that it ordered earlier. @throws AppError permission-denied */
export async function loadApiKeyPrincipal(
  store: Store,
  { orgId, apiKeyId, now }: { orgId: string; apiKeyId: string; now: Date },
): Promise<Principal> {
  const apiKey = await openUnit({ store }, orgId).find(apiKeys, apiKeyId);
  if (apiKey !== undefined && isValid(apiKey, now)) return principalOf(orgId, apiKey);
  throw new AppError('permission-denied', 'The API key that ordered this is not valid any more');
}

function principalOf(orgId: string, { id, scopes }: Stored<ApiKey>): Principal {
  return {
    kind: 'apiKey',
    orgId,
    uid: id,
    role: 'admin',
    teamId: null,
    managedTeamIds: [],
    scopes,
  };
}

function isValid({ revokedAt, expiresAt }: ApiKey, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** Notes the use unless that was done within the hour; of requests side by side one notes it. */
async function noteUse(
  { now, log }: Pick<Invocation, 'now' | 'log'>,
  unit: UnitOfWork,
  apiKey: Stored<ApiKey>,
): Promise<void> {
  const { id, lastUsedAt } = apiKey;
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < HOUR_MS) return;
  try {
    updateRecord(unit, apiKeys, apiKey, { lastUsedAt: now }, { actor: id, now });
    await unit.commit();
  } catch (error) {
    // A note that is lost to a race or an outage is no reason to refuse the request.
    if (!isContention(error)) log.warn({ apiKeyId: id, ...describeError(error) }, 'use not noted');
  }
}

function requireFuture(expiresAt: Date | null, now: Date): void {
  if (expiresAt === null || expiresAt > now) return;
  throw new AppError('invalid-argument', 'expiresAt: give a time in the future, or leave it out', {
    field: 'expiresAt',
  });
}

function invalidKey(): AppError {
  return new AppError(
    'unauthenticated',
    'The API key is unknown, expired or revoked; ask an administrator for a valid one',
  );
}
