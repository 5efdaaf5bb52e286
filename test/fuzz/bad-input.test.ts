import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { findAccount } from '../../functions/src/platform/accounts.ts';
import { useMails } from '../support/mails.ts';
import { type OpenApi, type Route, readOpenApi } from '../support/open-api.ts';
import { useStripe } from '../support/stripe.ts';
import { differences, snapshotOf } from '../support/tenant-snapshot.ts';
import { oddBodies } from './break-body.ts';
import { type Broken, breakagesOf } from './break-request.ts';
import type { Example } from './example.ts';
import { examples } from './examples.ts';
import { createFuzzWorld, type FuzzWorld, router } from './fuzz-world.ts';
import { assemble, partsOf, type RawAnswer, send, toJson, tokenFor } from './send.ts';

const TOTAL = 20_000;
const AT_ONCE = 10;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const ROUTE_TIMEOUT_MS = 120_000;
const ODD_RUNS = 30;
const ODD_TIMEOUT_MS = 300_000;

const envelopeSchema = z.object({
  error: z.string().min(1),
  code: z.string().regex(/^[A-Z][A-Z_]+$/),
  status: z.int(),
  field: z.string().optional(),
  requestId: z.string().min(1),
  timestamp: z.iso.datetime(),
});

/** The envelope of the `/v1` door, read as the other one. */
const v1EnvelopeSchema = z
  .object({
    success: z.literal(false),
    message: z.string().min(1),
    error: z.object({
      status: z.int(),
      message: z.string().regex(/^[a-z][a-z_]+$/),
      field: z.string().optional(),
      requestId: z.string().min(1),
      timestamp: z.iso.datetime(),
    }),
  })
  .transform(({ message, error: { message: code, ...rest } }) => ({
    ...{ error: message, code: code.toUpperCase() },
    ...rest,
  }))
  .pipe(envelopeSchema);

const mails = useMails();
const stripe = useStripe();
const names = Object.keys(examples);

let api: OpenApi;
let world: FuzzWorld;
let sent = 0;
const startedMs = performance.now();
beforeAll(async () => {
  api = await readOpenApi(router);
  world = await createFuzzWorld(mails, stripe);
}, 60_000);

afterAll(() => {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  process.stdout.write(`bad input: ${sent} requests refused in ${seconds} s, FUZZ_SEED=${SEED}\n`);
});

function routeOf(name: string): Route {
  const route = api.routes.find((each) => each.name === name);
  if (route === undefined) throw new Error(`there is no route ${name}; drop its example`);
  return route;
}

async function prepared(name: string, within = world) {
  const example: Example = (await examples[name]?.(within)) ?? {};
  const route = routeOf(name);
  const token = await tokenFor(example, within.org.admin);
  return { route, example, parts: partsOf(route, example, token) };
}

/** What is wrong with the answer to a request that must be refused, or undefined. */
function flawOf({ what, field, target }: Broken, { status, text }: RawAnswer): string | undefined {
  if (status < 400 || status >= 500) return `answers ${status}`;
  const schema = target.startsWith('/v1/') ? v1EnvelopeSchema : envelopeSchema;
  const envelope = schema.safeParse(parsed(text));
  if (!envelope.success)
    return `answers outside of the envelope: ${z.prettifyError(envelope.error)}`;
  if (envelope.data.status !== status) return 'tells another status than it has';
  if (field === undefined || isNamed(field, what, envelope.data)) return undefined;
  return `does not name ${JSON.stringify(field)}`;
}

/** A field is named by itself, by what it is in, or by what is in it. */
function isNamed(
  field: string,
  what: string,
  { field: named, error, status }: z.infer<typeof envelopeSchema>,
): boolean {
  // What another organisation has is not found, by its id, like what nobody has.
  if (named === undefined) return what.startsWith('a reference') && status === 404 && error !== '';
  return named === field || named.startsWith(`${field}.`) || field.startsWith(`${named}.`);
}

function emailIn({ body }: Example): string {
  return z.object({ email: z.string() }).parse(body).email;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function expectRefusal(broken: Broken): Promise<void> {
  const answer = await send(broken);
  sent += 1;
  const flaw = flawOf(broken, answer);
  if (flaw === undefined) return;
  const { body, ...rest } = broken;
  const shown =
    typeof body === 'string' ? body.slice(0, 800) : body && Buffer.from(body).toString('latin1');
  throw new Error(
    `${flaw}\n${JSON.stringify({ ...rest, headers: Object.keys(rest.headers) })}\n${shown}\n→ ${answer.status} ${answer.text.slice(0, 500)}`,
  );
}

describe('the list of examples', () => {
  it('has one for every route of the OpenAPI document', () => {
    expect(names.toSorted()).toEqual(api.routes.map(({ name }) => name).toSorted());
  });
});

describe.each(names)('%s', (name) => {
  it(
    'refuses what is wrong, says what it is, and writes nothing',
    async () => {
      const { route, example, parts } = await prepared(name);
      const broken = breakagesOf(api, route, example, parts, world);
      if (broken === undefined) return;
      const before = await snapshotOf([world.org.orgId, world.other.orgId]);
      const runs = Math.ceil(TOTAL / (names.length - 2) / AT_ONCE);
      await fc.assert(
        fc.asyncProperty(
          fc.array(broken, { minLength: AT_ONCE, maxLength: AT_ONCE }),
          async (requests) => {
            await Promise.all(requests.map(expectRefusal));
          },
        ),
        { seed: SEED, numRuns: runs, endOnFailure: true },
      );
      const after = await snapshotOf([world.org.orgId, world.other.orgId]);
      expect(differences(before, after)).toEqual([]);
      if (name === 'POST /api/signup') expect(await findAccount(emailIn(example))).toBeUndefined();
    },
    ROUTE_TIMEOUT_MS,
  );

  it('takes the example', async () => {
    const { parts } = await prepared(name);
    const { status, text } = await send(assemble(parts));
    if (status >= 400) throw new Error(`${status} ${text}`);
  });
});

describe('whatever else is sent', () => {
  it(
    'is no defect of ours',
    async () => {
      for (const name of names) {
        // What is taken stays: a required field, say, that another route's example knows nothing of.
        const own = await createFuzzWorld(mails, stripe);
        const { route, example, parts } = await prepared(name, own);
        const schema = route.requestBody?.content['application/json']?.schema;
        if (schema === undefined || example.body === undefined) continue;
        await fc.assert(
          fc.asyncProperty(oddBodies(api, schema, example.body), async (odd) => {
            const body = toJson(odd);
            const { status, text } = await send(assemble({ ...parts, body }));
            if (status >= 500)
              throw new Error(`${name} ${body.slice(0, 800)}\n→ ${status} ${text}`);
          }),
          { seed: SEED, numRuns: ODD_RUNS, endOnFailure: true },
        );
      }
    },
    ODD_TIMEOUT_MS,
  );
});

describe('bodies of more than 10 MiB', () => {
  it(
    'are refused by every route that takes a body',
    async () => {
      const padding = 'x'.repeat(10 * 1024 * 1024 + 1);
      for (const { name, requestBody } of api.routes) {
        if (requestBody === undefined) continue;
        const { parts } = await prepared(name);
        const broken = { ...assemble(parts), body: `{"a":"${padding}"}`, what: 'a large body' };
        expect((await send(broken)).status).toBe(413);
        await expectRefusal(broken);
      }
    },
    ROUTE_TIMEOUT_MS,
  );
});

describe('all together', () => {
  it(`were at least ${TOTAL}`, () => {
    expect(sent).toBeGreaterThanOrEqual(TOTAL);
  });
});
