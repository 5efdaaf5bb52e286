import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { Store } from '../../platform/unit-of-work.ts';
import { type Job, jobSchema } from './jobs.schema.ts';

export const jobs: Collection<Job> = orgCollection('jobs', 'Job', jobSchema);

/** An open job that nobody has worked on for too long, in any organisation. */
export interface AbandonedJob {
  readonly orgId: string;
  readonly jobId: string;
  readonly chunk: number;
}

/** The jobs whose lease, or whose wait for the next task, has run out. */
export async function findAbandonedJobs(
  { db, meter }: Store,
  now: Date,
  limit: number,
): Promise<AbandonedJob[]> {
  const query = db
    .collectionGroup('jobs')
    .where('leaseUntil', '<=', now)
    .orderBy('leaseUntil')
    .limit(limit);
  const { docs } = await meter.trip(() => query.get());
  meter.reads += Math.max(1, docs.length);
  return docs.flatMap((doc) => {
    const orgId = doc.ref.parent.parent?.id;
    const chunk: unknown = doc.get('chunk');
    return orgId === undefined || typeof chunk !== 'number'
      ? []
      : [{ orgId, jobId: doc.id, chunk }];
  });
}
