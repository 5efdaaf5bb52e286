import { z } from 'zod';

const providerIdSchema = z.enum(['stripe', 'twilio', 'openai', 'email']);
export type ProviderId = z.infer<typeof providerIdSchema>;

/** An address of ours to enter at a provider, `at` which place there, for `events` if it asks for which. */
const providerWebhookSchema = z.object({
  at: z.enum(['account', 'connectedAccounts', 'phoneNumbers']),
  url: z.string(),
  events: z.array(z.string()),
});
export type ProviderWebhook = z.infer<typeof providerWebhookSchema>;

/** Whether a provider is set up, and what of it is not. Names of settings only, never their values. */
const providerSchema = z.object({
  id: providerIdSchema,
  configured: z.boolean(),
  missing: z.array(z.object({ kind: z.enum(['parameter', 'secret']), name: z.string() })),
  webhooks: z.array(providerWebhookSchema),
});
export type Provider = z.infer<typeof providerSchema>;

export const providerListSchema = z.object({ providers: z.array(providerSchema) });
