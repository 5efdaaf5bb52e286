import type { Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { whereVisible } from '../access/access.public.ts';
import { events } from './events.repository.ts';
import type { Event } from './events.schema.ts';

interface Span {
  readonly until: Date;
  readonly after: string | undefined;
  readonly limit: number;
}

/** A page of the events that somebody may see, by the time at which they were recorded. */
export async function pageOfStream(
  unit: UnitOfWork,
  caller: Principal,
  { until, after, limit }: Span,
): Promise<{ records: Stored<Event>[]; nextCursor: string | null; endCursor: string | null }> {
  try {
    return await unit.page(
      events,
      (query) => whereVisible(query, caller, 'event').where('recordedAt', '<=', until),
      { order: { field: 'recordedAt', direction: 'asc' }, limit, cursor: after },
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.field !== 'cursor') throw error;
    throw new AppError('invalid-argument', 'after: use the cursor of an earlier answer', {
      field: 'after',
      cause: error,
    });
  }
}
