import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Collection, orgCollection } from './collection.ts';
import { AppError } from './errors.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** How long a repeated request gets its first answer; Firestore's TTL policy removes it afterwards. */
const WINDOW_MS = 30 * 24 * 60 * 60 * 1000;

const claimSchema = z.strictObject({
  requestHash: z.string(),
  result: z.unknown(),
  expiresAt: z.date(),
});
type Claim = z.infer<typeof claimSchema>;

const idempotency: Collection<Claim> = orgCollection('idempotency', 'Idempotency key', claimSchema);

/**
 * A request's Idempotency-Key. It is claimed in the commit that carries the request's effect, with
 * the use case's result, so claim and effect exist both or not at all.
 */
export class IdempotencyKey {
  /** True once the answer is that of an earlier request. */
  replayed = false;
  readonly #id: string;
  readonly #requestHash: string;
  #claimed = false;

  constructor(caller: string, key: string, request: string) {
    this.#id = hash(`${caller}\n${key}`);
    this.#requestHash = hash(request);
  }

  /** The key of one item of a batch request, so that each item is repeated or done on its own. */
  forItem(item: string): IdempotencyKey {
    return new IdempotencyKey(this.#id, item, this.#requestHash);
  }

  /** Adds the claim to the commit. One request makes one commit; a batch uses a key for each item. */
  claim(unit: UnitOfWork, result: unknown, now: Date): void {
    if (this.#claimed) throw new Error('one idempotency key was claimed by two commits');
    unit.create(idempotency, this.#id, {
      requestHash: this.#requestHash,
      result: result ?? null,
      expiresAt: new Date(now.getTime() + WINDOW_MS),
    });
  }

  /** The commit that carries the claim has succeeded. */
  settle(): void {
    this.#claimed = true;
  }

  /**
   * The result of the request that claimed this key, if there was one. One billed read.
   * @throws AppError invalid-argument when that was another request
   */
  async find(unit: UnitOfWork): Promise<{ readonly result: unknown } | undefined> {
    const claim = await unit.find(idempotency, this.#id);
    if (claim === undefined) return undefined;
    if (claim.requestHash !== this.#requestHash) {
      throw new AppError(
        'invalid-argument',
        'Idempotency-Key: this key was used for another request; send a new key with a new request',
        { field: 'Idempotency-Key' },
      );
    }
    this.replayed = true;
    return { result: claim.result };
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
