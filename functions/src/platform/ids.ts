import { randomBytes } from 'node:crypto';

/** A new opaque document id: 120 random bits, URL-safe, without an order that would heat an index. */
export function newId(): string {
  const id = randomBytes(15).toString('base64url');
  // One in 4,096 would begin as the names do that Firestore keeps for itself, which idSchema refuses.
  return id.startsWith('__') ? newId() : id;
}
