import { createRoute } from '@hono/zod-openapi';
import type { StripePort } from '../../integrations/stripe/stripe.port.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, optionalJsonBody } from '../../platform/http/responses.ts';
import { beginOnboardingSchema, listPayeesSchema } from './payees.schema.ts';
import { beginOnboarding, getOwnPayee, listPayees } from './payees.service.ts';
import { onboardingSchema, payeeListSchema, payeeViewSchema, toPayeeView } from './payees.view.ts';

/** Adds the routes about how people are paid by Stripe. */
export function registerPayeeRoutes(api: Api, stripe: StripePort): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payees/me/onboarding',
      request: { body: optionalJsonBody(beginOnboardingSchema.clone().openapi('Onboarding')) },
      responses: answers(200, onboardingSchema, 'Where to go on at Stripe, within minutes'),
    }),
    async (c) => {
      const link = await beginOnboarding(c.var.caller, stripe, c.req.valid('json'));
      return c.json({ url: link.url, expiresAt: link.expiresAt.toISOString() }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/payees/me',
      responses: answers(200, payeeViewSchema, 'How you are paid by Stripe'),
    }),
    async (c) => c.json(toPayeeView(await getOwnPayee(c.var.caller)), 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/payees',
      request: { query: listPayeesSchema },
      responses: answers(200, payeeListSchema, 'How those whose payouts you see are paid'),
    }),
    async (c) => {
      const { rows, nextCursor } = await listPayees(c.var.caller, c.req.valid('query'));
      return c.json({ payees: rows.map(toPayeeView), nextCursor }, 200);
    },
  );
}
