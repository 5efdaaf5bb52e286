import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { Context } from '../context.ts';
import { AppError, type ErrorStatus, toAppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { describeError } from '../log.ts';
import type { Principal } from '../principal.schema.ts';
import { type Invocation, startInvocation } from '../runtime.ts';
import { validationError } from '../validation.ts';
import { requirePlainUtf8 } from './plain-utf8.ts';
import { isV1, v1ErrorOf } from './v1.ts';

/** What middleware leaves for the handlers; `caller` only behind authentication. */
export interface ApiEnv {
  Variables: { invocation: Invocation; caller: Context<Principal> };
}
export type Api = OpenAPIHono<ApiEnv>;

const MAX_BODY_BYTES = 1024 * 1024;
/** For routes that take files; a file in it is a little smaller, for its envelope counts too. */
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** The error body of the `/api` door. */
export const apiErrorSchema = z.object({
  error: z.string(),
  code: z.string(),
  status: z.int(),
  details: z.string().optional(),
  field: z.string().optional(),
  requestId: z.string(),
  timestamp: z.string(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

/** Begins the invocation of a request; what it counts and at what time are the caller's to choose. */
export type Start = (requestId: string) => Invocation;

/**
 * A router whose every refusal is an AppError in the `/api` door's envelope; `uploadPaths` are the
 * routes that take larger bodies.
 */
export function createApi(
  start: Start = startInvocation,
  uploadPaths: readonly string[] = [],
): Api {
  const api: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return;
      // Without a type the body is not read, and the schema would ask for its first field.
      const isUntyped = result.target === 'json' && c.req.header('Content-Type') === undefined;
      // The refused input is there, though the hook's type does not say so.
      const input = 'data' in result ? result.data : undefined;
      throw isUntyped ? notJson() : validationError(result.error, input);
    },
  });
  api.use(async (c, next) => {
    const requestId = newId();
    c.set('invocation', start(requestId));
    c.header('X-Request-Id', requestId);
    await next();
  });
  const limitBody = bodyOfAtMost(MAX_BODY_BYTES);
  const limitUpload = bodyOfAtMost(MAX_UPLOAD_BYTES);
  api.use((c, next) => (uploadPaths.includes(c.req.path) ? limitUpload : limitBody)(c, next));
  api.use(requirePlainUtf8);
  api.notFound((c) =>
    refuseAtDoor(c, new AppError('not-found', `There is no ${c.req.method} ${c.req.path}`)),
  );
  api.onError((error, c) => refuseAtDoor(c, asAppError(error)));
  return api;
}

/**
 * Refuses larger bodies. One that is sent in chunks has no length: Google's framework has read it by
 * now, and so it is measured. (Hono's own limit makes a copy of the request, which the request of
 * Node's server does not bear.)
 */
function bodyOfAtMost(maxBytes: number) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const declared = c.req.header('Content-Length');
    const bytes =
      declared === undefined ? (await c.req.arrayBuffer()).byteLength : Number(declared);
    if (bytes > maxBytes) {
      throw new AppError('payload-too-large', `The body is larger than ${maxBytes} bytes`);
    }
    await next();
  });
}

function notJson(cause?: unknown): AppError {
  return new AppError(
    'unsupported-media-type',
    'Send the body as JSON, with the header Content-Type: application/json',
    { cause },
  );
}

/** Answers with an error; unknown ones are logged whole and answered without their text. */
export function refuse<S extends ErrorStatus>(c: HonoContext<ApiEnv>, error: AppError, status: S) {
  const { log } = c.var.invocation;
  if (status >= 500) log.error(describeError(error), 'request failed');
  const requestId = c.res.headers.get('X-Request-Id') ?? '';
  return c.json(apiErrorOf(error, status, requestId, c.var.invocation.now), status);
}

/** Answers with an error in the envelope of the door that was called. */
function refuseAtDoor(c: HonoContext<ApiEnv>, error: AppError): Response {
  const answer = refuse(c, error, error.status);
  if (!isV1(c.req.path)) return answer;
  const requestId = c.res.headers.get('X-Request-Id') ?? '';
  return c.json(v1ErrorOf(error, { requestId, now: c.var.invocation.now }), error.status);
}

function apiErrorOf(error: AppError, status: number, requestId: string, now: Date): ApiError {
  const headline = error.code === 'unauthenticated' ? 'Unauthorized' : error.message;
  return {
    error: headline,
    code: error.code.toUpperCase().replaceAll('-', '_'),
    status,
    ...(headline === error.message ? {} : { details: error.message }),
    ...(error.field === undefined ? {} : { field: error.field }),
    requestId,
    timestamp: now.toISOString(),
  };
}

function asAppError(error: unknown): AppError {
  if (error instanceof HTTPException && error.status === 415) return notJson(error);
  if (error instanceof HTTPException && error.status < 500) {
    return new AppError('malformed', error.message || 'The request is malformed', { cause: error });
  }
  return toAppError(error);
}
