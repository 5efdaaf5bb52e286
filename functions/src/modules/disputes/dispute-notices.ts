import { type EmailPort, EmailRefusedError } from '../../integrations/email/email.port.ts';
import type { Stored } from '../../platform/collection.ts';
import { findDue } from '../../platform/due-documents.ts';
import { describeError } from '../../platform/log.ts';
import { appUrl } from '../../platform/params.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { deals } from '../deals/deals.public.ts';
import { users } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import { disputeEmail } from './dispute-email.ts';
import type { DisputeEventType } from './disputes.events.ts';
import { disputeNotices, disputes, findOverseers } from './disputes.repository.ts';
import type { Dispute, DisputeNotice } from './disputes.schema.ts';

type Sender = Pick<Invocation, 'store' | 'now' | 'log'>;

const SWEEP_LIMIT = 100;
const FIRST_PAUSE_MS = 60 * 1000;
const LONGEST_PAUSE_MS = 6 * 60 * 60 * 1000;
/** About two days of trying. */
const MAX_ATTEMPTS = 16;

/** Leaves word, in the commit of a step, that both sides are to be told of it. */
export function addNotice(
  unit: UnitOfWork,
  { id, version }: { readonly id: string; readonly version: number },
  what: DisputeEventType,
  { actor, now }: { readonly actor: string; readonly now: Date },
): void {
  unit.create(disputeNotices, `${id}_${version + 1}`, {
    ...{ disputeId: id, what, actor },
    ...{ nextSendAt: now, attempts: 0, sentTo: [] },
  });
}

/**
 * Sends the mails about disputes that are due, and again those that could not be sent. A process
 * that is killed in between leaves the notice: the same mail is then sent again under the same id,
 * twice rather than never.
 */
export async function sendDisputeNotices(ctx: Sender, email: EmailPort): Promise<number> {
  const due = await findDue(ctx.store, 'disputeNotices', ctx.now, SWEEP_LIMIT);
  for (const { orgId, id: noticeId } of due) {
    try {
      await sendDisputeNotice(ctx, email, orgId, noticeId);
    } catch (error) {
      // One that cannot even be read must not keep the others from being sent.
      ctx.log.error({ orgId, noticeId, ...describeError(error) }, 'dispute notice not sent');
    }
  }
  return due.length;
}

/** Sends one notice to everybody who has not got it, and notes how that went. */
export async function sendDisputeNotice(
  ctx: Sender,
  email: EmailPort,
  orgId: string,
  noticeId: string,
): Promise<void> {
  const unit = openUnit(ctx, orgId);
  const notice = await unit.find(disputeNotices, noticeId);
  if (notice === undefined) return;
  const dispute = await unit.get(disputes, notice.disputeId);
  const [deal, people] = await Promise.all([
    unit.find(deals, dispute.dealId),
    peopleConcerned(unit, dispute, notice),
  ]);
  const dealTitle = deal?.title ?? 'a deal that was deleted';
  const sentTo = [...notice.sentTo];
  for (const person of people) {
    const letter = { notice, dispute, dealTitle, person, appUrl: appUrl() };
    if (await wasSent(ctx, email, letter)) sentTo.push(person.id);
  }
  const isDone = people.every(({ id }) => sentTo.includes(id));
  await runUnitOfWork({ store: ctx.store, now: ctx.now }, orgId, (again) =>
    noteOutcome(again, ctx, noticeId, { sentTo, isDone }),
  );
}

/** Both sides but whoever made the step, and those who have the mail already. */
async function peopleConcerned(
  unit: UnitOfWork,
  { ownerId, teamId }: Dispute,
  { actor, sentTo }: DisputeNotice,
): Promise<Stored<User>[]> {
  const [payee, overseers] = await Promise.all([
    unit.find(users, ownerId),
    findOverseers(unit, teamId),
  ]);
  const others = overseers.filter(({ id }) => id !== ownerId);
  return [...(payee?.active ? [payee] : []), ...others].filter(
    ({ id }) => id !== actor && !sentTo.includes(id),
  );
}

/** True when a person needs no further attempt. */
async function wasSent(
  { log }: Sender,
  email: EmailPort,
  letter: Parameters<typeof disputeEmail>[0],
): Promise<boolean> {
  try {
    await email.send(disputeEmail(letter));
    return true;
  } catch (error) {
    const uid = letter.person.id;
    log.warn({ noticeId: letter.notice.id, uid, ...describeError(error) }, 'notice not sent');
    return error instanceof EmailRefusedError;
  }
}

async function noteOutcome(
  unit: UnitOfWork,
  { now, log }: Sender,
  noticeId: string,
  { sentTo, isDone }: { readonly sentTo: string[]; readonly isDone: boolean },
): Promise<void> {
  const notice = await unit.find(disputeNotices, noticeId);
  if (notice === undefined) return;
  const attempts = notice.attempts + 1;
  if (isDone || attempts >= MAX_ATTEMPTS) {
    if (!isDone) log.error({ noticeId, attempts }, 'dispute notice given up');
    unit.remove(disputeNotices, notice);
    return;
  }
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** notice.attempts, LONGEST_PAUSE_MS);
  const nextSendAt = new Date(now.getTime() + pauseMs);
  unit.update(disputeNotices, notice, { attempts, nextSendAt, sentTo });
}
