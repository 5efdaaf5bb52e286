import { Meter } from '../../functions/src/platform/meter.ts';

/** What a killed process would have left undone: nothing after it happens. */
export class Killed extends Error {}

/**
 * A meter under which the process dies at its nth call to Firestore, before the call is made or
 * after it has taken effect; no later call gets through. Every await of a use case that has an
 * effect outside the process is such a call.
 */
export class DyingMeter extends Meter {
  /** How many calls were begun. */
  calls = 0;
  readonly #dieAt: number;
  readonly #when: 'before' | 'after';

  constructor(dieAt: number, when: 'before' | 'after') {
    super();
    this.#dieAt = dieAt;
    this.#when = when;
  }

  get isDead(): boolean {
    return this.calls >= this.#dieAt;
  }

  override async trip<T>(call: () => Promise<T>): Promise<T> {
    this.calls += 1;
    if (this.calls > this.#dieAt) throw new Killed('the process is dead');
    if (this.calls < this.#dieAt) return super.trip(call);
    if (this.#when === 'after') await super.trip(call);
    throw new Killed(`killed ${this.#when} call ${this.calls}`);
  }
}

/** What the client says when a connection breaks: nobody knows whether the call took effect. */
export class ReplyLost extends Error {
  readonly code = 14;
}

/**
 * A meter under which the reply to the nth call to Firestore gets lost: the call has taken effect,
 * its caller is told of a broken connection, and the process goes on.
 */
export class LostReplyMeter extends Meter {
  calls = 0;
  readonly #loseAt: number;

  constructor(loseAt: number) {
    super();
    this.#loseAt = loseAt;
  }

  override async trip<T>(call: () => Promise<T>): Promise<T> {
    this.calls += 1;
    const isLost = this.calls === this.#loseAt;
    const answer = await super.trip(call);
    if (isLost) throw new ReplyLost(`the reply to call ${this.#loseAt} got lost`);
    return answer;
  }
}
