import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { eventOf, stripeId } from '../fakes/stripe-objects.ts';
import { bodyOf, stripeSignature } from '../fakes/stripe-wire.ts';
import { dealPath } from '../support/deals.ts';
import { planFor } from '../support/earnings.ts';
import type { Member } from '../support/organisation.ts';
import { type Options, textIn } from '../support/request.ts';
import type { Cost } from './wire.ts';
import { type Measured, newDealOf, type World } from './world.ts';

type Run = (measured: Measured) => Promise<unknown>;

/** One operation whose cost is known. */
export interface Operation {
  readonly name: string;
  /**
   * What it costs, without the authentication of the request it came with. A ratchet: these numbers
   * may fall, never rise.
   */
  readonly cost: Cost;
  /** What the design allows it to cost, where the design says so. */
  readonly budget?: Cost;
  /** True for what comes as a request to the REST router. */
  readonly isRequest: boolean;
  /** Makes what the operation needs, which is not counted, and answers the operation. */
  readonly prepare: (world: World) => Promise<Run>;
}

/** What every REST request costs before its own work. */
export const authentication: Operation = {
  name: 'authenticated REST request, before its own work',
  budget: cost(1, 0, 1),
  cost: cost(1, 0, 1),
  isRequest: false,
  prepare: async ({ org }) => {
    const send = await requestAs(org.rep);
    // Refused for its query, right behind the authentication.
    return (measured) => send(measured, 'GET /api/deals?limit=0', {}, 422);
  },
};

/** The operations that are measured, in the order of the printed table. */
export const operations: readonly Operation[] = [
  {
    name: 'the same with an API key that was used within the hour',
    budget: cost(1, 0, 1),
    cost: cost(1, 0, 1),
    isRequest: false,
    prepare: async ({ org, measured }) => {
      const admin = await requestAs(org.admin);
      const body = { name: 'Integrator', scopes: ['read:crm'] };
      const key = await admin(measured, 'POST /api/api-keys', { body }, 201);
      const token = textIn(key.body, 'secret');
      const run: Run = ({ request }) => request('GET /api/deals?limit=0', { token });
      await run(measured);
      return run;
    },
  },
  rest('get deal', {
    budget: cost(1, 0, 1),
    cost: cost(1, 0, 1),
    line: async ({ dealIds }) => `GET /api/deals/${one(dealIds)}`,
  }),
  rest('create deal, stage checked, in the organisation’s currency', {
    budget: cost(2, 2, 2),
    cost: cost(2, 1, 2),
    line: async () => 'POST /api/deals',
    options: async () => ({ body: { title: 'New', value: 15_000, stage: 'QUALIFIED' } }),
    status: 201,
  }),
  rest('create deal for somebody else, stage and owner checked', {
    budget: cost(2, 2, 2),
    cost: cost(2, 1, 2),
    by: 'manager',
    line: async () => 'POST /api/deals',
    options: async ({ org }) => ({
      body: { title: 'New', value: 15_000, currency: 'USD', ownerId: org.rep.uid },
    }),
    status: 201,
  }),
  rest('create deal with an Idempotency-Key', {
    budget: cost(2, 2, 2),
    cost: cost(2, 2, 2),
    line: async () => 'POST /api/deals',
    options: async () => ({ ...keyed(), body: { title: 'New', value: 15_000 } }),
    status: 201,
  }),
  rest('create deal again with the same Idempotency-Key', {
    cost: cost(3, 0, 3),
    line: async () => 'POST /api/deals',
    options: async () => ({ ...keyed(), body: { title: 'New', value: 15_000 } }),
    status: 201,
    isRepeated: true,
  }),
  rest('move stage', {
    budget: cost(2, 2, 2),
    cost: cost(2, 1, 2),
    line: async ({ org, measured }) =>
      `PATCH /api/deals/${await newDealOf(measured, org.rep)}/stage`,
    options: async () => ({ body: { stage: 'QUALIFIED' } }),
  }),
  rest('move stage with an Idempotency-Key', {
    budget: cost(2, 2, 2),
    cost: cost(2, 2, 2),
    line: async ({ org, measured }) =>
      `PATCH /api/deals/${await newDealOf(measured, org.rep)}/stage`,
    options: async () => ({ ...keyed(), body: { stage: 'QUALIFIED' } }),
  }),
  rest('move stage again with the same Idempotency-Key', {
    cost: cost(3, 0, 3),
    line: async ({ org, measured }) =>
      `PATCH /api/deals/${await newDealOf(measured, org.rep)}/stage`,
    options: async () => ({ ...keyed(), body: { stage: 'QUALIFIED' } }),
    isRepeated: true,
  }),
  // The stage and the deal as for any move; beyond them the plan book and two participants, and the terms.
  rest('win a deal with 3 splits', {
    cost: cost(5, 2, 3),
    line: async (world) => `PATCH /api/deals/${await splitDeal(world)}/stage`,
    options: async () => ({ body: { stage: 'CLOSED_WON' } }),
  }),
  rest('list 20 deals', {
    budget: cost(20, 0, 1),
    cost: cost(20, 0, 1),
    line: async (world) => `GET /api/deals?limit=20&cursor=${await cursorAfterSix(world)}`,
  }),
  // The published contract answers a list with its total, and counting is billed.
  rest('list 20 deals, the first page with its total', {
    cost: cost(21, 0, 1),
    line: async () => 'GET /api/deals?limit=20',
  }),
  rest('dashboard overview, a month of this year', {
    budget: cost(10, 0, 2),
    cost: cost(4, 0, 2),
    by: 'admin',
    line: async () => `GET /api/analytics/overview?${days(`${thisYear()}-01-01`)}`,
  }),
  rest('dashboard overview, six years', {
    budget: cost(10, 0, 2),
    cost: cost(9, 0, 2),
    by: 'admin',
    line: async () => `GET /api/analytics/overview?${days(`${thisYear() - 5}-01-01`)}`,
  }),
  rest('dashboard overview of a manager, six years', {
    budget: cost(10, 0, 2),
    cost: cost(9, 0, 2),
    by: 'manager',
    line: async ({ org: { orgId, manager } }) => {
      const groups = manager.principal.managedTeamIds.map((teamId) => [teamId, 0] as const);
      const teams = firestore().doc(`orgs/${orgId}/rollups/teams`);
      await teams.set({ groups: Object.fromEntries(groups) });
      return `GET /api/analytics/overview?${days(`${thisYear() - 5}-01-01`)}`;
    },
  }),
  {
    name: 'trigger: event of a changed deal',
    budget: cost(1, 12, 2),
    cost: cost(1, 1, 2),
    isRequest: false,
    prepare: deliveryOfChange,
  },
  {
    name: 'trigger: event, postings and projections of a won deal with 3 splits',
    // The terms, and the book of listeners: so that an event needs no second trigger to be reacted to.
    // One of the writes is the alert that the team's managers are told by.
    budget: cost(2, 12, 2),
    cost: cost(2, 8, 2),
    isRequest: false,
    prepare: async (world) => deliveryOfMove(world, await splitDeal(world), 'CLOSED_WON'),
  },
  {
    name: 'trigger delivered again',
    budget: cost(1, 0, 2),
    cost: cost(1, 0, 2),
    isRequest: false,
    prepare: async (world) => {
      const deliver = await deliveryOfChange(world);
      await deliver(world.measured);
      return deliver;
    },
  },
  {
    name: 'webhook of Stripe',
    budget: cost(1, 1, 1),
    cost: cost(0, 1, 1),
    isRequest: false,
    prepare: async () => webhook(),
  },
  {
    name: 'webhook of Stripe, delivered again',
    budget: cost(1, 0, 1),
    cost: cost(0, 0, 1),
    isRequest: false,
    prepare: async ({ measured }) => {
      const deliver = webhook();
      await deliver(measured);
      return deliver;
    },
  },
];

interface Rest {
  readonly cost: Cost;
  readonly budget?: Cost;
  readonly by?: 'rep' | 'manager' | 'admin';
  readonly line: (world: World) => Promise<string>;
  readonly options?: (world: World) => Promise<Options>;
  readonly status?: number;
  /** Measured is the second of two same requests. */
  readonly isRepeated?: boolean;
}

function rest(
  name: string,
  { by = 'rep', status = 200, isRepeated = false, ...it }: Rest,
): Operation {
  return {
    name,
    cost: it.cost,
    ...(it.budget === undefined ? {} : { budget: it.budget }),
    isRequest: true,
    prepare: async (world) => {
      const send = await requestAs(world.org[by]);
      const line = await it.line(world);
      const options = (await it.options?.(world)) ?? {};
      const run: Run = (measured) => send(measured, line, options, status);
      if (isRepeated) await run(world.measured);
      return run;
    },
  };
}

/** A request that must be answered with `status`: a refusal would cost something else. */
async function requestAs(member: Member) {
  const token = await member.token();
  return async ({ request }: Measured, line: string, options: Options, status: number) => {
    const answer = await request(line, { ...options, token });
    if (answer.status === status) return answer;
    throw new Error(`${line} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
}

/** A delivery that nobody handles, signed. */
function webhook(): Run {
  const secret = 'whsec_of_costs';
  process.env.STRIPE_WEBHOOK_SECRETS = secret;
  const object = { id: stripeId('obj'), object: 'plan' };
  const body = bodyOf(eventOf({ type: 'plan.created', object, account: null }, 1));
  const headers = { 'Stripe-Signature': stripeSignature(body, secret) };
  return async ({ request }) => {
    const { status } = await request('POST /webhooks/stripe', { body, headers });
    if (status !== 200) throw new Error(`the webhook answered ${status}`);
  };
}

function thisYear(): number {
  return new Date().getUTCFullYear();
}

/** From the day given to the end of this year's January. */
function days(startDate: string): string {
  return `startDate=${startDate}&endDate=${thisYear()}-01-31`;
}

function keyed(): Options {
  return { headers: { 'Idempotency-Key': newId() } };
}

async function cursorAfterSix({ org, measured }: World): Promise<string> {
  const token = await org.rep.token();
  return textIn((await measured.request('GET /api/deals?limit=6', { token })).body, 'nextCursor');
}

/** A deal's move as its trigger gets it. */
async function deliveryOfChange(world: World): Promise<Run> {
  return deliveryOfMove(world, await newDealOf(world.measured, world.org.rep), 'QUALIFIED');
}

async function deliveryOfMove(
  { org, measured }: World,
  recordId: string,
  stage: string,
): Promise<Run> {
  const document = firestore().doc(dealPath(org.orgId, recordId));
  const before = (await document.get()).data();
  const send = await requestAs(org.rep);
  await send(measured, `PATCH /api/deals/${recordId}/stage`, { body: { stage } }, 200);
  const after = (await document.get()).data();
  return ({ invocation }) =>
    recordChange(invocation, recordKinds.deals, { orgId: org.orgId, recordId, before, after });
}

/** A deal that three people share, each with a plan. */
async function splitDeal({ org, measured }: World): Promise<string> {
  await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
  const id = await newDealOf(measured, org.rep);
  const splits = [
    { uid: org.rep.uid, shareBps: 5000 },
    { uid: org.rep2.uid, shareBps: 3000 },
    { uid: org.colleague.uid, shareBps: 2000 },
  ];
  const send = await requestAs(org.admin);
  await send(measured, `PATCH /api/deals/${id}`, { body: { splits } }, 200);
  return id;
}

function one<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('the world has none');
  return item;
}

function cost(reads: number, writes: number, roundTrips: number): Cost {
  return { reads, writes, roundTrips };
}
