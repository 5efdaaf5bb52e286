import { z } from 'zod';
import { AppError } from './errors.ts';
import { authEmulatorHost, webApiKey } from './params.ts';

const TIMEOUT_MS = 10_000;

/** What Identity Toolkit says of credentials that do not open an account. */
const WRONG_CREDENTIALS: ReadonlySet<string> = new Set([
  'EMAIL_NOT_FOUND',
  'INVALID_PASSWORD',
  'INVALID_LOGIN_CREDENTIALS',
  'USER_DISABLED',
]);

const signedInSchema = z.object({ idToken: z.string(), localId: z.string() });
const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

/** A sign-in with an e-mail address and a password. */
export interface SignedIn {
  readonly uid: string;
  readonly idToken: string;
}

/**
 * Checks a password; the Admin SDK cannot. Answers undefined when address and password do not
 * belong together, whichever of them is wrong.
 * @throws AppError resource-exhausted after too many attempts, unavailable when nobody could say
 */
export async function signInWithPassword(
  email: string,
  password: string,
): Promise<SignedIn | undefined> {
  const { ok, body } = await post('accounts:signInWithPassword', {
    ...{ email, password },
    returnSecureToken: true,
  });
  if (ok) {
    const { localId, idToken } = signedInSchema.parse(body);
    return { uid: localId, idToken };
  }
  // A code may be followed by an explanation: "TOO_MANY_ATTEMPTS_TRY_LATER : Access to …".
  const code = refusalSchema.safeParse(body).data?.error.message.split(' ')[0] ?? '';
  if (WRONG_CREDENTIALS.has(code)) return undefined;
  if (code === 'TOO_MANY_ATTEMPTS_TRY_LATER') {
    throw new AppError('resource-exhausted', 'Too many attempts; wait a few minutes and try again');
  }
  throw new AppError('unavailable', 'Sign-in is not available at the moment; try again', {
    cause: new Error(`Identity Toolkit refused the sign-in: ${code || 'no reason given'}`),
  });
}

async function post(method: string, body: object): Promise<{ ok: boolean; body: unknown }> {
  const emulator = authEmulatorHost();
  const base = emulator === undefined ? 'https://' : `http://${emulator}/`;
  const url = `${base}identitytoolkit.googleapis.com/v1/${method}?key=${webApiKey()}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { ok: response.ok, body: await response.json() };
  } catch (error) {
    throw new AppError('unavailable', 'Sign-in is not available at the moment; try again', {
      cause: error,
    });
  }
}
