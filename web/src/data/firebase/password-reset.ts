import { confirmPasswordReset, verifyPasswordResetCode } from 'firebase/auth';
import { type Problem, toProblem } from '../problem.ts';
import { signIn } from './account.ts';
import type { Backend } from './app.ts';
import { codeOf, WEAK_PASSWORD } from './auth-code.ts';

/** What the link in the mail can be refused for; another attempt with it would be in vain. */
const deadLinks: Readonly<Record<string, string>> = {
  'auth/expired-action-code': 'The link has expired: it works for an hour',
  'auth/invalid-action-code': 'The link was used already, or a newer one was sent',
  'auth/user-disabled': 'The account is disabled',
  'auth/user-not-found': 'The account does not exist any more',
};

/** The address whose password the code of a link sets. Rejects when it sets none. */
export function findAddress({ auth }: Backend, code: string): Promise<string> {
  return verifyPasswordResetCode(auth, code);
}

/** Why a link does not work, for good; undefined for a failure that may pass. */
export function deadLinkReason(error: unknown): string | undefined {
  return deadLinks[codeOf(error)];
}

/** Sets the password and signs in with it. Returns the problem when it fails. */
export async function setPassword(
  backend: Backend,
  { code, email, password }: { readonly [name in 'code' | 'email' | 'password']: string },
): Promise<Problem | undefined> {
  try {
    await confirmPasswordReset(backend.auth, code, password);
  } catch (error) {
    const dead = deadLinkReason(error);
    if (dead !== undefined) return { message: `${dead}. Ask for a new one.` };
    if (codeOf(error) !== WEAK_PASSWORD.code) return toProblem(error);
    return { message: WEAK_PASSWORD.message, field: 'password' };
  }
  const problem = await signIn(backend, email, password);
  // The link is used up: another attempt at it would only be refused.
  return problem && { message: `The password is set, but signing in failed. ${problem.message}` };
}
