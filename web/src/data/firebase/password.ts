import { EmailAuthProvider, reauthenticateWithCredential, updatePassword } from 'firebase/auth';
import type { PasswordPort } from '../port.ts';
import { type Problem, toProblem } from '../problem.ts';
import type { Backend } from './app.ts';
import { codeOf, WEAK_PASSWORD } from './auth-code.ts';

const WRONG: readonly string[] = ['auth/wrong-password', 'auth/invalid-credential'];

/** The password of whoever is signed in. */
export function openPassword({ auth }: Pick<Backend, 'auth'>): PasswordPort {
  return {
    isSet:
      auth.currentUser?.providerData.some(({ providerId }) => providerId === 'password') ?? false,
    change: async (current, next) => {
      const user = auth.currentUser;
      if (user?.email == null) return { message: 'Your sign-in has ended. Sign out and in again.' };
      try {
        const proof = EmailAuthProvider.credential(user.email, current);
        await reauthenticateWithCredential(user, proof);
        await updatePassword(user, next);
        return undefined;
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}

function problemOf(error: unknown): Problem {
  const code = codeOf(error);
  if (WRONG.includes(code))
    return { message: 'This is not your present password', field: 'current' };
  if (code === WEAK_PASSWORD.code) return { message: WEAK_PASSWORD.message, field: 'next' };
  return toProblem(error);
}
