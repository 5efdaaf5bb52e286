import { createRoute, z } from '@hono/zod-openapi';
import { signedUpSchema, signUpSchema } from '../modules/orgs/orgs.schema.ts';
import { AppError } from '../platform/errors.ts';
import { type Api, refuse } from '../platform/http/api.ts';
import { answers, jsonBody } from '../platform/http/responses.ts';
import { signUp } from '../workflows/sign-up.ts';

// A fresh instance: a schema made before zod-openapi was loaded has no `openapi` method.
const signUpBodySchema = z.strictObject(signUpSchema.shape).openapi('SignUp');

/** Adds `POST /api/signup`, the one route that needs no token. */
export function registerSignUpRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/signup',
      request: { body: jsonBody(signUpBodySchema) },
      responses: answers(
        200,
        signedUpSchema,
        'The account, the organisation and its administrator',
      ),
    }),
    async (c) => {
      try {
        const { userId, orgId } = await signUp(c.var.invocation, c.req.valid('json'));
        const message = 'Account created successfully';
        return c.json({ success: true as const, userId, orgId, message }, 200);
      } catch (error) {
        // The published contract answers a taken address with 400.
        if (error instanceof AppError && error.code === 'already-exists')
          return refuse(c, error, 400);
        throw error;
      }
    },
  );
}
