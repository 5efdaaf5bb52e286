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
