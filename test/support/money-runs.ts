import type fc from 'fast-check';

const { MONEY_TIMES, MONEY_SEED, MONEY_PATH } = process.env;
/** How many times as many cases as in the suite; `npm run test:nightly` asks for 20. */
const times = Number(MONEY_TIMES ?? 1);
/** One seed for a test file. */
const seed = Number(MONEY_SEED ?? Date.now() % 2 ** 31);

/**
 * How a property test of money runs: `cases` in the suite, `MONEY_TIMES` as many when that is set.
 * The seed is printed; `MONEY_SEED`, and for the one case that failed the `MONEY_PATH` that the
 * failure names, replay it. `seedsApart` keeps two files of one run from doing the same.
 */
export function moneyRuns<T = unknown>(cases = 5000, seedsApart = 0): fc.Parameters<T> {
  return {
    numRuns: Math.ceil(cases * times),
    seed: seed + seedsApart,
    ...(MONEY_PATH === undefined ? {} : { path: MONEY_PATH }),
  };
}

/** Says by which seed the test file can be replayed. */
export function tellMoneySeed(what: string, cases = 5000): void {
  process.stdout.write(`${what}: ${Math.ceil(cases * times)} cases each, MONEY_SEED=${seed}\n`);
}

/** Long enough for many times the cases of the suite. */
export const MONEY_TIMEOUT_MS = 3 * 60 * 60 * 1000;
