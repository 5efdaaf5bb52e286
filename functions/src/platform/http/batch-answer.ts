import { z } from '@hono/zod-openapi';
import type { BatchRow } from '../batch.ts';

const rowErrorSchema = z.object({
  error: z.string(),
  code: z.string(),
  status: z.int(),
  field: z.string().optional(),
});

/** The answer to a batch: how each item fared, in the order it was given. */
export function batchAnswerSchema<S extends z.ZodType>(record: S) {
  return z.object({
    succeeded: z.int(),
    failed: z.int(),
    results: z.array(
      z.union([
        z.object({ id: z.string(), success: z.literal(true), record }),
        z.object({ id: z.string(), success: z.literal(false), error: rowErrorSchema }),
      ]),
    ),
  });
}

/** Turns the rows of a batch into that answer. */
export function toBatchAnswer<R, V>(rows: readonly BatchRow<R>[], toView: (value: R) => V) {
  const results = rows.map((row) => {
    if ('value' in row) return { id: row.id, success: true as const, record: toView(row.value) };
    const { message, code, status, field } = row.error;
    const error = {
      error: message,
      code: code.toUpperCase().replaceAll('-', '_'),
      status,
      ...(field === undefined ? {} : { field }),
    };
    return { id: row.id, success: false as const, error };
  });
  const succeeded = results.filter(({ success }) => success).length;
  return { succeeded, failed: rows.length - succeeded, results };
}
