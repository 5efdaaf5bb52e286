import { AppError } from '../../platform/errors.ts';
import type { Invitation } from './invitations.schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 7;
/** The request sends the mail itself; only what it left undone is for the schedule. */
const SCHEDULE_TAKES_OVER_AFTER_MS = 2 * 60 * 1000;
const FIRST_PAUSE_MS = 5 * 60 * 1000;
const LONGEST_PAUSE_MS = 6 * 60 * 60 * 1000;

/** The state of an invitation that is about to be sent, for the first time or anew. */
export function toBeSent(now: Date) {
  return {
    status: 'pending' as const,
    expiresAt: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    sentAt: null,
    sendError: null,
    sendAttempts: 0,
    nextSendAt: new Date(now.getTime() + SCHEDULE_TAKES_OVER_AFTER_MS),
  };
}

/** The state of an invitation after its mail could not be sent, `isFinal` if it never can. */
export function afterFailedSending(
  { sendAttempts, expiresAt }: Invitation,
  { reason, isFinal, now }: { reason: string; isFinal: boolean; now: Date },
): Partial<Invitation> {
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** sendAttempts, LONGEST_PAUSE_MS);
  const next = new Date(now.getTime() + pauseMs);
  return {
    sendAttempts: sendAttempts + 1,
    sendError: [...reason].slice(0, 500).join(''),
    nextSendAt: isFinal || next >= expiresAt ? null : next,
  };
}

/** Refuses an invitation that was accepted or revoked. @throws AppError failed-precondition */
export function requirePending({ status }: Invitation): void {
  if (status === 'pending') return;
  const what = status === 'accepted' ? 'has been accepted already' : 'was revoked';
  throw new AppError('failed-precondition', `The invitation ${what}; send another one if needed`);
}

/** Refuses a token that does not let anybody in any more. @throws AppError failed-precondition */
export function requireAcceptable(invitation: Invitation, now: Date): void {
  if (invitation.status === 'pending' && invitation.expiresAt > now) return;
  const reasons = {
    pending: 'has expired',
    accepted: 'has been accepted already; sign in instead',
    revoked: 'was revoked',
  };
  const reason = reasons[invitation.status];
  throw new AppError(
    'failed-precondition',
    `token: this invitation ${reason}; ask an administrator for another one`,
    { field: 'token' },
  );
}
