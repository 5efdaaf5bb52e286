import { createRoute, z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { scopeSchema } from '../../platform/principal.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { type ApiKey, listApiKeysSchema, newApiKeySchema } from './api-keys.schema.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.service.ts';

const apiKeyViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scopeSchema),
    createdBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
  })
  .openapi('ApiKey');

const newApiKeyViewSchema = apiKeyViewSchema
  .extend({
    secret: z
      .string()
      .optional()
      .openapi({ description: 'Shown this once; a repeated request is answered without it' }),
  })
  .openapi('NewApiKeyWithSecret');

const apiKeyListSchema = z.object({
  apiKeys: z.array(apiKeyViewSchema),
  nextCursor: z.string().nullable(),
});

const paramsSchema = z.strictObject({ id: idSchema });

/** Adds the routes by which administrators manage API keys. */
export function registerApiKeyRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/api-keys',
      request: { body: jsonBody(newApiKeySchema.clone().openapi('NewApiKey')) },
      responses: answers(201, newApiKeyViewSchema, 'The key, with its secret this once'),
    }),
    async (c) => {
      const { apiKey, secret } = await createApiKey(c.var.caller, c.req.valid('json'));
      return c.json({ ...toView(apiKey), ...(secret === undefined ? {} : { secret }) }, 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/api-keys',
      request: { query: listApiKeysSchema },
      responses: answers(200, apiKeyListSchema, 'The API keys, the newest first'),
    }),
    async (c) => {
      const { apiKeys, nextCursor } = await listApiKeys(c.var.caller, c.req.valid('query'));
      return c.json({ apiKeys: apiKeys.map(toView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/api-keys/{id}',
      request: { params: paramsSchema },
      responses: answers(200, apiKeyViewSchema, 'The revoked key'),
    }),
    async (c) => c.json(toView(await revokeApiKey(c.var.caller, c.req.valid('param').id)), 200),
  );
}

function toView(apiKey: Stored<ApiKey>): z.infer<typeof apiKeyViewSchema> {
  const { id, name, prefix, scopes, createdBy, createdAt } = apiKey;
  return {
    ...{ id, name, prefix, scopes, createdBy },
    createdAt: createdAt.toISOString(),
    expiresAt: apiKey.expiresAt?.toISOString() ?? null,
    revokedAt: apiKey.revokedAt?.toISOString() ?? null,
    lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
  };
}
