/**
 * The same sequences as in model.test.ts, fewer of them, on the emulator: so that nothing hangs on
 * how the memory of that test behaves.
 */
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../functions/src/platform/ids.ts';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../support/money-runs.ts';
import { type Command, sequences } from './commands.ts';
import { Company } from './company.ts';
import { newTally, play } from './play.ts';

const SEQUENCES = 16;
/** More of them prove nothing that the memory has not proved. */
const runs = { ...moneyRuns<[readonly Command[]]>(SEQUENCES, 2), numRuns: SEQUENCES };
const tally = newTally();
beforeAll(() => tellMoneySeed('money model on the emulator', SEQUENCES));
afterAll(() => {
  process.stdout.write(`money model on the emulator: ${JSON.stringify(tally)}\n`);
});

/** January of a year that nobody else writes in: sweeps go through all organisations. */
function farJanuary(): Date {
  return new Date(Date.UTC(3000 + Math.floor(Math.random() * 6000), 0, 5, 9));
}

describe('the money of an organisation, on the emulator', () => {
  it(
    'is what a plain computation comes to',
    async () => {
      const property = fc.asyncProperty(sequences, async (commands) => {
        await play(new Company(newId(), farJanuary()), commands, tally);
      });
      await fc.assert(property, runs);
    },
    MONEY_TIMEOUT_MS,
  );
});
