/**
 * `npm run test:nightly`: the tests of money with twenty times the cases of the suite, which are 100,000 of each property
 * and 40,000 sequences of the model; `MONEY_TIMES` sets another number, `MONEY_SEED` replays a run. And the dashboard of
 * 100,000 deals, or of `OVERVIEW_DEALS`, and the board of more deals than it listens to.
 */
const TIMES = '20';
const MONEY_TESTS = ['allocate.test', 'choose-plan.test', 'modules/earnings/', 'test/money-model/'];

process.env.MONEY_TIMES ??= TIMES;
process.env.OVERVIEW_DEALS ??= '100000';
process.env.BOARD_DEALS ??= '2001';
process.argv.push(...MONEY_TESTS, 'overview-at-scale', 'pipeline-views');
await import('./test.ts');
