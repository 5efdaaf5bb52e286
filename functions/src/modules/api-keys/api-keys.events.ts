import type { ApiKey } from './api-keys.schema.ts';

/** What can happen to an API key. */
export type ApiKeyEventType =
  | 'apiKey.created'
  | 'apiKey.revoked'
  | 'apiKey.used'
  | 'apiKey.updated';

/** Names what happened to an API key between two of its states. */
export function nameApiKeyChanges(before: ApiKey | undefined, after: ApiKey): ApiKeyEventType[] {
  if (before === undefined) return ['apiKey.created'];
  if (before.revokedAt === null && after.revokedAt !== null) return ['apiKey.revoked'];
  if (before.lastUsedAt?.getTime() !== after.lastUsedAt?.getTime()) return ['apiKey.used'];
  return ['apiKey.updated'];
}
