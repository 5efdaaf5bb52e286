import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FakeText } from './fake-text.ts';
import { pageOfTwilio } from './twilio-page.ts';
import {
  readText,
  requireAccount,
  signedCallback,
  TWILIO_FAKE_ACCOUNT_SID,
  type TwilioCallback,
  TwilioRefusal,
} from './twilio-wire.ts';

const HOST = '127.0.0.1';
const API = `/2010-04-01/Accounts/${TWILIO_FAKE_ACCOUNT_SID}`;
const ADDRESS = /^(whatsapp:)?\+[1-9]\d{4,14}$/;
const MAX_BODY = 1600;

/**
 * What happens to the next requests: `error` is a 500 and `busy` a 429 before anything is done;
 * `locked` does not let us in; `drop` does the work and hangs up; `hang` does the work and never
 * answers; `lost` hangs up before anything is done; a number is a refusal with that code of Twilio's.
 */
export type TwilioFault = 'error' | 'busy' | 'locked' | 'drop' | 'hang' | 'lost' | number;

export interface TwilioFakeOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Where texts that come in are delivered to, for a person who writes some. */
  readonly inboundUrl?: string;
  /** True to report by itself what becomes of each text. */
  readonly reports?: boolean;
}

export interface TwilioFake {
  readonly url: string;
  readonly texts: readonly FakeText[];
  /** Texts sent to a number, the earliest first. */
  sentTo(phone: string): FakeText[];
  /** Lets the next `count` requests fail. */
  fail(fault: TwilioFault, count?: number): void;
  /** A number that the account does not have. */
  readonly missingNumber: string;
  /** The report that Twilio would make of a text. */
  report(sid: string, status: string, errorCode?: number): TwilioCallback;
  /** The request that Twilio would make of a text that comes in. */
  inbound(url: string, text: InboundText): TwilioCallback;
  stop(): Promise<void>;
}

export interface InboundText {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly sid?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A new id of a text, as Twilio makes them. */
export function newTextSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}

/** Twilio on the wire, for the real SDK: texts, their reports, numbers, and texts that come in. */
export async function startTwilioFake(options: TwilioFakeOptions): Promise<TwilioFake> {
  const fake = new Fake(options);
  const server = createServer((request, response) => {
    fake.answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return {
    url: `http://${HOST}:${address.port}`,
    texts: fake.texts,
    missingNumber: MISSING_NUMBER,
    sentTo: (phone) =>
      fake.texts.filter(({ to, direction }) => direction !== 'inbound' && to.endsWith(phone)),
    fail: (fault, count = 1) => fake.faults.push(...Array.from({ length: count }, () => fault)),
    report: (sid, status, errorCode) => fake.report(sid, status, errorCode),
    inbound: (url, text) => fake.inbound(url, text),
    stop: async () => {
      fake.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const MISSING_NUMBER = '+15005550001';
const STEPS = ['sent', 'delivered'] as const;
const STEP_MS = 1000;

class Fake {
  readonly texts: FakeText[] = [];
  readonly faults: TwilioFault[] = [];
  readonly #options: TwilioFakeOptions;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: TwilioFakeOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const form = new URLSearchParams(await readText(request));
    if (!pathname.startsWith('/2010-04-01/')) return this.#answerPerson(request, response, form);
    const fault = this.faults.shift();
    if (fault === 'lost') return void request.socket.destroy();
    const { status, body } = this.#answered(
      request,
      { pathname, query: searchParams, form },
      fault,
    );
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'hang') return;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  #answered(
    request: IncomingMessage,
    asked: { pathname: string; query: URLSearchParams; form: URLSearchParams },
    fault: TwilioFault | undefined,
  ): { status: number; body: object } {
    try {
      requireAccount(request);
      failOnPurpose(fault);
      const what = `${request.method} ${asked.pathname.replace(API, '')}`;
      if (what === 'POST /Messages.json') return { status: 201, body: this.#create(asked.form) };
      if (what === 'GET /Messages.json') return { status: 200, body: this.#list(asked.query) };
      if (what === 'GET /IncomingPhoneNumbers.json') {
        return { status: 200, body: numbersPage(asked.query.get('PhoneNumber')) };
      }
      throw new TwilioRefusal(404, 20404, `The requested resource ${what} was not found`);
    } catch (error) {
      if (error instanceof TwilioRefusal) return { status: error.status, body: error.body };
      throw error;
    }
  }

  #create(form: URLSearchParams): object {
    const field = (name: string) => form.get(name) ?? '';
    const [from, to, body] = [field('From'), field('To'), field('Body')];
    if (!ADDRESS.test(to)) throw new TwilioRefusal(400, 21211, `Invalid 'To' Phone Number: ${to}`);
    if (!ADDRESS.test(from) || from.endsWith(MISSING_NUMBER)) {
      throw new TwilioRefusal(400, 21212, `Invalid 'From' Phone Number: ${from}`);
    }
    if (from.startsWith('whatsapp:') !== to.startsWith('whatsapp:')) {
      throw new TwilioRefusal(400, 21910, "Invalid 'From' and 'To' pair");
    }
    if (body === '') throw new TwilioRefusal(400, 21602, 'Message body is required.');
    if (body.length > MAX_BODY) throw new TwilioRefusal(400, 21617, 'The body is too long.');
    const callback = field('StatusCallback');
    if (callback !== '' && !URL.canParse(callback)) {
      throw new TwilioRefusal(400, 21609, 'The StatusCallback URL is not a valid url.');
    }
    const text: FakeText = {
      ...{ sid: newTextSid(), from, to, body, statusCallback: callback || null },
      ...{ direction: 'outbound-api', status: 'queued', errorCode: null, at: new Date() },
    };
    this.texts.push(text);
    if (this.#options.reports === true) this.#reportOn(text);
    return toResource(text);
  }

  #list(query: URLSearchParams): object {
    const found = this.texts.filter(
      ({ from, to }) => (query.get('From') ?? from) === from && (query.get('To') ?? to) === to,
    );
    const size = Number(query.get('PageSize') ?? 50);
    const messages = found.toReversed().slice(0, size).map(toResource);
    return { messages, page: 0, page_size: size, next_page_uri: null, uri: `${API}/Messages.json` };
  }

  report(sid: string, status: string, errorCode?: number): TwilioCallback {
    const text = this.texts.find((each) => each.sid === sid);
    if (text?.statusCallback == null) throw new Error(`${sid} asks for no reports`);
    text.status = status;
    text.errorCode = errorCode ?? null;
    return signedCallback(text.statusCallback, {
      ...{ AccountSid: TWILIO_FAKE_ACCOUNT_SID, ApiVersion: '2010-04-01' },
      ...{ MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status },
      ...{ From: text.from, To: text.to },
      ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
    });
  }

  inbound(url: string, { from, to, body, sid = newTextSid(), fields }: InboundText) {
    this.texts.push({
      ...{ sid, from, to, body, statusCallback: null, direction: 'inbound' },
      ...{ status: 'received', errorCode: null, at: new Date() },
    });
    return signedCallback(url, {
      ...{ AccountSid: TWILIO_FAKE_ACCOUNT_SID, ApiVersion: '2010-04-01' },
      ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, SmsStatus: 'received' },
      ...{ From: from, To: to, Body: body, NumMedia: '0', NumSegments: '1' },
      ...fields,
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #reportOn(text: FakeText, step = 0): void {
    const status = STEPS[step];
    if (status === undefined || text.statusCallback === null) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void post(this.report(text.sid, status)).finally(() => this.#reportOn(text, step + 1));
    }, STEP_MS);
    this.#timers.add(timer);
  }

  async #answerPerson(
    request: IncomingMessage,
    response: ServerResponse,
    form: URLSearchParams,
  ): Promise<void> {
    const { inboundUrl } = this.#options;
    if (request.url === '/write' && request.method === 'POST' && inboundUrl !== undefined) {
      const field = (name: string) => form.get(name) ?? '';
      const text = { from: field('from'), to: field('to'), body: field('body') };
      await post(this.inbound(inboundUrl, text));
      response.writeHead(303, { Location: '/' }).end();
    } else if (request.url === '/sent') {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(this.texts));
    } else {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(pageOfTwilio(this.texts));
    }
  }
}

function failOnPurpose(fault: TwilioFault | undefined): void {
  if (fault === 'error') throw new TwilioRefusal(500, 20500, 'Internal Server Error');
  if (fault === 'busy') throw new TwilioRefusal(429, 20429, 'Too Many Requests');
  if (fault === 'locked') throw new TwilioRefusal(401, 20003, 'Authenticate');
  if (typeof fault === 'number') throw new TwilioRefusal(400, fault, `Refused with ${fault}`);
}

function toResource({ sid, from, to, body, direction, status, errorCode, at }: FakeText): object {
  return {
    ...{ sid, from, to, body, direction, status, account_sid: TWILIO_FAKE_ACCOUNT_SID },
    ...{ error_code: errorCode, error_message: null, num_segments: '1', num_media: '0' },
    ...{ date_created: at.toUTCString(), date_updated: at.toUTCString(), date_sent: null },
    ...{ price: null, price_unit: 'USD', messaging_service_sid: null, api_version: '2010-04-01' },
    ...{ uri: `${API}/Messages/${sid}.json`, subresource_uris: {} },
  };
}

/** The account has every number but one. */
function numbersPage(phoneNumber: string | null): object {
  const has = phoneNumber !== null && phoneNumber !== MISSING_NUMBER;
  const number = {
    ...{ sid: `PN${(phoneNumber ?? '').replace(/\D/g, '').padStart(32, '0')}` },
    ...{ phone_number: phoneNumber, friendly_name: 'US (Florida)', capabilities: {} },
  };
  return {
    incoming_phone_numbers: has ? [number] : [],
    ...{ page: 0, page_size: 50, next_page_uri: null, uri: `${API}/IncomingPhoneNumbers.json` },
  };
}

async function post({ url, body, signature }: TwilioCallback): Promise<void> {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Twilio-Signature': signature,
  };
  // Whoever is not there is not told; nobody waits for it here.
  await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
}
