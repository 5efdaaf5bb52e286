import { onSchedule } from 'firebase-functions/v2/scheduler';
import { rollUp } from '../modules/analytics/analytics.public.ts';
import { sendDisputeNotices } from '../modules/disputes/disputes.public.ts';
import { sweepEvents, sweepOf } from '../modules/events/events.public.ts';
import { sendDueInvitations } from '../modules/invitations/invitations.public.ts';
import { sweepJobs } from '../modules/jobs/jobs.public.ts';
import { newId } from '../platform/ids.ts';
import { INVITATION_KEY, REGION, SMTP_PASSWORD } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';
import { finishStageDeletions } from '../workflows/delete-stage.ts';
import { purgeBin } from '../workflows/purge-bin.ts';
import { email } from './email.ts';
import { allRecordKinds } from './record-kinds.ts';
import { rollupKinds } from './rollup-kinds.ts';

const schedule = { region: REGION, timeZone: 'Etc/UTC', memory: '512MiB', retryCount: 3 } as const;

/** Recovers the events of lost triggers. */
export const sweep = onSchedule(
  { ...schedule, schedule: 'every 5 minutes', timeoutSeconds: 300 },
  async () => {
    await sweepEvents(startInvocation(newId()), allRecordKinds.map(sweepOf));
  },
);

/** Brings the dashboards' figures up to date. */
export const rollUpFigures = onSchedule(
  { ...schedule, schedule: 'every 1 minutes', timeoutSeconds: 60 },
  async () => {
    await rollUp(startInvocation(newId()), rollupKinds);
  },
);

/** Sends the invitations that no request has sent: of killed processes, and to be tried again. */
export const sendInvitations = onSchedule(
  {
    ...schedule,
    schedule: 'every 5 minutes',
    timeoutSeconds: 300,
    secrets: [SMTP_PASSWORD, INVITATION_KEY],
  },
  async () => {
    await sendDueInvitations(startInvocation(newId()), email);
  },
);

/** Tells both sides of a dispute what has become of it. */
export const sendNotices = onSchedule(
  { ...schedule, schedule: 'every 1 minutes', timeoutSeconds: 300, secrets: [SMTP_PASSWORD] },
  async () => {
    await sendDisputeNotices(startInvocation(newId()), email);
  },
);

/** Drives on the jobs that a killed process or a lost task left behind. */
export const driveJobs = onSchedule(
  { ...schedule, schedule: 'every 1 minutes', timeoutSeconds: 60 },
  async () => {
    await sweepJobs(startInvocation(newId()));
  },
);

/** Removes the stages whose last deals have moved on. */
export const finishStages = onSchedule(
  { ...schedule, schedule: 'every 5 minutes', timeoutSeconds: 300 },
  async () => {
    await finishStageDeletions(startInvocation(newId()));
  },
);

/** Removes what has been in the bin for longer than it can be restored. */
export const emptyBin = onSchedule(
  { ...schedule, schedule: 'every day 03:00', timeoutSeconds: 540 },
  async () => {
    await purgeBin(startInvocation(newId()));
  },
);
