import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { authenticateApiKey, isApiKeySecret } from '../modules/api-keys/api-keys.public.ts';
import { loadPrincipal } from '../modules/users/users.public.ts';
import { type Session, verifyIdToken, verifySessionCookie } from '../platform/accounts.ts';
import { AppError } from '../platform/errors.ts';
import type { ApiEnv } from '../platform/http/api.ts';
import { findSessionCookie } from '../platform/http/session-cookie.ts';
import { IdempotencyKey } from '../platform/idempotency.ts';
import type { Principal, Scope } from '../platform/principal.schema.ts';

type RequestContext = HonoContext<ApiEnv>;

const MUTATING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const MAX_KEY_LENGTH = 255;

/** Lets a request through with the caller's present membership, before its body is looked at. */
export const authenticate = createMiddleware<ApiEnv>(async (c, next) => {
  const { invocation } = c.var;
  c.set('caller', { ...invocation, principal: await readPrincipal(c) });
  await next();
});

async function readPrincipal(c: RequestContext): Promise<Principal> {
  const { invocation } = c.var;
  const token = findBearerToken(c);
  if (token === undefined || !isApiKeySecret(token)) {
    return loadPrincipal(invocation.store, await readSession(c));
  }
  const principal = await authenticateApiKey(invocation, token);
  requireScope(principal, MUTATING.has(c.req.method) ? 'write:crm' : 'read:crm');
  return principal;
}

/**
 * Which account a request comes from: by an ID token in its header or the session cookie.
 * @throws AppError unauthenticated; permission-denied for a cookie that another site made use of
 */
export async function readSession(c: RequestContext): Promise<Session> {
  const token = findBearerToken(c);
  if (token !== undefined) return verifyIdToken(token);
  const cookie = c.req.header('Authorization') === undefined ? findSessionCookie(c) : undefined;
  if (cookie !== undefined) return verifySessionCookie(cookie);
  throw new AppError(
    'unauthenticated',
    'Send a Firebase ID token or an API key in the header Authorization: Bearer <token>',
  );
}

function findBearerToken(c: RequestContext): string | undefined {
  const [scheme, token] = (c.req.header('Authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token ? token : undefined;
}

function requireScope({ scopes }: Principal, scope: Scope): void {
  if (scopes.includes(scope)) return;
  throw new AppError(
    'permission-denied',
    `This API key lacks the scope ${scope}; use a key that has it`,
  );
}

/** Ties a mutating request's Idempotency-Key to its caller, method, path and body. */
export const acceptIdempotencyKey = createMiddleware<ApiEnv>(async (c, next) => {
  const key = c.req.header('Idempotency-Key');
  if (key === undefined || !MUTATING.has(c.req.method)) return next();
  if (key.trim() === '' || key.length > MAX_KEY_LENGTH) {
    throw new AppError(
      'invalid-argument',
      `Idempotency-Key: give 1 to ${MAX_KEY_LENGTH} characters, for example a UUID`,
      { field: 'Idempotency-Key' },
    );
  }
  const { caller } = c.var;
  // Byte by byte: a text would hide that an uploaded file is not UTF-8.
  const body = Buffer.from(await c.req.arrayBuffer()).toString('latin1');
  const request = `${c.req.method} ${c.req.path}\n${body}`;
  const idempotency = new IdempotencyKey(caller.principal.uid, key, request);
  c.set('caller', { ...caller, idempotency });
  await next();
  if (idempotency.replayed) c.header('Idempotency-Replayed', 'true');
});
