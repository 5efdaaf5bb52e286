import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { useMails } from '../support/mails.ts';
import { type OpenApi, readOpenApi } from '../support/open-api.ts';
import { useStripe } from '../support/stripe.ts';
import { differences, snapshotOf } from '../support/tenant-snapshot.ts';
import { examples } from './examples.ts';
import { createFuzzWorld, type FuzzWorld, router } from './fuzz-world.ts';
import { assemble, partsOf, type RawAnswer, send, tokenFor } from './send.ts';

const mails = useMails();
const stripe = useStripe();
const names = Object.keys(examples).filter((name) => !name.startsWith('GET '));

let api: OpenApi;
let world: FuzzWorld;
beforeAll(async () => {
  api = await readOpenApi(router);
  world = await createFuzzWorld(mails, stripe);
}, 60_000);

/**
 * The rows of an upload are stored ahead of the commit that claims the key; those of a repeated one
 * belong to no import and expire. How somebody's account at Stripe stands is asked anew each time.
 */
const NO_EFFECTS = /\/imports\/[^/]+\/chunks\/|\/payees\//;

async function documents(): Promise<Record<string, string>> {
  const all = await snapshotOf([world.org.orgId]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !NO_EFFECTS.test(name)));
}

/**
 * What an answer says again; a secret is shown once, in `/v1` within `data`, and Stripe's links work
 * once.
 */
function repeatable({ status, text }: RawAnswer): unknown {
  const { secret: _, url: __, expiresAt: ___, ...body } = z.looseObject({}).parse(JSON.parse(text));
  const data = z.looseObject({}).safeParse(body.data).data;
  if (data === undefined) return { status, body };
  const { secret: ____, ...rest } = data;
  return { status, body: { ...body, data: rest } };
}

describe('a request that is sent again with its Idempotency-Key', () => {
  it.each(names)('%s', async (name) => {
    const route = api.routes.find((each) => each.name === name);
    const example = await examples[name]?.(world);
    if (route === undefined || example === undefined) throw new Error(`there is no ${name}`);
    // A key belongs to its caller; these routes have none.
    if (example.by === 'nobody') return;
    const parts = partsOf(route, example, await tokenFor(example, world.org.admin));
    const request = assemble(parts);
    const keyed = { ...request, headers: { ...request.headers, 'Idempotency-Key': newId() } };
    const first = await send(keyed);
    if (first.status >= 400) throw new Error(`${first.status} ${first.text}`);
    const after = await documents();
    const second = await send(keyed);
    // Whoever has left is known at no door, and their keys no more than they.
    if (name === 'POST /api/users/me/leave') expect(second.status).toBe(403);
    else expect(repeatable(second)).toEqual(repeatable(first));
    expect(differences(after, await documents())).toEqual([]);
  });
});

describe('what all these requests wrote', () => {
  it('is of a kind whose changes become events, wherever it has a version', async () => {
    const collections = await firestore().doc(`orgs/${world.org.orgId}`).listCollections();
    const versioned = await Promise.all(
      collections.map(async (collection) => {
        const found = await collection.where('version', '>=', 1).limit(1).get();
        return found.empty || collection.id === 'events' ? [] : [collection.id];
      }),
    );
    expect(versioned.flat().length).toBeGreaterThan(10);
    expect(Object.keys(recordKinds)).toEqual(expect.arrayContaining(versioned.flat()));
  });
});
