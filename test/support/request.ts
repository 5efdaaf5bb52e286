import { createRouter } from '../../functions/src/app/router.ts';
import type { Api } from '../../functions/src/platform/http/api.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON body. */
  readonly body: unknown;
}

export interface Options {
  readonly token?: string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const router = createRouter();

/** Sends a request to the real router, in this process: `request('GET /api/deals', { token })`. */
export function request(line: string, options: Options = {}): Promise<Answer> {
  return requestOf(router, line, options);
}

/** Sends a request to a router of the test's own. */
export async function requestOf(
  target: Pick<Api, 'fetch'>,
  line: string,
  options: Options = {},
): Promise<Answer> {
  const [method, path] = line.split(' ');
  if (method === undefined || path === undefined) throw new Error(`'${line}' is not METHOD /path`);
  const { token, body, headers } = options;
  const response = await target.fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}

/** A field of an answer that must be a text. */
export function textIn(body: unknown, field: string): string {
  const value = valueIn(body, field);
  if (typeof value !== 'string') throw new Error(`${field} is no text in ${JSON.stringify(body)}`);
  return value;
}

/** A field of an answer that must be a list. */
export function listIn(body: unknown, field: string): readonly unknown[] {
  const value = valueIn(body, field);
  if (!Array.isArray(value)) throw new Error(`${field} is no list in ${JSON.stringify(body)}`);
  return value;
}

function valueIn(body: unknown, field: string): unknown {
  if (body === null || typeof body !== 'object') return undefined;
  return Object.entries(body).find(([key]) => key === field)?.[1];
}
