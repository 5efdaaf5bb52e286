import pMap from 'p-map';
import { type EmailPort, EmailRefusedError } from '../../integrations/email/email.port.ts';
import type { Stored } from '../../platform/collection.ts';
import { findDue } from '../../platform/due-documents.ts';
import { describeError } from '../../platform/log.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { users } from '../users/users.public.ts';
import { notificationMails } from './notifications.repository.ts';
import type { NotificationMail } from './notifications.schema.ts';

type Sender = Pick<Invocation, 'store' | 'now' | 'log'>;

const SWEEP_LIMIT = 200;
const CONCURRENCY = 4;
const FIRST_PAUSE_MS = 60 * 1000;
const LONGEST_PAUSE_MS = 6 * 60 * 60 * 1000;
/** About two days of trying. */
const MAX_ATTEMPTS = 16;

/**
 * Sends the mails that are due, and again those that could not be sent. A process that is killed in
 * between leaves the mail: it is then sent again under the same id, twice rather than never.
 * @returns how many were due
 */
export async function sendNotificationMails(ctx: Sender, email: EmailPort): Promise<number> {
  const due = await findDue(ctx.store, 'notificationMails', ctx.now, SWEEP_LIMIT);
  await pMap(
    due,
    async ({ orgId, id }) => {
      try {
        await sendMail(ctx, email, orgId, id);
      } catch (error) {
        // One that cannot even be read must not keep the others from being sent.
        ctx.log.error({ orgId, mailId: id, ...describeError(error) }, 'notification not mailed');
      }
    },
    { concurrency: CONCURRENCY },
  );
  return due.length;
}

async function sendMail(ctx: Sender, email: EmailPort, orgId: string, id: string): Promise<void> {
  const unit = openUnit(ctx, orgId);
  const mail = await unit.find(notificationMails, id);
  if (mail === undefined) return;
  const user = await unit.find(users, mail.uid);
  const isDone = !user?.active || (await wasSent(ctx, email, mail, user.email));
  await runUnitOfWork({ store: ctx.store, now: ctx.now }, orgId, async (again) => {
    const current = await again.find(notificationMails, id);
    if (current === undefined) return;
    const attempts = current.attempts + 1;
    if (!isDone && attempts < MAX_ATTEMPTS) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** current.attempts, LONGEST_PAUSE_MS);
      const nextSendAt = new Date(ctx.now.getTime() + pauseMs);
      again.update(notificationMails, current, { attempts, nextSendAt });
      return;
    }
    if (!isDone) ctx.log.error({ orgId, mailId: id, attempts }, 'notification mail given up');
    again.remove(notificationMails, current);
  });
}

/** True when a mail needs no further attempt. */
async function wasSent(
  { log }: Sender,
  email: EmailPort,
  { id, subject, text, html }: Stored<NotificationMail>,
  to: string,
): Promise<boolean> {
  try {
    await email.send({ id: `notification-${id}`, to, subject, text, html });
    return true;
  } catch (error) {
    log.warn({ mailId: id, ...describeError(error) }, 'notification mail not sent');
    return error instanceof EmailRefusedError;
  }
}
