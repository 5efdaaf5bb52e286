import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The nested fields of a form as Stripe's SDK sends them: `metadata[orgId]=…`, `types[0]=…`. */
export interface Form {
  readonly [key: string]: string | Form;
}

export function parseForm(text: string): Form {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const keys = [...name.matchAll(/[^[\]]+/g)].map(([key]) => key);
    const last = keys.pop() ?? '';
    let at = form;
    for (const key of keys) {
      const inner = at[key];
      const next = typeof inner === 'object' && inner !== null ? { ...inner } : {};
      at[key] = next;
      at = next;
    }
    at[last] = value;
  }
  return asForm(form);
}

function asForm(value: object): Form {
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]: [string, unknown]) => [
      key,
      typeof entry === 'object' && entry !== null ? asForm(entry) : String(entry),
    ]),
  );
}

export function textOf(form: Form, key: string): string | undefined {
  const value = form[key];
  return typeof value === 'string' ? value : undefined;
}

export function fieldsOf(form: Form, key: string): Form {
  const value = form[key];
  return typeof value === 'object' ? value : {};
}

export function textsOf(form: Form): Record<string, string> {
  const entries = Object.entries(form).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The header that Stripe signs a delivery with: HMAC-SHA256 over time and body.
 * https://docs.stripe.com/webhooks#verify-manually
 */
export function stripeSignature(body: string, secret: string, at = new Date()): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
}

/** An answer in Stripe's words. */
export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in Stripe's envelope. */
export class WireError extends Error {
  readonly answer: WireAnswer;
  /** True for what Stripe keeps under the idempotency key: the request had begun to be executed. */
  readonly isKept: boolean;

  constructor(
    status: number,
    error: { type: string; message: string; code?: string; param?: string },
    isKept = false,
  ) {
    super(error.message);
    this.answer = { status, body: { error } };
    this.isKept = isKept;
  }
}

export function invalid(message: string, param?: string, code?: string): WireError {
  return new WireError(400, {
    ...{ type: 'invalid_request_error', message },
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

export function missing(what: string, id: string): WireError {
  const message = `No such ${what}: '${id}'`;
  return new WireError(404, {
    ...{ type: 'invalid_request_error', code: 'resource_missing', message, param: what },
  });
}

/** A request as it came. */
export interface StripeRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly idempotencyKey: string | null;
  readonly status: number;
}

/** The body that an event is delivered with. */
export function bodyOf(event: object): string {
  return JSON.stringify(event, null, 2);
}
