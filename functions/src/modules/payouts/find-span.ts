import { DateTime } from 'luxon';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { findNextPeriod } from './close-period.ts';
import { findLastPeriod } from './payouts.repository.ts';
import { type PeriodSpan, periodContaining } from './periods.ts';
import { findTimeline } from './settings.ts';

const NOON = 12;
/** What closing a period posts carries the last moment of the period. */
const LAST_MOMENT_MS = 1;

/** The period that begins on a day, closed or not; undefined when none does. At most two billed reads. */
export async function findPeriodSpan(
  unit: UnitOfWork,
  periodId: string,
): Promise<PeriodSpan | undefined> {
  const timeline = await findTimeline(unit);
  const spans = timeline.map(({ timeZone }) => {
    const noon = DateTime.fromISO(periodId, { zone: timeZone }).set({ hour: NOON });
    return periodContaining(timeline, noon.toJSDate());
  });
  return spans.find(({ id }) => id === periodId);
}

/**
 * True when every period whose last moment is at or before `until` is closed, so that closing posts
 * nothing before then any more. At most four billed reads.
 */
export async function areClosedUntil(unit: UnitOfWork, until: Date): Promise<boolean> {
  const [timeline, last] = await Promise.all([findTimeline(unit), findLastPeriod(unit)]);
  const open = last?.status === 'closing' ? last : await findNextPeriod(unit, timeline, last);
  return open === undefined || until.getTime() < open.endsAt.getTime() - LAST_MOMENT_MS;
}
