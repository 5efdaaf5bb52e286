import { type EmailPort, EmailRefusedError } from '../../integrations/email/email.port.ts';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { findDue } from '../../platform/due-documents.ts';
import { describeError } from '../../platform/log.ts';
import { appUrl } from '../../platform/params.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Subscription } from '../subscriptions/subscriptions.schema.ts';
import { listAdmins } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import { type DisablingNotice, disablingNoticeSchema } from './disabling-notices.schema.ts';

const disablingNotices: Collection<DisablingNotice> = orgCollection(
  'disablingNotices',
  'Disabling notice',
  disablingNoticeSchema,
);

type Sender = Pick<Invocation, 'store' | 'now' | 'log'>;

const SWEEP_LIMIT = 100;
const FIRST_PAUSE_MS = 60 * 1000;
const LONGEST_PAUSE_MS = 6 * 60 * 60 * 1000;
/** About two days of trying. */
const MAX_ATTEMPTS = 16;

/** Leaves word, in the commit that disables a subscription, that administrators are to be told. */
export function addDisablingNotice(
  unit: UnitOfWork,
  { id, version, url }: Stored<Subscription>,
  reason: DisablingNotice['reason'],
  now: Date,
): void {
  unit.create(disablingNotices, `${id}_${version + 1}`, {
    ...{ subscriptionId: id, url, reason },
    ...{ nextSendAt: now, attempts: 0, sentTo: [] },
  });
}

/** Sends the mails about disabled subscriptions that are due, and again those that were not taken. */
export async function sendDisablingNotices(ctx: Sender, email: EmailPort): Promise<number> {
  const due = await findDue(ctx.store, 'disablingNotices', ctx.now, SWEEP_LIMIT);
  for (const { orgId, id } of due) {
    try {
      await sendNotice(ctx, email, orgId, id);
    } catch (error) {
      // One that cannot even be read must not keep the others from being sent.
      ctx.log.error({ orgId, noticeId: id, ...describeError(error) }, 'notice not sent');
    }
  }
  return due.length;
}

async function sendNotice(ctx: Sender, email: EmailPort, orgId: string, id: string) {
  const unit = openUnit(ctx, orgId);
  const notice = await unit.find(disablingNotices, id);
  if (notice === undefined) return;
  const admins = await listAdmins(unit);
  const sentTo = [...notice.sentTo];
  for (const admin of admins.filter(({ id: uid }) => !sentTo.includes(uid))) {
    if (await wasSent(ctx, email, notice, admin)) sentTo.push(admin.id);
  }
  const isDone = admins.every((admin) => sentTo.includes(admin.id));
  await runUnitOfWork({ store: ctx.store, now: ctx.now }, orgId, async (again) => {
    const current = await again.find(disablingNotices, id);
    if (current === undefined) return;
    const attempts = current.attempts + 1;
    if (isDone || attempts >= MAX_ATTEMPTS) return again.remove(disablingNotices, current);
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** current.attempts, LONGEST_PAUSE_MS);
    const nextSendAt = new Date(ctx.now.getTime() + pauseMs);
    again.update(disablingNotices, current, { attempts, nextSendAt, sentTo });
  });
}

/** True when an administrator needs no further attempt. */
async function wasSent(
  { log }: Sender,
  email: EmailPort,
  notice: Stored<DisablingNotice>,
  admin: Stored<User>,
): Promise<boolean> {
  try {
    await email.send({
      id: `webhook-disabled-${notice.id}-${admin.id}`,
      to: admin.email,
      subject: 'A webhook of yours was disabled',
      text: textOf(notice, admin),
    });
    return true;
  } catch (error) {
    log.warn({ noticeId: notice.id, uid: admin.id, ...describeError(error) }, 'notice not sent');
    return error instanceof EmailRefusedError;
  }
}

const reasons = {
  gone: 'it answered 410 Gone',
  failing: 'every attempt of the last three days has failed',
} as const;

function textOf({ url, reason, subscriptionId }: DisablingNotice, { name }: User): string {
  return [
    `Hello ${name},`,
    '',
    `events are no longer sent to ${url}, because ${reasons[reason]}.`,
    'Once it works again, activate the subscription and send again what has failed:',
    `its ID is ${subscriptionId}. What happened meanwhile is in the stream of events.`,
    '',
    `You find it in Splitline: ${appUrl()}`,
    '',
  ].join('\n');
}
