import { type Collection, orgCollection } from '../../platform/collection.ts';
import { type ApiKey, apiKeySchema } from './api-keys.schema.ts';

export const apiKeys: Collection<ApiKey> = orgCollection('apiKeys', 'API key', apiKeySchema);
