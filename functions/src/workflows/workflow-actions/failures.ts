import { ZodError } from 'zod';
import { EmailRefusedError } from '../../integrations/email/email.port.ts';
import type { RunError } from '../../modules/runs/runs.schema.ts';
import { AppError, toAppError } from '../../platform/errors.ts';

/**
 * The pauses after which a step that failed is tried again; about a day in all. What fails once more
 * after the last one has failed for good.
 */
const RETRY_PAUSES_MINUTES = [1, 2, 5, 15, 30, 60, 120, 240, 480, 480] as const;

/** Refusals that pass: other writers were faster, or a budget is spent for now. */
const PASSING: ReadonlySet<string> = new Set(['conflict', 'resource-exhausted']);

/** True when trying again, later, may lead to something else. */
export function isPassing(error: unknown): boolean {
  if (error instanceof EmailRefusedError || error instanceof ZodError) return false;
  if (!(error instanceof AppError)) return true;
  return error.status >= 500 || PASSING.has(error.code);
}

/** When a step that has failed so often is tried again; undefined when it is not. */
export function nextAttemptAt(attempts: number, now: Date): Date | undefined {
  const minutes = RETRY_PAUSES_MINUTES[attempts - 1];
  return minutes === undefined ? undefined : new Date(now.getTime() + minutes * 60_000);
}

/** What a person is told of a failure. */
export function describeFailure(error: unknown, stepId: string | null): RunError {
  if (error instanceof EmailRefusedError || error instanceof ZodError) {
    return { code: 'invalid-argument', message: error.message, field: null, stepId };
  }
  const { code, message, field } = toAppError(error);
  return { code, message, field: field ?? null, stepId };
}
