export { isApiKeySecret } from './api-key-secret.ts';
export { apiKeyKind } from './api-keys.kind.ts';
export { authenticateApiKey, loadApiKeyPrincipal } from './api-keys.service.ts';
