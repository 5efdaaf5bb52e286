/**
 * Counts what Firestore bills and what a caller waits for: document reads, document writes and
 * sequential round trips. Calls under way at the same time are one round trip.
 */
export class Meter {
  reads = 0;
  writes = 0;
  roundTrips = 0;
  #underWay = 0;

  /** Runs one call to Firestore as (part of) a round trip. */
  async trip<T>(call: () => Promise<T>): Promise<T> {
    if (this.#underWay === 0) this.roundTrips += 1;
    this.#underWay += 1;
    try {
      return await call();
    } finally {
      this.#underWay -= 1;
    }
  }
}
