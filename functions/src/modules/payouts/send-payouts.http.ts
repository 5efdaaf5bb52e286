import { createRoute, z } from '@hono/zod-openapi';
import type { StripePort } from '../../integrations/stripe/stripe.port.ts';
import type { Api } from '../../platform/http/api.ts';
import { batchAnswerSchema, toBatchAnswer } from '../../platform/http/batch-answer.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { sendPayout, sendPayouts } from '../../workflows/send-payout.ts';
import { sendPayoutsSchema } from './payouts.schema.ts';
import { payoutViewSchema, toPayoutView } from './payouts.view.ts';

const paramsSchema = z.strictObject({ id: idSchema });

/** Adds the routes that pay by Stripe. */
export function registerSendRoutes(api: Api, stripe: StripePort): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payouts/send',
      request: { body: jsonBody(sendPayoutsSchema.clone().openapi('PayoutSending')) },
      responses: answers(200, batchAnswerSchema(payoutViewSchema), 'How each payout fared'),
    }),
    async (c) => {
      const rows = await sendPayouts(c.var.caller, stripe, c.req.valid('json'));
      return c.json(toBatchAnswer(rows, toPayoutView), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payouts/{id}/send',
      request: { params: paramsSchema },
      responses: answers(
        200,
        payoutViewSchema,
        'Paid; failed, with the reason; sending, when Stripe does not answer; or voided',
      ),
    }),
    async (c) => {
      const payout = await sendPayout(c.var.caller, stripe, c.req.valid('param').id);
      return c.json(toPayoutView(payout), 200);
    },
  );
}
