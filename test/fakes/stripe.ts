import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStripeApi, type StripeApi, type StripeState } from './stripe-api.ts';
import { createCustomers, type StripeCustomers } from './stripe-customers.ts';
import { ApiDoor, Keeper, type StripeFault, takeFault } from './stripe-door.ts';
import { pageOfStripe, setupPage } from './stripe-page.ts';
import { type StripeDelivery, StripeWebhooks } from './stripe-webhooks.ts';
import { parseForm, readBody, type StripeRequest, textOf } from './stripe-wire.ts';

const HOST = '127.0.0.1';

/** What the fake signs its webhooks with: fixed, so that anybody can sign one. */
export const STRIPE_FAKE_WEBHOOK_SECRET = 'whsec_local_secret_worth_nothing';

export interface StripeFakeOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Where events are delivered to; without it they wait to be asked for. */
  readonly webhookUrl?: string;
  /** Where what it knows is kept between runs; without it, it is gone at the end. */
  readonly dir?: string;
}

export interface StripeFake extends Pick<StripeApi, 'emit' | 'onboard'>, StripeCustomers {
  readonly port: number;
  /** The API's address, and where a person sees what was sent. */
  readonly url: string;
  readonly state: Readonly<StripeState>;
  readonly requests: readonly StripeRequest[];
  readonly deliveries: readonly StripeDelivery[];
  /** Lets the next `count` requests fail. */
  fail(fault: StripeFault, count?: number): void;
  stop(): Promise<void>;
}

/** Stripe on the wire, for the real SDK: connected accounts, transfers, events and their webhooks. */
export async function startStripeFake(options: StripeFakeOptions): Promise<StripeFake> {
  const kept = await Keeper.open(options.dir);
  const { state } = kept;
  const faults: StripeFault[] = [];
  const requests: StripeRequest[] = [];
  const webhooks = new StripeWebhooks(options.webhookUrl, STRIPE_FAKE_WEBHOOK_SECRET);
  let url = '';
  const api = createStripeApi({
    ...{ state, baseUrl: () => url, now: () => Math.floor(Date.now() / 1000) },
    onEvent: (event) => webhooks.send(event),
    takeInsufficient: () => takeFault(faults, 'insufficient'),
  });
  const customers = createCustomers(state, api);
  const door = new ApiDoor(api, kept, faults, requests);
  const server = createServer((request, response) => {
    const isApi = request.url?.startsWith('/v1/') === true;
    const answered = isApi
      ? door.answer(request, response)
      : answerPerson(request, response, { state, api, customers, requests, webhooks, kept });
    answered.catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, HOST, resolve);
  });
  const { port } = addressIn(server.address());
  url = `http://${HOST}:${port}`;
  return {
    ...{ port, url, state, requests, deliveries: webhooks.deliveries },
    ...{ emit: api.emit, onboard: api.onboard, ...customers },
    fail: (fault, count = 1) => faults.push(...Array.from({ length: count }, () => fault)),
    stop: async () => {
      webhooks.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function addressIn(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address;
}

interface Person {
  readonly state: StripeState;
  readonly api: StripeApi;
  readonly customers: StripeCustomers;
  readonly requests: readonly StripeRequest[];
  readonly webhooks: StripeWebhooks;
  readonly kept: Keeper;
}

/** What a person opens in a browser: all that was sent, onboarding, and a customer who pays. */
async function answerPerson(request: IncomingMessage, response: ServerResponse, person: Person) {
  const { state, api, customers, requests, webhooks, kept } = person;
  const form = parseForm(request.method === 'POST' ? await readBody(request) : '');
  const [, page = '', id = ''] = (request.url ?? '/').split('/');
  const goTo = async (location: string) => {
    await kept.save();
    response.writeHead(303, { Location: location }).end();
  };
  const show = (html: string) =>
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  const link = state.links.find(({ token }) => page === 'setup' && token === id);
  if (link !== undefined && request.method === 'POST') {
    api.onboard(link.account);
    return goTo(link.returnUrl);
  }
  if (link !== undefined) return show(setupPage(link.account));
  if (page === 'pay' && request.method === 'POST') {
    customers.pay({
      ...{ orgId: textOf(form, 'orgId') ?? '', dealId: textOf(form, 'dealId') ?? '' },
      ...{ amount: Number(textOf(form, 'amount')), currency: textOf(form, 'currency') ?? 'usd' },
    });
    return goTo('/');
  }
  if (page === 'refund' && request.method === 'POST') {
    customers.refund(id);
    return goTo('/');
  }
  if (page === 'sent') {
    const sent = JSON.stringify({ requests, deliveries: webhooks.deliveries, ...state });
    return response.writeHead(200, { 'Content-Type': 'application/json' }).end(sent);
  }
  return show(pageOfStripe({ ...state, requests, deliveries: webhooks.deliveries }));
}
