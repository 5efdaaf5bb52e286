/**
 * Imports the public data set of 8,800 opportunities into a running platform, as `npm run import`
 * does: files through the REST door, rows in tasks, events from triggers. Measured is the time from
 * the order of the deals' import until the last of their events is stored.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { addPeopleAs } from '../../local/import/add-people.ts';
import { type Door, openDoor, signIn } from '../../local/import/door.ts';
import { type JobProgress, watchJob } from '../../local/import/import-file.ts';
import { freshSignIn, importSalesOpportunities } from '../../local/import/sales-opportunities.ts';
import type { HostLog } from '../../local/launcher/host-protocol.ts';

const POLL_MS = 500;
const GIVE_UP_MS = 600_000;

const stepSchema = z.object({
  message: z.literal('job step run'),
  jobId: z.string(),
  reads: z.int(),
  writes: z.int(),
  roundTrips: z.int(),
  rssMb: z.number(),
});
type Step = z.infer<typeof stepSchema>;

/** Collects what the runner of jobs logs about each of its steps. */
export class StepLog {
  readonly #steps: Step[] = [];

  readonly take = ({ entry }: HostLog): void => {
    const step = stepSchema.safeParse(entry);
    if (step.success) this.#steps.push(step.data);
  };

  of(jobId: string): readonly Step[] {
    return this.#steps.filter((step) => step.jobId === jobId);
  }
}

/** What an import cost. */
export interface ImportFigures {
  readonly rows: number;
  readonly rowSeconds: number;
  readonly events: number;
  /** What the won deals pay reps and managers; they are stored with the events. */
  readonly postings: number;
  readonly allSeconds: number;
  readonly reads: number;
  readonly writes: number;
  readonly roundTrips: number;
  readonly peakMb: number;
}

interface ImportBenchmark {
  /** Where the platform answers. */
  readonly url: string;
  readonly folder: string;
  /** Whether wins pay anybody: each then stores postings for its rep and their manager with its event. */
  readonly hasPlan: boolean;
  readonly steps: StepLog;
  readonly tell: (line: string) => void;
}

/** Imports a data set into a fresh organisation. */
export async function measureImport(benchmark: ImportBenchmark): Promise<ImportFigures> {
  const { url, folder, hasPlan, steps, tell } = benchmark;
  const people = freshSignIn();
  const admin = { email: `admin@${people.domain}`, password: people.password };
  const signedUp = await openDoor(url, undefined).request('POST /api/signup', {
    ...{ ...admin, name: 'Administrator', businessName: 'Import benchmark' },
  });
  const ids = z.object({ orgId: z.string(), userId: z.string() }).parse(signedUp);
  const door = openDoor(url, await signIn(url, admin.email, admin.password));
  if (hasPlan) await createPlan(door);
  const spans: { jobId: string; beganMs: number; seconds: number }[] = [];
  const finishJob = async (jobId: string): Promise<JobProgress> => {
    const beganMs = performance.now();
    const job = await watchJob(door, jobId, () => undefined);
    spans.push({ jobId, beganMs, seconds: (performance.now() - beganMs) / 1000 });
    return job;
  };
  const addPerson = addPeopleAs({ orgId: ids.orgId, uid: ids.userId });
  const { deals } = await importSalesOpportunities(
    { door, addPerson, finishJob, tell },
    folder,
    people,
  );
  const last = spans.at(-1);
  if (last === undefined) throw new Error('no job was run');
  const events = await waitForEvents(ids.orgId, deals.processed);
  const allSeconds = (performance.now() - last.beganMs) / 1000;
  const ledger = firestore().collection(`orgs/${ids.orgId}/ledger`);
  return {
    ...figuresOf(steps.of(last.jobId)),
    events,
    postings: (await ledger.count().get()).data().count,
    allSeconds,
    rows: deals.processed,
    rowSeconds: last.seconds,
  };
}

async function createPlan(door: Door): Promise<void> {
  await door.request('POST /api/plans', {
    name: 'Ten per cent, and two to the manager',
    terms: {
      rules: [
        { kind: 'percent', rateBps: 1000 },
        { kind: 'override', rateBps: 200 },
      ],
      assignment: { everyone: true },
      // The opportunities were won years ago.
      effectiveFrom: '2000-01-01T00:00:00Z',
    },
  });
}

/** Waits until every imported deal has its event. */
async function waitForEvents(orgId: string, expected: number): Promise<number> {
  const query = firestore().collection(`orgs/${orgId}/events`).where('recordType', '==', 'deal');
  const giveUpMs = performance.now() + GIVE_UP_MS;
  for (;;) {
    const { count } = (await query.count().get()).data();
    if (count >= expected) return count;
    if (performance.now() > giveUpMs)
      throw new Error(`${count} of ${expected} events were written`);
    await sleep(POLL_MS);
  }
}

function figuresOf(steps: readonly Step[]) {
  const sum = (field: 'reads' | 'writes' | 'roundTrips') =>
    steps.reduce((total, step) => total + step[field], 0);
  return {
    ...{ reads: sum('reads'), writes: sum('writes'), roundTrips: sum('roundTrips') },
    peakMb: Math.max(...steps.map(({ rssMb }) => rssMb)),
  };
}

/** The figures as a table for people. */
export function formatImport(figures: ImportFigures): string {
  const { rows, rowSeconds, events, postings, allSeconds } = figures;
  const { reads, writes, roundTrips, peakMb } = figures;
  const perRow = (count: number) => `${count} (${(count / rows).toFixed(2)} a row)`;
  return [
    `rows imported            ${rows} in ${rowSeconds.toFixed(1)} s: ${(rows / rowSeconds).toFixed(0)} rows/s`,
    `events written           ${events}, the last ${allSeconds.toFixed(1)} s after the start`,
    `postings with them       ${postings}`,
    `billed reads of the job  ${perRow(reads)}`,
    `billed writes of the job ${perRow(writes)}, and one for each event`,
    `round trips of the job   ${roundTrips}`,
    `memory of the runner     ${peakMb} MB at most`,
  ].join('\n');
}
