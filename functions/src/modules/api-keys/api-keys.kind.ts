import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameApiKeyChanges } from './api-keys.events.ts';
import { apiKeys } from './api-keys.repository.ts';
import type { ApiKey } from './api-keys.schema.ts';

/** How changes of API keys become events, which administrators alone see. */
export const apiKeyKind: RecordKind<ApiKey> = {
  recordType: 'apiKey',
  collection: apiKeys,
  audienceOf: () => orgWide,
  nameChanges: nameApiKeyChanges,
};
