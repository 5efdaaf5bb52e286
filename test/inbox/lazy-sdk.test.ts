import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const FUNCTIONS = path.resolve(import.meta.dirname, '../../functions');

/** Makes the router as the first request does, then has it verify a delivery. */
const SCRIPT = `
import { registerHooks } from 'node:module';
let files = 0;
registerHooks({
  load(url, context, next) {
    if (url.includes('/node_modules/stripe/')) files += 1;
    return next(url, context);
  },
});
const { createRouter } = await import('./src/app/router.ts');
const router = createRouter();
const before = files;
const request = { method: 'POST', body: '{}', headers: { 'Stripe-Signature': 't=1,v1=0' } };
const { status } = await router.fetch(new Request('http://localhost/webhooks/stripe', request));
console.log(JSON.stringify({ before, status, isLoadedThen: files > 0 }));
process.exit(0);`;

it('loads Stripe’s SDK with the first delivery, and with no other request', async () => {
  const env = {
    ...process.env,
    STRIPE_WEBHOOK_SECRETS: 'whsec_x',
    GCLOUD_PROJECT: 'demo-splitline',
  };
  const args = ['--input-type=module', '--eval', SCRIPT];
  const { stdout } = await run(process.execPath, args, { cwd: FUNCTIONS, env });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    ...{ before: 0, status: 400, isLoadedThen: true },
  });
}, 60_000);
