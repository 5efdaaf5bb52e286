import pMap from 'p-map';
import { z } from 'zod';
import { AppError, toAppError } from './errors.ts';
import type { IdempotencyKey } from './idempotency.ts';
import { describeError, type Log } from './log.ts';

const CONCURRENCY = 8;

/** How one item of a batch ended. */
export type BatchRow<R> =
  | { readonly id: string; readonly value: R }
  | { readonly id: string; readonly error: AppError };

/**
 * Does `work` for each item by itself: one that fails leaves the others alone. Each item claims a
 * key of its own, made from the request's, so that a repeated batch repeats no item that was done.
 */
export async function runBatch<
  C extends { readonly log: Log; readonly idempotency?: IdempotencyKey },
  R,
>(
  ctx: C,
  ids: readonly string[],
  work: (ctx: C, id: string) => Promise<R>,
): Promise<BatchRow<R>[]> {
  const keys = ids.map((id) => ctx.idempotency?.forItem(id));
  const rows = await pMap(
    ids,
    async (id, index): Promise<BatchRow<R>> => {
      const idempotency = keys[index];
      try {
        const value = await work(idempotency === undefined ? ctx : { ...ctx, idempotency }, id);
        return { id, value };
      } catch (error) {
        const refusal = toAppError(error);
        if (refusal.status >= 500) ctx.log.error({ id, ...describeError(error) }, 'item failed');
        return { id, error: refusal };
      }
    },
    { concurrency: CONCURRENCY },
  );
  if (ctx.idempotency !== undefined) {
    ctx.idempotency.replayed = keys.every((key) => key?.replayed);
  }
  return rows;
}

/** What a callable answers to a batch: which items failed, and why. */
export const batchStateSchema = z.object({
  succeeded: z.int(),
  failures: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      message: z.string(),
      field: z.string().nullable(),
    }),
  ),
});

/** The rows of a batch as a callable answers them. */
export function toBatchState(rows: readonly BatchRow<unknown>[]): z.infer<typeof batchStateSchema> {
  const failures = rows.flatMap((row) => {
    if ('value' in row) return [];
    const { code, message, field } = row.error;
    return [{ id: row.id, code, message, field: field ?? null }];
  });
  return { succeeded: rows.length - failures.length, failures };
}

/** A batch names each record once. @throws AppError invalid-argument: field ids */
export function requireDistinct(ids: readonly string[]): void {
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated === undefined) return;
  throw new AppError('invalid-argument', `ids: '${repeated}' is named twice; name each id once`, {
    field: 'ids',
  });
}
