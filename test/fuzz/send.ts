import type { Route } from '../support/open-api.ts';
import type { Member } from '../support/organisation.ts';
import type { Example } from './example.ts';
import { router } from './fuzz-world.ts';

/** A request down to its bytes. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, as they are sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends a request to the product in this process. */
export async function send({ method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  const request = new Request(`http://localhost${target}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const answer = await router.fetch(request);
  return { status: answer.status, text: await answer.text() };
}

/** The parts a request is made of; each can be broken by itself. */
export interface Parts {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** The token of whoever sends an example: of `otherwise` unless it says somebody, or nobody. */
export async function tokenFor(
  { by }: Example,
  otherwise: Pick<Member, 'token'>,
): Promise<string | undefined> {
  return by === 'nobody' ? undefined : (by ?? otherwise).token();
}

/** The parts of an example of a route. */
export function partsOf(
  { method, path }: Route,
  { params = {}, query = {}, body, form }: Example,
  token: string | undefined,
): Parts {
  const encoded = Object.entries(params).map(([name, value]) => [name, encodeURIComponent(value)]);
  const sent = form === undefined ? jsonOf(body) : formOf(form);
  return {
    ...{ method, path, params: Object.fromEntries(encoded) },
    query: new URLSearchParams(query).toString(),
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...sent.headers,
    },
    ...('body' in sent ? { body: sent.body } : {}),
  };
}

/** The request that the parts make. */
export function assemble({ method, path, params, query, headers, body }: Parts): RawRequest {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const target = query === '' ? filled : `${filled}?${query}`;
  return { method, target, headers, ...(body === undefined ? {} : { body }) };
}

function jsonOf(body: unknown) {
  if (body === undefined) return { headers: {} };
  return { headers: { 'Content-Type': 'application/json' }, body: toJson(body) };
}

const BOUNDARY = 'the-boundary';

function formOf({ fields, file }: NonNullable<Example['form']>) {
  const parts = Object.entries(fields).map(([name, value]) => partOf(`name="${name}"`, value));
  const body = [...parts, partOf('name="file"; filename="a.csv"', file), `--${BOUNDARY}--\r\n`];
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  return { headers: { 'Content-Type': type }, body: body.join('') };
}

function partOf(disposition: string, content: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

const TOO_LARGE = '@the number that JSON has and JavaScript has not@';

/** JSON that may hold what JSON.stringify leaves out: an infinite number is written as 1e309. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, entry: unknown) => {
    if (entry === Infinity) return TOO_LARGE;
    return entry === -Infinity ? `-${TOO_LARGE}` : entry;
  });
  return text.replaceAll(`"${TOO_LARGE}"`, '1e309').replaceAll(`"-${TOO_LARGE}"`, '-1e309');
}
