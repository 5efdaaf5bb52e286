import { createRoute } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { providerListSchema } from './providers.schema.ts';
import { checkProviders, type WebhooksOf } from './providers.service.ts';

/** Adds the route by which administrators see what of the providers is set up. */
export function registerProviderRoute(api: Api, webhooksOf: WebhooksOf): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/settings/providers',
      responses: answers(
        200,
        providerListSchema,
        'Which providers are set up, what is missing, and the addresses to enter at them',
      ),
    }),
    async (c) => c.json({ providers: await checkProviders(c.var.caller, webhooksOf) }, 200),
  );
}
