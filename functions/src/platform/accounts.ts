import type { DecodedIdToken, UserRecord } from 'firebase-admin/auth';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { firebaseAuth } from './firestore.ts';

/** The claim in every ID token that names the organisation; what its bearer may do there is not in the token. */
const claimsSchema = z.object({ orgId: z.string().optional() });

/** Who a verified ID token was issued to. */
export interface Identity {
  readonly uid: string;
  readonly orgId: string | undefined;
}

/** A sign-in account of Firebase Auth. */
export interface Account extends Identity {
  readonly createdAt: Date;
}

/** The identity in the claims of a token that has been verified. */
export function identityOf(uid: string, claims: object): Identity {
  return { uid, orgId: claimsSchema.parse(claims).orgId };
}

/** A verified sign-in. */
export interface Session extends Identity {
  readonly expiresAt: Date;
}

/**
 * Verifies a Firebase ID token.
 * @throws AppError unauthenticated; unavailable when Google's public keys cannot be had
 */
export async function verifyIdToken(token: string): Promise<Session> {
  try {
    return toSession(await firebaseAuth().verifyIdToken(token));
  } catch (error) {
    if (isOutage(error)) throw unavailable(error);
    throw new AppError(
      'unauthenticated',
      'The ID token is invalid or has expired; sign in again and send a fresh one',
      { cause: error },
    );
  }
}

/**
 * Verifies a session cookie and that the account has not been disabled, nor its password changed,
 * since: a cookie lives for days, so this is asked of Firebase Auth each time.
 * @throws AppError unauthenticated; unavailable when Firebase Auth cannot be reached
 */
export async function verifySessionCookie(cookie: string): Promise<Session> {
  try {
    return toSession(await firebaseAuth().verifySessionCookie(cookie, true));
  } catch (error) {
    if (isOutage(error)) throw unavailable(error);
    throw new AppError('unauthenticated', 'The session has ended; sign in again', { cause: error });
  }
}

/** Makes the session cookie of somebody who has just signed in. */
export function createSessionCookie(idToken: string, lifetimeMs: number): Promise<string> {
  return firebaseAuth().createSessionCookie(idToken, { expiresIn: lifetimeMs });
}

/**
 * Creates an account, with the given uid if there is one, or returns undefined when the e-mail
 * address or the uid is taken.
 */
export async function createAccount(account: {
  email: string;
  password: string;
  name: string;
  uid?: string;
}): Promise<string | undefined> {
  try {
    const { name, ...credentials } = account;
    return (await firebaseAuth().createUser({ ...credentials, displayName: name })).uid;
  } catch (error) {
    if (hasCode(error, 'auth/email-already-exists')) return undefined;
    if (hasCode(error, 'auth/uid-already-exists')) return undefined;
    throw error;
  }
}

/** Gives an account a new password. */
export async function setAccountPassword(uid: string, password: string): Promise<void> {
  await firebaseAuth().updateUser(uid, { password });
}

/** A link by which the owner of this address sets a new password, or undefined without an account. */
export async function findPasswordResetLink(email: string): Promise<string | undefined> {
  try {
    return await firebaseAuth().generatePasswordResetLink(email);
  } catch (error) {
    if (hasCode(error, 'auth/email-not-found')) return undefined;
    if (hasCode(error, 'auth/user-not-found')) return undefined;
    throw error;
  }
}

/** The account with this e-mail address, or undefined. */
export async function findAccount(email: string): Promise<Account | undefined> {
  try {
    return toAccount(await firebaseAuth().getUserByEmail(email));
  } catch (error) {
    if (hasCode(error, 'auth/user-not-found')) return undefined;
    throw error;
  }
}

/** The account with this uid, or undefined. */
export async function findAccountByUid(uid: string): Promise<Account | undefined> {
  try {
    return toAccount(await firebaseAuth().getUser(uid));
  } catch (error) {
    if (hasCode(error, 'auth/user-not-found')) return undefined;
    throw error;
  }
}

/** Names the account's organisation, or that it has none, in the ID tokens issued from now on. */
export async function setAccountOrg(uid: string, orgId: string | undefined): Promise<void> {
  await firebaseAuth().setCustomUserClaims(uid, orgId === undefined ? null : { orgId });
}

/** Deletes an account; one that is gone already is as good. */
export async function deleteAccount(uid: string): Promise<void> {
  try {
    await firebaseAuth().deleteUser(uid);
  } catch (error) {
    if (!hasCode(error, 'auth/user-not-found')) throw error;
  }
}

function toSession(decoded: DecodedIdToken): Session {
  return { ...identityOf(decoded.uid, decoded), expiresAt: new Date(decoded.exp * 1000) };
}

function toAccount(user: UserRecord): Account {
  return {
    ...identityOf(user.uid, user.customClaims ?? {}),
    createdAt: new Date(user.metadata.creationTime),
  };
}

/**
 * The Admin SDK reports that it could not fetch Google's public keys with the code and class of a
 * bad token and without a cause; how its message begins is all that tells the two apart. A bad
 * token's begins with what was verified.
 */
const KEYS_NOT_FETCHED = /^Error (?:fetching public keys|while making request)/;
const OUTAGE_CODES = ['app/network-error', 'app/network-timeout', 'auth/internal-error'] as const;

/** True when an identity could not be checked, which says nothing about the identity. */
function isOutage(error: unknown): boolean {
  if (OUTAGE_CODES.some((code) => hasCode(error, code))) return true;
  return error instanceof Error && KEYS_NOT_FETCHED.test(error.message);
}

function unavailable(cause: unknown): AppError {
  const message = 'Sign-ins cannot be checked at the moment; try again in a minute';
  return new AppError('unavailable', message, { cause });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
