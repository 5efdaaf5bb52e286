import { z } from '@hono/zod-openapi';
import { apiErrorSchema } from './api.ts';

function json<S extends z.ZodType>(schema: S, description: string) {
  return { content: { 'application/json': { schema } }, description };
}

/** The answer to a deletion. */
export const deletedSchema = z.object({ success: z.literal(true), message: z.string() });

/**
 * The body of a request in JSON. A schema of another file is named as
 * `schema.clone().openapi('Name')`: one that was made before zod-openapi was loaded has no
 * `openapi` method, and which file is loaded first differs from function to function.
 */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A body in JSON that may be left out, which counts as `{}`. */
export function optionalJsonBody<S extends z.ZodType>(schema: S) {
  return { required: false, content: { 'application/json': { schema } } };
}

/** The answers of a route: its success and the refusals every route of the door can give. */
export function answers<S extends z.ZodType, Status extends 200 | 201>(
  status: Status,
  schema: S,
  description: string,
) {
  const refusal = (why: string) => json(apiErrorSchema, why);
  return {
    ...({ [status]: json(schema, description) } as Record<Status, ReturnType<typeof json<S>>>),
    400: refusal('The body is not JSON or lacks its shape'),
    401: refusal('No valid ID token'),
    403: refusal('The role does not allow it'),
    404: refusal('Absent, or not visible to the caller'),
    409: refusal('Somebody else was faster'),
    422: refusal('Well-formed input that breaks a rule'),
  };
}
