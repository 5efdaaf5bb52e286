import { DateTime } from 'luxon';
import { valueAt } from '../../modules/automations/automations.public.ts';
import type { WaitConfig } from '../../modules/automations/steps.schema.ts';
import type { EventContent } from '../../modules/events/events.schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Fields } from './action.ts';

const MINUTE_MS = 60_000;

/** What a wait is reckoned from. */
export interface WaitScope {
  readonly now: Date;
  readonly timeZone: string;
  readonly event: EventContent;
  readonly before: Fields | undefined;
  readonly after: Fields | undefined;
}

/**
 * Until when a step waits at most. A day begins where the organisation is.
 * @throws AppError failed-precondition when the record has no date in the field that is waited for
 */
export function waitUntil(config: WaitConfig, scope: WaitScope): Date {
  const { minutes, untilField, offsetMinutes = 0, timeoutMinutes } = config;
  if (untilField === undefined) {
    return new Date(scope.now.getTime() + (minutes ?? timeoutMinutes ?? 0) * MINUTE_MS);
  }
  const instant = instantOf(valueAt(untilField, scope), scope.timeZone);
  if (instant !== undefined) return new Date(instant.getTime() + offsetMinutes * MINUTE_MS);
  throw new AppError(
    'failed-precondition',
    `${untilField}: the record has no date there to wait for; give it one, then have the run go on`,
    { field: untilField },
  );
}

function instantOf(value: unknown, timeZone: string): Date | undefined {
  if (value instanceof Date) return value;
  if (typeof value !== 'string') return undefined;
  const parsed = DateTime.fromISO(value, { zone: timeZone });
  return parsed.isValid ? parsed.toJSDate() : undefined;
}
