import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../support/money-runs.ts';
import { type Command, sequences } from './commands.ts';
import { Company } from './company.ts';
import { newTally, play } from './play.ts';

/** Of the 2,000 sequences of a run of the suite, a half in each of two files that run side by side. */
const SEQUENCES = 1000;

/** Plays random sequences on the product, with Firestore in memory, and on the plain side. */
export function runModel(half: string, seedsApart: number): void {
  const memory = MemoryFirestore.install();
  const tally = newTally();
  const runs = moneyRuns<[readonly Command[]]>(SEQUENCES, seedsApart);
  beforeAll(() => tellMoneySeed(`money model, ${half}`, SEQUENCES));
  afterAll(() => {
    process.stdout.write(`money model, ${half}: ${JSON.stringify(tally)}\n`);
  });

  describe('the money of an organisation', () => {
    it(
      'is what a plain computation comes to, whatever people do and however triggers are delivered',
      async () => {
        const property = fc.asyncProperty(sequences, async (commands) => {
          memory.clear();
          await play(new Company('model'), commands, tally);
        });
        await fc.assert(property, runs);
      },
      MONEY_TIMEOUT_MS,
    );
  });
}
