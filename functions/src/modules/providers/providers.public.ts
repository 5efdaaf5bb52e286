export type { WebhooksOf } from './providers.service.ts';
