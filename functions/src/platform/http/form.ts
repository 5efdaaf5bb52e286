import type { Context as HonoContext } from 'hono';
import { AppError } from '../errors.ts';
import type { ApiEnv } from './api.ts';

/** A form with at most one file, as browsers and curl send it. */
export interface Form {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

/** True when a request's body is a form. */
export function isForm(c: HonoContext<ApiEnv>): boolean {
  return /^multipart\/form-data\s*;/i.test(c.req.header('Content-Type') ?? '');
}

/**
 * Reads a form whose file is in the field `file`; `allowed` are the names of its other fields.
 * @throws AppError malformed: the field
 */
export async function readForm(c: HonoContext<ApiEnv>, allowed: readonly string[]): Promise<Form> {
  const fields = new Map<string, string[]>();
  let file: Form['file'];
  for (const [name, value] of await parseForm(c)) {
    if (typeof value === 'string') {
      if (!allowed.includes(name)) throw malformed(name, 'is not a known field; leave it out');
      fields.set(name, [...(fields.get(name) ?? []), value]);
    } else if (name !== 'file') {
      throw malformed(name, 'is not a known file; send one file, in the field file');
    } else if (file !== undefined) {
      throw malformed('file', 'send one file at a time');
    } else {
      file = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
    }
  }
  return { fields, file };
}

async function parseForm(c: HonoContext<ApiEnv>): Promise<Iterable<[string, string | File]>> {
  const headers = { 'Content-Type': c.req.header('Content-Type') ?? '' };
  const body = await c.req.arrayBuffer();
  try {
    return (await new Response(body, { headers }).formData()).entries();
  } catch (error) {
    throw new AppError('malformed', 'body: this is no valid multipart/form-data', { cause: error });
  }
}

function malformed(field: string, problem: string): AppError {
  const name = field.slice(0, 100);
  return new AppError('malformed', `${name}: ${problem}`, { field: name });
}
