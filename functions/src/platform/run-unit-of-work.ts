import pRetry from 'p-retry';
import { AppError } from './errors.ts';
import type { IdempotencyKey } from './idempotency.ts';
import type { Cause } from './record.schema.ts';
import { isContention, openUnit, type Store, type UnitOfWork } from './unit-of-work.ts';

const ATTEMPTS = 14;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1000;

/** What a unit of work needs of the invocation it belongs to. */
export interface WorkContext {
  readonly store: Store;
  readonly now: Date;
  readonly idempotency?: IdempotencyKey;
  readonly cause?: Cause;
}

/**
 * Runs `work` and commits what it wrote; runs it again from its reads when another writer was
 * faster. `work` must have no effect of its own: it may run up to fourteen times.
 *
 * When the request carries an idempotency key, the key is claimed in the same commit, with the
 * result: a repeated request gets that result without a second effect, even when it runs beside
 * the first.
 * @throws AppError conflict when the record kept changing; invalid-argument when the key was used
 * for another request
 */
export async function runUnitOfWork<R>(
  ctx: WorkContext,
  orgId: string,
  work: (unit: UnitOfWork) => Promise<R>,
): Promise<R> {
  try {
    return await pRetry(() => attempt(ctx, orgId, work), {
      retries: ATTEMPTS - 1,
      minTimeout: FIRST_PAUSE_MS,
      maxTimeout: LONGEST_PAUSE_MS,
      factor: 2,
      randomize: true,
      shouldRetry: ({ error }) => isContention(error),
    });
  } catch (error) {
    if (!isContention(error)) throw error;
    throw new AppError('conflict', 'The record is being changed by others; try again', {
      cause: error,
    });
  }
}

async function attempt<R>(
  ctx: WorkContext,
  orgId: string,
  work: (unit: UnitOfWork) => Promise<R>,
): Promise<R> {
  try {
    const unit = openUnit(ctx, orgId);
    const result = await work(unit);
    ctx.idempotency?.claim(unit, result, ctx.now);
    await unit.commit();
    ctx.idempotency?.settle();
    return result;
  } catch (error) {
    const earlier = await ctx.idempotency?.find(openUnit(ctx, orgId));
    if (earlier === undefined) throw error;
    // The claim was stored by this same use case: the request's hash covers its method and path.
    return earlier.result as R;
  }
}
