import type { Context } from '../../platform/context.ts';
import { providerSettings } from '../../platform/params.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import type { Provider, ProviderId, ProviderWebhook } from './providers.schema.ts';

/** The addresses that each provider is to call, as far as it calls one. */
export type WebhooksOf = () => Promise<
  Readonly<Partial<Record<ProviderId, readonly ProviderWebhook[]>>>
>;

/** What of the providers is set up in this deployment. @throws AppError permission-denied */
export async function checkProviders(
  { principal }: Context<Principal>,
  webhooksOf: WebhooksOf,
): Promise<Provider[]> {
  requireOrgAccess(principal, 'update', 'org');
  const settings = providerSettings();
  const webhooks = await webhooksOf();
  const ids = ['stripe', 'twilio', 'openai', 'email'] as const;
  return ids.map((id) => {
    const missing = settings[id].filter(({ isSet }) => !isSet);
    return {
      id,
      configured: missing.length === 0,
      missing: missing.map(({ kind, name }) => ({ kind, name })),
      webhooks: [...(webhooks[id] ?? [])],
    };
  });
}
