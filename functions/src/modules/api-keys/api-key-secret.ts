import { createHash, randomBytes } from 'node:crypto';
import { idSchema } from '../../platform/text.schema.ts';

const SECRET_BYTES = 32;
const SHOWN_LENGTH = 6;

/** A fresh secret, `ak_<organisation>.<256 random bits>`: it names its organisation, so that one read finds the key. */
export function newApiKeySecret(orgId: string): string {
  return `ak_${orgId}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** True for a bearer token that wants to be an API key. */
export function isApiKeySecret(token: string): boolean {
  return token.startsWith('ak_');
}

/** The beginning of a secret, by which a person tells their keys apart. */
export function prefixOf(secret: string): string {
  return secret.slice(0, secret.indexOf('.') + 1 + SHOWN_LENGTH);
}

/** Where the key of a secret is stored, or undefined when the text cannot be one. */
export function locateApiKey(
  secret: string,
): { readonly orgId: string; readonly apiKeyId: string } | undefined {
  const orgId = idSchema.safeParse(secret.slice('ak_'.length).split('.')[0]).data;
  return orgId === undefined ? undefined : { orgId, apiKeyId: apiKeyIdOf(secret) };
}

/** The id of a key is the hash of its secret: a lookup, not a comparison, so nothing leaks by timing. */
export function apiKeyIdOf(secret: string): string {
  return `key_${createHash('sha256').update(secret).digest('base64url')}`;
}
