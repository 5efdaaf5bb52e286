import { type EmailPort, EmailRefusedError } from '../../integrations/email/email.port.ts';
import {
  createSessionCookie,
  findAccount,
  findPasswordResetLink,
  verifyIdToken,
} from '../../platform/accounts.ts';
import { AppError } from '../../platform/errors.ts';
import { takeTurn } from '../../platform/guards.ts';
import { signInWithPassword } from '../../platform/identity-toolkit.ts';
import { describeError } from '../../platform/log.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { loadMember } from '../users/users.public.ts';
import type { PasswordReset, SignIn } from './accounts.schema.ts';

/** Firebase allows at most 14 days; after five a person signs in again. */
export const SESSION_LIFETIME_MS = 5 * 24 * 60 * 60 * 1000;
const RESET_PAUSE_MS = 60_000;

/**
 * Signs a member in and makes the session cookie.
 * @throws AppError unauthenticated, permission-denied when the membership has ended,
 * resource-exhausted after too many attempts
 */
export async function signIn(
  { store }: Pick<Invocation, 'store'>,
  { email, password }: SignIn,
): Promise<string> {
  const signedIn = await signInWithPassword(email, password);
  if (signedIn === undefined) {
    throw new AppError('unauthenticated', 'The e-mail address or the password is wrong');
  }
  await loadMember(store, await verifyIdToken(signedIn.idToken));
  return createSessionCookie(signedIn.idToken, SESSION_LIFETIME_MS);
}

/**
 * Mails a link that sets a new password, at most one a minute. Whether the address has an account,
 * and whether the mail could be sent, is for the log alone: the answer must not tell.
 */
export async function requestPasswordReset(
  ctx: Pick<Invocation, 'store' | 'now' | 'log' | 'newId'>,
  emailPort: EmailPort,
  { email }: PasswordReset,
): Promise<void> {
  try {
    if (!(await mayBeMailed(ctx, email))) return;
    const link = await findPasswordResetLink(email);
    if (link === undefined) return;
    await emailPort.send({
      id: `password-reset-${ctx.newId()}`,
      to: email,
      subject: 'Set a new password for Splitline',
      text: [
        'Hello,',
        '',
        'somebody, probably you, asked for a new password. Open this link to set one:',
        '',
        link,
        '',
        'The link works once, for an hour. If you did not ask for it, ignore this mail.',
        '',
      ].join('\n'),
    });
  } catch (error) {
    const refused = error instanceof EmailRefusedError;
    ctx.log[refused ? 'warn' : 'error'](describeError(error), 'password reset not sent');
  }
}

/** False for an address without a member's account, and for one that was mailed a moment ago. */
async function mayBeMailed(
  { store, now }: Pick<Invocation, 'store' | 'now'>,
  email: string,
): Promise<boolean> {
  const account = await findAccount(email);
  if (account?.orgId === undefined) return false;
  return runUnitOfWork({ store, now }, account.orgId, (unit) =>
    takeTurn(unit, `password_reset_${account.uid}`, { now, pauseMs: RESET_PAUSE_MS }),
  );
}
