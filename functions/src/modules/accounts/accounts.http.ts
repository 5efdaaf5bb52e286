import { setTimeout as pause } from 'node:timers/promises';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import type { EmailPort } from '../../integrations/email/email.port.ts';
import type { Session } from '../../platform/accounts.ts';
import type { Api, ApiEnv } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { clearSession, storeSession } from '../../platform/http/session-cookie.ts';
import { loadMember } from '../users/users.public.ts';
import { contractRoleOf } from '../users/users.schema.ts';
import { passwordResetSchema, sessionSchema, signInSchema } from './accounts.schema.ts';
import { requestPasswordReset, SESSION_LIFETIME_MS, signIn } from './accounts.service.ts';

/** Reads who a request comes from; refuses one without a valid sign-in. */
export type ReadSession = (c: HonoContext<ApiEnv>) => Promise<Session>;

/** Every password reset is answered after at least so long, so that no answer is telling by its speed. */
const RESET_ANSWER_MS = 1000;

const doneSchema = z.object({ success: z.literal(true), message: z.string() });

/** Adds seed 001's `/api/auth/*`, which see to their own sign-in. */
export function registerAccountRoutes(api: Api, email: EmailPort, readSession: ReadSession): void {
  const { 401: refused, 403: denied, ...rest } = answers(200, doneSchema, 'Unused');
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/auth/signin',
      request: { body: jsonBody(signInSchema.clone().openapi('SignIn')) },
      responses: {
        303: { description: 'Signed in: to /dashboard, with the session cookie' },
        ...{ 400: rest[400], 401: refused, 403: denied, 422: rest[422] },
      },
    }),
    async (c) => {
      const cookie = await signIn(c.var.invocation, c.req.valid('json'));
      storeSession(c, cookie, SESSION_LIFETIME_MS);
      return c.redirect('/dashboard', 303);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/auth/session',
      responses: answers(200, sessionSchema, 'Who is signed in; 401 when nobody is'),
    }),
    async (c) => {
      const session = await readSession(c);
      const { user, principal } = await loadMember(c.var.invocation.store, session);
      const { id, email: address, name, role } = user;
      const who = { id, email: address, name, role: contractRoleOf(role), orgId: principal.orgId };
      c.header('Cache-Control', 'no-store');
      return c.json({ user: who, expires: session.expiresAt.toISOString() }, 200);
    },
  );
  registerAwayRoutes(api, email);
}

function registerAwayRoutes(api: Api, email: EmailPort): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/auth/signout',
      responses: answers(200, doneSchema, 'The session cookie is gone'),
    }),
    async (c) => {
      clearSession(c);
      return c.json({ success: true as const, message: 'Signed out' }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/auth/password-reset',
      request: { body: jsonBody(passwordResetSchema.clone().openapi('PasswordReset')) },
      responses: answers(200, doneSchema, 'The same answer whether or not there is an account'),
    }),
    async (c) => {
      const reset = requestPasswordReset(c.var.invocation, email, c.req.valid('json'));
      await Promise.all([reset, pause(RESET_ANSWER_MS)]);
      const message = 'If the address has an account, a mail with a link is on its way';
      return c.json({ success: true as const, message }, 200);
    },
  );
}
