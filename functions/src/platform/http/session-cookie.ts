import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { AppError } from '../errors.ts';
import { authEmulatorHost } from '../params.ts';
import type { ApiEnv } from './api.ts';

/** The one cookie that Firebase Hosting lets through to functions. */
const NAME = '__session';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

type RequestContext = HonoContext<ApiEnv>;

function attributes() {
  // The emulators are reached over plain HTTP, from which some browsers take no Secure cookie.
  const secure = authEmulatorHost() === undefined;
  return { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const;
}

/** Gives the browser the session cookie of somebody who has just signed in. */
export function storeSession(c: RequestContext, cookie: string, lifetimeMs: number): void {
  setCookie(c, NAME, cookie, { ...attributes(), maxAge: lifetimeMs / 1000 });
}

/** Takes the session cookie away. */
export function clearSession(c: RequestContext): void {
  deleteCookie(c, NAME, attributes());
}

/**
 * The session cookie of a request. A browser sends it along with requests that other sites make,
 * so one that changes something must come from a page of ours.
 * @throws AppError permission-denied
 */
export function findSessionCookie(c: RequestContext): string | undefined {
  const cookie = getCookie(c, NAME);
  if (cookie === undefined || cookie === '') return undefined;
  if (!SAFE_METHODS.has(c.req.method)) requireSameOrigin(c);
  return cookie;
}

function requireSameOrigin(c: RequestContext): void {
  // Hosting passes on under which name the browser called; a page of another site cannot forge it.
  const forwarded = c.req.header('X-Forwarded-Host')?.split(',')[0]?.trim();
  const host = forwarded ?? c.req.header('Host') ?? new URL(c.req.url).host;
  if (hostOf(c.req.header('Origin')) === host) return;
  throw new AppError(
    'permission-denied',
    'With a session cookie a request must come from a page of this site (header Origin); ' +
      'elsewhere send a token in the header Authorization',
    { field: 'Origin' },
  );
}

function hostOf(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
}
