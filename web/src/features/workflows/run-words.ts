import type { RunDetail, RunView } from '@splitline/functions/contracts';

export type RunStatus = RunView['status'];
type Outcome = RunDetail['log'][number]['outcome'];

interface Words {
  readonly name: string;
  readonly tone: 'accent' | 'warning' | 'danger' | undefined;
}

export const runStatusWords: Readonly<Record<RunStatus, Words>> = {
  queued: { name: 'Begins', tone: 'accent' },
  running: { name: 'Under way', tone: 'accent' },
  waiting: { name: 'Waits', tone: 'warning' },
  done: { name: 'Done', tone: undefined },
  stopped: { name: 'Stopped', tone: undefined },
  failed: { name: 'Failed', tone: 'danger' },
};

export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  done: { name: 'Done', tone: undefined },
  branched: { name: 'Branched', tone: undefined },
  waited: { name: 'Waited', tone: undefined },
  woken: { name: 'It happened', tone: undefined },
  timed_out: { name: 'Time was up', tone: 'warning' },
  stopped: { name: 'Stopped here', tone: undefined },
  failed: { name: 'Failed', tone: 'danger' },
};

export const originWords: Readonly<Record<RunView['origin'], string>> = {
  event: 'Started by an event',
  schedule: 'Started by its schedule',
  stalled: 'Started because the deal had not moved',
  appointment_soon: 'Started because an appointment was near',
  manual: 'Started by hand',
};

/** True while a run goes on by itself within moments: it is worth looking again. */
export function isMoving({ status, nextAttemptAt }: RunView): boolean {
  return status === 'queued' || (status === 'running' && nextAttemptAt === null);
}

/** What is wrong with a run, for people: the server names the field in front. */
export function errorWords({ message, field }: NonNullable<RunView['error']>): string {
  const prefix = `${field}: `;
  const text =
    field !== null && message.startsWith(prefix) ? message.slice(prefix.length) : message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
