import { browserPopupRedirectResolver, GoogleAuthProvider, signInWithPopup } from 'firebase/auth';
import { type Problem, toProblem } from '../problem.ts';
import type { Backend } from './app.ts';
import { codeOf } from './auth-code.ts';

const messages: Readonly<Record<string, string>> = {
  'auth/popup-closed-by-user':
    'The window of Google was closed before you were signed in. Try again.',
  'auth/cancelled-popup-request':
    'The window of Google was closed before you were signed in. Try again.',
  'auth/popup-blocked': 'Your browser kept the window of Google closed. Allow it, then try again.',
  'auth/operation-not-allowed':
    'Google is not switched on for this project. Sign in with your password.',
  'auth/unauthorized-domain':
    'Google does not know this address of Splitline. Sign in with your password and tell an administrator.',
  'auth/account-exists-with-different-credential':
    'This address signs in with a password. Sign in with it.',
};

/** Opens Google's window; the session listener reports the rest. Returns the problem when it fails. */
export async function signInWithGoogle({ auth }: Backend): Promise<Problem | undefined> {
  const provider = new GoogleAuthProvider();
  // Somebody with several accounts at Google says which.
  provider.setCustomParameters({ prompt: 'select_account' });
  try {
    await signInWithPopup(auth, provider, browserPopupRedirectResolver);
    return undefined;
  } catch (error) {
    const message = messages[codeOf(error)];
    return message === undefined ? toProblem(error) : { message };
  }
}
