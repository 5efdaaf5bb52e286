import { HOST, REGION } from './project.ts';
import { parseSchedule } from './schedule-expression.ts';

const MINUTE_MS = 60_000;

/** The part of a platform that is needed here. */
interface FunctionsPlatform {
  readonly projectId: string;
  readonly ports: { readonly functions: number };
}

interface ScheduledFunction {
  readonly name: string;
  readonly schedule: string;
  readonly timeZone: string;
}

interface Trigger {
  readonly name: string;
  readonly schedule?: { readonly schedule?: string; readonly timeZone?: string | null };
}

/** The scheduled functions that the Functions emulator has loaded right now. */
export async function listScheduledFunctions(
  platform: FunctionsPlatform,
): Promise<ScheduledFunction[]> {
  const response = await fetch(`http://${HOST}:${platform.ports.functions}/backends`);
  const body: { backends?: { functionTriggers?: Trigger[] }[] } = JSON.parse(await response.text());
  return (body.backends ?? [])
    .flatMap((backend) => backend.functionTriggers ?? [])
    .flatMap(({ name, schedule }) =>
      schedule?.schedule === undefined
        ? []
        : [{ name, schedule: schedule.schedule, timeZone: schedule.timeZone ?? 'UTC' }],
    );
}

/** Runs one scheduled function now, as Cloud Scheduler would; rejects when it fails. */
export async function runScheduledFunction(
  platform: FunctionsPlatform,
  name: string,
  at: Date = new Date(),
): Promise<void> {
  // The emulator offers a schedule only to the Pub/Sub emulator, but takes the request Cloud Scheduler would send.
  const trigger = `projects/${platform.projectId}/triggers/${REGION}-${name}-0`;
  const response = await fetch(`http://${HOST}:${platform.ports.functions}/functions/${trigger}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-cloudscheduler': 'true',
      'x-cloudscheduler-jobname': `firebase-schedule-${name}-${REGION}`,
      'x-cloudscheduler-scheduletime': at.toISOString(),
    },
    body: '{}',
  });
  if (response.ok) return;
  throw new Error(
    `Scheduled function ${name} answered ${response.status}: ${await response.text()}`,
  );
}

/** Runs scheduled functions at their minutes, which no emulator does. */
export function startScheduler(platform: FunctionsPlatform, onProblem: (text: string) => void) {
  const running = new Set<string>();
  const reported = new Set<string>();
  const report = (text: string) => {
    if (!reported.has(text)) onProblem(text);
    reported.add(text);
  };
  const run = async (name: string, at: Date) => {
    // As Cloud Scheduler does: a run that is still going on makes the next one wait for its next time.
    if (running.has(name)) return;
    running.add(name);
    await runScheduledFunction(platform, name, at)
      .catch((error: unknown) => report(error instanceof Error ? error.message : String(error)))
      .finally(() => running.delete(name));
  };
  const tick = async (at: Date) => {
    for (const { name, schedule, timeZone } of await listScheduledFunctions(platform)) {
      const isDue = parseSchedule(schedule, timeZone);
      if (isDue === undefined)
        report(`The schedule of ${name} ("${schedule}") is not understood here; it never runs.`);
      else if (isDue(at)) void run(name, at);
    }
  };
  let timer: NodeJS.Timeout;
  const plan = () => {
    const now = Date.now();
    const next = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    timer = setTimeout(() => {
      // A functions reload may leave the list unreadable for a moment; the next minute asks again.
      void tick(new Date(next)).catch(() => undefined);
      plan();
    }, next - now);
  };
  plan();
  return { stop: () => clearTimeout(timer) };
}
