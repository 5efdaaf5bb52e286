import { createRouter } from '../../functions/src/app/router.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Log } from '../../functions/src/platform/log.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { type Invocation, startInvocation } from '../../functions/src/platform/runtime.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { type Answer, type Options, requestOf, textIn } from '../support/request.ts';
import { type Cost, watchWire } from './wire.ts';

/** An organisation whose rep has more than a page of deals. */
export interface World {
  readonly org: Organisation;
  readonly dealIds: readonly string[];
  /** For what is done beforehand and not counted. */
  readonly measured: Measured;
}

const DEALS = 30;

/** Makes the organisation that the operations run in. */
export async function createWorld(): Promise<World> {
  const org = await createOrganisation();
  const measured = measuredBy(new Meter());
  const dealIds: string[] = [];
  for (let count = 0; count < DEALS; count += 1) dealIds.push(await newDealOf(measured, org.rep));
  return { org, dealIds, measured };
}

/** Makes a deal as its owner would, and answers its id. */
export async function newDealOf({ request }: Measured, owner: Member): Promise<string> {
  const answer = await request('POST /api/deals', {
    token: await owner.token(),
    body: { title: 'Website Redesign', value: 15_000 },
  });
  return textIn(answer.body, 'id');
}

/** The product as one operation sees it: everything it does is counted on one meter. */
export interface Measured {
  readonly invocation: Invocation;
  /** A request to the real router. */
  request(line: string, options?: Options): Promise<Answer>;
}

/** What one operation costs: by the product's meter, and as seen on the wire. */
export interface Measurement {
  readonly meter: Cost;
  readonly wire: Cost;
}

/** Runs an operation and counts, in two ways, what it asks of Firestore. */
export async function measure(
  operation: (measured: Measured) => Promise<unknown>,
): Promise<Measurement> {
  const meter = new Meter();
  const wire = await watchWire(() => operation(measuredBy(meter)));
  const { reads, writes, roundTrips } = meter;
  return { meter: { reads, writes, roundTrips }, wire };
}

function measuredBy(meter: Meter): Measured {
  const start = (requestId: string): Invocation => ({
    ...startInvocation(requestId),
    log: silent,
    store: { db: firestore(), meter },
  });
  const router = createRouter(start);
  return {
    invocation: start(newId()),
    request: (line, options) => requestOf(router, line, options),
  };
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
