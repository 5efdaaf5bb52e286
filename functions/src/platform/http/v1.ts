import { z } from '@hono/zod-openapi';
import type { AppError, ErrorCode } from '../errors.ts';

/** The paths of the `/v1` door, which has an envelope of its own. */
export function isV1(path: string): boolean {
  return path === '/v1' || path.startsWith('/v1/');
}

/** The error body of the `/v1` door. */
const v1ErrorSchema = z.object({
  success: z.literal(false),
  message: z.string(),
  error: z.object({
    status: z.int(),
    message: z.string(),
    field: z.string().optional(),
    requestId: z.string(),
    timestamp: z.string(),
  }),
});
export type V1Error = z.infer<typeof v1ErrorSchema>;

/** Refusals whose short name is not that of their category. */
const shortNames: Partial<Readonly<Record<ErrorCode, string>>> = {
  unauthenticated: 'invalid_token',
};

/** An error in the words of the `/v1` door. */
export function v1ErrorOf(
  { code, status, message, field }: AppError,
  { requestId, now }: { readonly requestId: string; readonly now: Date },
): V1Error {
  return {
    success: false,
    message,
    error: {
      ...{ status, message: shortNames[code] ?? code.replaceAll('-', '_') },
      ...(field === undefined ? {} : { field }),
      ...{ requestId, timestamp: now.toISOString() },
    },
  };
}

function json<S extends z.ZodType>(schema: S, description: string) {
  return { content: { 'application/json': { schema } }, description };
}

/** The answers of a route of the `/v1` door: what is asked for is in `data`. */
export function v1Answers<S extends z.ZodType, Status extends 200 | 201>(
  status: Status,
  data: S,
  description: string,
) {
  return withRefusals(status, z.object({ success: z.literal(true), data }), description);
}

/** The same for a list, which goes on with a cursor. */
export function v1ListAnswers<S extends z.ZodType>(entry: S, description: string) {
  const list = { data: z.array(entry), nextCursor: z.string().nullable() };
  return withRefusals(200, z.object({ success: z.literal(true), ...list }), description);
}

function withRefusals<S extends z.ZodType, Status extends 200 | 201>(
  status: Status,
  schema: S,
  description: string,
) {
  const refusal = (why: string) => json(v1ErrorSchema, why);
  return {
    ...({ [status]: json(schema, description) } as Record<Status, ReturnType<typeof json<S>>>),
    400: refusal('The body is not JSON or lacks its shape'),
    401: refusal('No valid token'),
    403: refusal('The role does not allow it'),
    404: refusal('Absent, or not visible to the caller'),
    409: refusal('Somebody else was faster'),
    422: refusal('Well-formed input that breaks a rule'),
  };
}
