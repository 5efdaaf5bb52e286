import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { roleSchema } from '../../platform/principal.schema.ts';
import { explainDecision, type FindAudience } from '../../workflows/explain-access.ts';
import { explainSchema, type RecordType, relationSchema } from './access.schema.ts';

const explanationSchema = z
  .object({
    allowed: z.boolean(),
    clause: z.object({ role: roleSchema, relation: relationSchema }).nullable(),
    demanded: z.array(relationSchema),
    sentence: z.string(),
  })
  .openapi('AccessExplanation');

/** Adds the route that tells administrators why somebody may or may not do something. */
export function registerAccessRoutes(
  api: Api,
  audiences: Partial<Readonly<Record<RecordType, FindAudience>>>,
): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/access/explain',
      request: { query: explainSchema },
      responses: answers(200, explanationSchema, 'The clause of the policy that decides'),
    }),
    async (c) => {
      const explanation = await explainDecision(c.var.caller, audiences, c.req.valid('query'));
      return c.json({ ...explanation, demanded: [...explanation.demanded] }, 200);
    },
  );
}
