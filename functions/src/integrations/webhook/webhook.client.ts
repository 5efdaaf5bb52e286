import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher, request } from 'undici';
import type { WebhookOutcome, WebhookRequest, WebhookSender } from './webhook.port.ts';
import { webhookHeaders } from './webhook.sign.ts';
import {
  checkTarget,
  hostOf,
  requireAddress,
  type TargetPolicy,
  TargetRefusal,
} from './webhook-target.ts';

/** Resolving, connecting, sending and the beginning of the answer together. */
const TIMEOUT_MS = 15_000;
const EXCERPT_BYTES = 1024;

/** All addresses of a name, as the system tells them. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface SenderOptions {
  readonly policy: TargetPolicy;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
}

/**
 * A sender that connects only to addresses it has checked: the name is resolved once, every address
 * it has is checked, and the connection is made to those very addresses. The name is not asked
 * about again, so that an answer which changes in between is of no use, and no connection is kept
 * for the next request.
 */
export function createWebhookSender(options: SenderOptions): WebhookSender {
  const { policy, resolve = resolveBySystem, timeoutMs = TIMEOUT_MS } = options;
  return {
    send: async (sent) => {
      const startedMs = performance.now();
      const signal = AbortSignal.timeout(timeoutMs);
      const latencyMs = () => Math.round(performance.now() - startedMs);
      try {
        const url = checkTarget(sent.url, policy);
        const addresses = await withinTime(checkedAddresses(url, policy, resolve), signal);
        return { ...(await post(url, addresses, sent, signal)), latencyMs: latencyMs() };
      } catch (error) {
        return { ...failureOf(error, signal), latencyMs: latencyMs() };
      }
    },
  };
}

class Unresolved extends Error {}

/** The addresses to connect to; one bad address among them condemns the name. */
async function checkedAddresses(
  url: URL,
  policy: TargetPolicy,
  resolve: Resolve,
): Promise<readonly string[]> {
  const host = hostOf(url);
  if (ipaddr.isValid(host)) return [host];
  let addresses: readonly string[];
  try {
    addresses = await resolve(host);
  } catch (cause) {
    throw new Unresolved(`the name ${host} could not be resolved`, { cause });
  }
  if (addresses.length === 0) throw new Unresolved(`the name ${host} has no address`);
  for (const address of addresses) requireAddress(address, policy);
  return addresses;
}

async function resolveBySystem(host: string): Promise<string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}

type Answered = Omit<Extract<WebhookOutcome, { kind: 'answered' }>, 'latencyMs'>;

async function post(
  url: URL,
  addresses: readonly string[],
  sent: WebhookRequest,
  signal: AbortSignal,
): Promise<Answered> {
  const dispatcher = new Agent({
    connect: { lookup: pinnedTo(addresses) },
    connections: 1,
    pipelining: 0,
  });
  try {
    const headers = webhookHeaders(sent);
    const { body } = sent;
    const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal });
    const retryAfter = answer.headers['retry-after'];
    return {
      kind: 'answered',
      status: answer.statusCode,
      excerpt: await excerptOf(answer.body),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    };
  } finally {
    await dispatcher.destroy();
  }
}

/** Answers every question with the same addresses, whatever the name system says by now. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({
    address,
    family: ipaddr.parse(address).kind() === 'ipv6' ? 6 : 4,
  }));
  return (_host, options, callback) => {
    const [first] = known;
    if (options.all || first === undefined) callback(null, known);
    else callback(null, first.address, first.family);
  };
}

/** The beginning of a body; the rest of it is not read, and what breaks off is no failure. */
async function excerptOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const buffer = Buffer.from(chunk);
      chunks.push(buffer);
      bytes += buffer.byteLength;
      if (bytes >= EXCERPT_BYTES) break;
    }
  } catch {
    // The status has been told; how the body ends does not change it.
  }
  const text = Buffer.concat(chunks).subarray(0, EXCERPT_BYTES).toString('utf8');
  // A character that was cut in two stands as three bytes.
  return text.replace(/\uFFFD$/, '');
}

function failureOf(error: unknown, signal: AbortSignal) {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TargetRefusal) return { ...failed, reason: 'refused', message } as const;
  if (error instanceof Unresolved) return { ...failed, reason: 'unresolved', message } as const;
  if (signal.aborted) {
    return { ...failed, reason: 'timeout', message: 'no answer within the time allowed' } as const;
  }
  return { ...failed, reason: 'connection', message: message.slice(0, 300) } as const;
}

const failed = { kind: 'failed' } as const;

async function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const tooLate = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true });
  });
  return Promise.race([work, tooLate]);
}
