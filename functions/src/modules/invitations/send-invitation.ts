import { type EmailPort, EmailRefusedError } from '../../integrations/email/email.port.ts';
import type { Stored } from '../../platform/collection.ts';
import { findDue } from '../../platform/due-documents.ts';
import { describeError } from '../../platform/log.ts';
import { appUrl, INVITATION_KEY, readSecret } from '../../platform/params.ts';
import { updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { orgs } from '../orgs/orgs.public.ts';
import { invitationEmail } from './invitation-email.ts';
import { invitationToken } from './invitation-token.ts';
import { afterFailedSending } from './invitations.policy.ts';
import { invitations } from './invitations.repository.ts';
import type { Invitation } from './invitations.schema.ts';

type Sender = Pick<Invocation, 'store' | 'now' | 'log'>;

const ACTOR = 'system:email';
const SWEEP_LIMIT = 200;

/**
 * Sends an invitation's mail, unless that has been done, and notes how it went in the invitation.
 * A process that is killed before it could note it leaves the mail to the schedule, which then
 * sends the same mail with the same token again: twice rather than never.
 */
export async function sendInvitation(
  ctx: Sender,
  email: EmailPort,
  orgId: string,
  invitationId: string,
): Promise<Stored<Invitation>> {
  const unit = openUnit(ctx, orgId);
  const [invitation, org] = await Promise.all([
    unit.get(invitations, invitationId),
    unit.get(orgs, orgId),
  ]);
  if (invitation.nextSendAt === null) return invitation;
  const outcome = await attemptSending(ctx, email, org.name, { orgId, invitation });
  // The request's idempotency key was claimed by the invitation itself.
  return runUnitOfWork({ store: ctx.store, now: ctx.now }, orgId, (again) =>
    noteOutcome(again, invitation, outcome, ctx.now),
  );
}

/** Sends the mails that no request has: those of killed processes and those to be tried again. */
export async function sendDueInvitations(ctx: Sender, email: EmailPort): Promise<number> {
  const due = await findDue(ctx.store, 'invitations', ctx.now, SWEEP_LIMIT);
  for (const { orgId, id: invitationId } of due) {
    try {
      await sendInvitation(ctx, email, orgId, invitationId);
    } catch (error) {
      // One that cannot even be read must not keep the others from being sent.
      ctx.log.error({ orgId, invitationId, ...describeError(error) }, 'invitation not sent');
    }
  }
  return due.length;
}

type Outcome = { readonly reason: string; readonly isFinal: boolean } | undefined;

async function attemptSending(
  ctx: Sender,
  email: EmailPort,
  orgName: string,
  { orgId, invitation }: { orgId: string; invitation: Stored<Invitation> },
): Promise<Outcome> {
  const { id: invitationId, sendings } = invitation;
  try {
    const token = invitationToken(readSecret(INVITATION_KEY), { orgId, invitationId, sendings });
    await email.send(invitationEmail({ invitation, orgName, appUrl: appUrl(), token }));
    ctx.log.info({ orgId, invitationId }, 'invitation sent');
    return undefined;
  } catch (error) {
    ctx.log.warn({ orgId, invitationId, ...describeError(error) }, 'invitation not sent');
    const isFinal = error instanceof EmailRefusedError;
    const reason = isFinal ? error.message : 'The mail server could not be reached; trying again';
    return { reason, isFinal };
  }
}

async function noteOutcome(
  unit: UnitOfWork,
  sent: Stored<Invitation>,
  failure: Outcome,
  now: Date,
): Promise<Stored<Invitation>> {
  const current = await unit.get(invitations, sent.id);
  // Renewed, revoked or accepted meanwhile, or noted by a second sender: nothing to note any more.
  if (current.nextSendAt === null || current.sendings !== sent.sendings) return current;
  const patch =
    failure === undefined
      ? { sentAt: now, sendError: null, nextSendAt: null, sendAttempts: current.sendAttempts + 1 }
      : afterFailedSending(current, { ...failure, now });
  return updateRecord(unit, invitations, current, patch, { actor: ACTOR, now });
}
