import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { emptyState, type StripeApi, type StripeState } from './stripe-api.ts';
import {
  parseForm,
  readBody,
  type StripeRequest,
  type WireAnswer,
  WireError,
} from './stripe-wire.ts';

/** The account that the fake accepts: fixed, so that anybody can use it. */
export const STRIPE_FAKE_KEY = 'sk_test_local_key_worth_nothing';

/**
 * What happens to the next requests: `error` is a 500 and `busy` a 429 before anything is done;
 * `inUse` says that the key's first request still runs; `drop` does the work and hangs up; `hang`
 * does the work and never answers; `insufficient` lets the next transfer find no money.
 */
export type StripeFault = 'error' | 'busy' | 'inUse' | 'drop' | 'hang' | 'insufficient';

export function takeFault(faults: StripeFault[], fault: StripeFault): boolean {
  if (faults[0] !== fault) return false;
  faults.shift();
  return true;
}

type Keys = Record<string, { readonly request: string; readonly answer: WireAnswer }>;

/** What the fake knows, with the answers it gave under idempotency keys. */
export class Keeper {
  readonly state: StripeState;
  readonly keys: Keys;
  readonly #file: string | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(file: string | undefined, { state, keys }: { state: StripeState; keys: Keys }) {
    this.#file = file;
    this.state = state;
    this.keys = keys;
  }

  static async open(dir: string | undefined): Promise<Keeper> {
    const fresh = { state: emptyState(), keys: {} };
    if (dir === undefined) return new Keeper(undefined, fresh);
    await mkdir(dir, { recursive: true });
    const file = path.join(dir, 'stripe.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return new Keeper(file, text === undefined ? fresh : JSON.parse(text));
  }

  save(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return Promise.resolve();
    const text = JSON.stringify({ state: this.state, keys: this.keys });
    this.#saving = this.#saving.then(() => writeFile(file, text));
    return this.#saving;
  }
}

/** The API: who asks, whether it was asked before, and what goes wrong on purpose. */
export class ApiDoor {
  readonly #api: StripeApi;
  readonly #kept: Keeper;
  readonly #faults: StripeFault[];
  readonly #requests: StripeRequest[];

  constructor(api: StripeApi, kept: Keeper, faults: StripeFault[], requests: StripeRequest[]) {
    this.#api = api;
    this.#kept = kept;
    this.#faults = faults;
    this.#requests = requests;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { method = 'GET', url = '/' } = request;
    const idempotencyKey = headerOf(request, 'idempotency-key');
    const answer = this.#answerTo(request, body, idempotencyKey);
    await this.#kept.save();
    const { status } = answer;
    this.#requests.push({ method, path: url, body, idempotencyKey, status });
    if (takeFault(this.#faults, 'drop')) {
      request.socket.destroy();
      return;
    }
    if (takeFault(this.#faults, 'hang')) return;
    const headers = { 'Content-Type': 'application/json', 'Request-Id': 'req_fake' };
    response.writeHead(status, { ...headers, ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  #answerTo(request: IncomingMessage, body: string, key: string | null): WireAnswer {
    try {
      requireKey(request);
      this.#failOnPurpose();
      return request.method === 'POST' && key !== null
        ? this.#once(request, body, key)
        : { status: 200, body: this.#work(request, body) };
    } catch (error) {
      if (error instanceof WireError) return error.answer;
      throw error;
    }
  }

  #failOnPurpose(): void {
    if (takeFault(this.#faults, 'error')) {
      throw new WireError(500, { type: 'api_error', message: 'An error on Stripe’s side' });
    }
    if (takeFault(this.#faults, 'busy')) {
      const type = 'invalid_request_error';
      throw new WireError(429, { type, code: 'rate_limit', message: 'Too many requests' });
    }
    if (takeFault(this.#faults, 'inUse')) {
      const code = 'idempotency_key_in_use';
      throw new WireError(409, { type: 'idempotency_error', code, message: 'Key in use' });
    }
  }

  /** The same key gives the first answer again, to the same request alone. */
  #once(request: IncomingMessage, body: string, key: string): WireAnswer {
    const asked = `${request.url ?? ''}\n${body}`;
    const earlier = this.#kept.keys[key];
    if (earlier !== undefined && earlier.request !== asked) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`;
      throw new WireError(400, { type: 'idempotency_error', message });
    }
    if (earlier !== undefined) {
      return { ...earlier.answer, headers: { 'Idempotent-Replayed': 'true' } };
    }
    const answer = this.#executed(request, body);
    if (answer.isKept) this.#kept.keys[key] = { request: asked, answer: answer.answer };
    return answer.answer;
  }

  #executed(request: IncomingMessage, body: string) {
    try {
      const made: unknown = structuredClone(this.#work(request, body));
      return { answer: { status: 200, body: made }, isKept: true };
    } catch (error) {
      if (error instanceof WireError) return error;
      throw error;
    }
  }

  #work(request: IncomingMessage, body: string): unknown {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    return this.#api.handle({
      ...{ method, path: pathname, account: headerOf(request, 'stripe-account') },
      form: parseForm(method === 'GET' ? search.slice(1) : body),
    });
  }
}

function requireKey(request: IncomingMessage): void {
  const given = headerOf(request, 'authorization')?.replace(/^Bearer /, '') ?? '';
  if (given === STRIPE_FAKE_KEY) return;
  const message =
    given === '' ? 'You did not provide an API key.' : `Invalid API Key provided: ${given}`;
  throw new WireError(401, { type: 'invalid_request_error', message });
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
