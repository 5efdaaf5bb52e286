import { expect, it } from '@jest/globals';
import { readOrder } from './arguments.ts';

const LOCAL = 'http://127.0.0.1:5000';
const signedIn = ['--email', 'a@example.com', '--password', 'secret'];
const read = (args: string[], env: Record<string, string> = {}) => readOrder(args, env, LOCAL);

it('reads files with everything that can be said about them', () => {
  const args = [
    ...['a.csv', 'b.csv', '--type', 'deal', ...signedIn, '--dry-run', '--no-wait'],
    ...['--map', 'title=Opportunity=Name', '--map', 'customFields.product=Product'],
    ...['--replace', 'customFields.product:GTXPro=GTX Pro', '--tag', 'VIP', '--tag', 'New'],
    ...['--on-duplicate', 'update', '--currency', 'EUR', '--date-order', 'day-first'],
    ...['--owner', 'u1', '--external-source', 'old'],
  ];
  expect(read(args)).toEqual({
    ...{ kind: 'files', files: ['a.csv', 'b.csv'], recordType: 'deal', dryRun: true, wait: false },
    access: { url: LOCAL, apiKey: undefined, email: 'a@example.com', password: 'secret' },
    mapping: [
      { field: 'title', column: 'Opportunity=Name' },
      { field: 'customFields.product', column: 'Product' },
    ],
    options: {
      replace: [{ field: 'customFields.product', from: 'GTXPro', to: 'GTX Pro' }],
      ...{ tagAll: ['VIP', 'New'], onDuplicate: 'update', currency: 'EUR' },
      ...{ dateOrder: 'day-first', ownerId: 'u1', externalSource: 'old' },
    },
  });
});

it('takes secrets from the environment, and an address from --url', () => {
  const env = { SPLITLINE_API_KEY: 'ak_1' };
  const order = read(['--undo', 'imp1', '--url', 'https://crm.example'], env);
  expect(order).toEqual({
    kind: 'undo',
    importId: 'imp1',
    access: { url: 'https://crm.example', apiKey: 'ak_1', email: undefined, password: undefined },
  });
});

it('reads a preset, which needs nobody to be signed in', () => {
  const order = read(['--preset', 'sales-opportunities', 'data']);
  expect(order).toMatchObject({ kind: 'preset', folder: 'data' });
});

it('shows the help when asked, or when nothing is said', () => {
  expect(read(['--help'])).toEqual({ kind: 'help' });
  expect(read([])).toEqual({ kind: 'help' });
});

it.each([
  ['nobody', ['a.csv', '--type', 'deal'], 'Say who you are'],
  ['no type', ['a.csv', ...signedIn], '--type'],
  ['a type that is none', ['a.csv', '--type', 'invoice', ...signedIn], '--type'],
  ['no file', ['--type', 'deal', ...signedIn], 'Name the CSV file'],
  ['half a mapping', ['a.csv', '--type', 'deal', ...signedIn, '--map', 'title'], '--map title'],
  ['half a rule', ['a.csv', '--type', 'deal', ...signedIn, '--replace', 'a=b'], '--replace a=b'],
  [
    'a wrong choice',
    ['a.csv', '--type', 'deal', ...signedIn, '--on-duplicate', 'x'],
    'choose one of',
  ],
  ['an unknown option', ['--force', ...signedIn], '--help'],
  ['an unknown preset', ['--preset', 'x', 'data'], 'no preset'],
  ['a preset without its folder', ['--preset', 'sales-opportunities'], 'needs the folder'],
])('with %s says what is missing', (_what, args, told) => {
  expect(() => read(args)).toThrow(told);
});
