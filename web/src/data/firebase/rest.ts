import type { Auth } from 'firebase/auth';
import type { Method, Query, Rest, Schema } from '../port.ts';
import type { Backend } from './app.ts';

const OUTDATED =
  'The answer is not as this page expects it: Splitline may have been updated. Reload the page.';

/** What the REST door refused, with its message for people and, when there is one, the field at fault. */
class RefusedRequest extends Error {
  readonly details: { readonly field?: string };

  constructor(message: string, field?: string) {
    super(message);
    this.name = 'RefusedRequest';
    this.details = field === undefined ? {} : { field };
  }
}

/** The REST door of the organisation, as the person who is signed in. */
export function openRest({ auth }: Pick<Backend, 'auth'>): Rest {
  return {
    get: async (path, schema, query) =>
      readAs(schema, await (await request(auth, 'GET', withQuery(path, query))).json()),
    send: async (method, path, body, key) => (await request(auth, method, path, body, key)).json(),
    open: async (path, query) => (await request(auth, 'GET', withQuery(path, query))).blob(),
  };
}

async function request(
  auth: Auth,
  method: Method,
  path: string,
  body?: object,
  key?: string,
): Promise<Response> {
  const token = await auth.currentUser?.getIdToken();
  // The browser names the boundary of a form's parts by itself.
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(path, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(isJson ? { 'Content-Type': 'application/json' } : {}),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
  });
  if (!response.ok) throw refusalOf(await response.json().catch(() => undefined));
  return response;
}

/** Reads the error body of the door; an answer without one comes from something in between. */
function refusalOf(body: unknown): Error {
  if (typeof body !== 'object' || body === null || !('error' in body))
    return new Error('No reason');
  const { error } = body;
  if (typeof error !== 'string') return new Error('No reason');
  const details = 'details' in body && typeof body.details === 'string' ? body.details : error;
  const field = 'field' in body && typeof body.field === 'string' ? body.field : undefined;
  return new RefusedRequest(details, field);
}

function readAs<T>(schema: Schema<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new RefusedRequest(OUTDATED);
  return parsed.data;
}

function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
