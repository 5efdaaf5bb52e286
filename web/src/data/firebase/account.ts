import { onAuthStateChanged, signInWithEmailAndPassword, signOut, type User } from 'firebase/auth';
import { type Problem, problemAt, toProblem } from '../problem.ts';
import type { Backend } from './app.ts';

/** Who is signed in. Without `orgId` the account belongs to no organisation. */
export interface Session {
  readonly uid: string;
  readonly email: string;
  readonly orgId: string | undefined;
}

export interface SignUpForm {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly businessName: string;
  readonly industry: string | undefined;
}

export interface AcceptanceForm {
  readonly token: string;
  readonly password: string;
  /** The one in the invitation unless given. */
  readonly name: string | undefined;
}

/** Reports who is signed in, now and at every change: undefined when nobody is. */
export function watchSession(
  { auth }: Backend,
  onSession: (session: Session | undefined) => void,
  onProblem: (problem: Problem) => void,
): () => void {
  let latest = 0;
  const stop = onAuthStateChanged(auth, (user) => {
    latest += 1;
    const turn = latest;
    readSession(user).then(
      (session) => turn === latest && onSession(session),
      (error: unknown) => turn === latest && onProblem(toProblem(error)),
    );
  });
  return () => {
    latest += 1;
    stop();
  };
}

async function readSession(user: User | null): Promise<Session | undefined> {
  if (user === null) return undefined;
  const orgId = (await readOrgId(user, false)) ?? (await readOrgId(user, true));
  return { uid: user.uid, email: user.email ?? '', orgId };
}

/** A token issued before the person joined the organisation lacks the claim; `fresh` asks for a new one. */
async function readOrgId(user: User, fresh: boolean): Promise<string | undefined> {
  const { orgId } = (await user.getIdTokenResult(fresh)).claims;
  return typeof orgId === 'string' ? orgId : undefined;
}

/** Signs in; the session listener reports the rest. Returns the problem when it fails. */
export async function signIn(
  { auth }: Backend,
  email: string,
  password: string,
): Promise<Problem | undefined> {
  try {
    await signInWithEmailAndPassword(auth, email, password);
    return undefined;
  } catch (error) {
    return toProblem(error);
  }
}

/** Creates an account with its organisation and signs in. Returns the problem when it fails. */
export async function signUp(backend: Backend, form: SignUpForm): Promise<Problem | undefined> {
  const answer = await post('/api/signup', form);
  return 'problem' in answer ? answer.problem : signIn(backend, form.email, form.password);
}

/** Accepts an invitation and signs in. Returns the problem when it fails. */
export async function acceptInvitation(
  backend: Backend,
  form: AcceptanceForm,
): Promise<Problem | undefined> {
  const answer = await post('/api/invitations/accept', form);
  if ('problem' in answer) return answer.problem;
  const problem = await signIn(backend, emailIn(answer.body), form.password);
  if (problem === undefined) return undefined;
  // The invitation is used up: another attempt at it would only be refused.
  return { message: `You have joined, but could not be signed in. ${problem.message}` };
}

/**
 * Asks for a mail with a link that sets a new password. It succeeds whether or not the address has an
 * account. Returns the problem when it fails.
 */
export async function requestPasswordReset(email: string): Promise<Problem | undefined> {
  const answer = await post('/api/auth/password-reset', { email });
  return 'problem' in answer ? answer.problem : undefined;
}

type Answer = { readonly body: unknown } | { readonly problem: Problem };

async function post(path: string, input: object): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body: unknown = await response.json();
    return response.ok ? { body } : { problem: apiProblem(body) };
  } catch (error) {
    const unreadable = error instanceof SyntaxError ? new TypeError(error.message) : error;
    return { problem: toProblem(unreadable) };
  }
}

/** The address that the answer names; without one the sign-in fails and says so. */
function emailIn(body: unknown): string {
  const hasEmail = typeof body === 'object' && body !== null && 'email' in body;
  return hasEmail && typeof body.email === 'string' ? body.email : '';
}

/** Reads the error body of the REST door. */
function apiProblem(body: unknown): Problem {
  if (typeof body !== 'object' || body === null || !('error' in body)) return toProblem(undefined);
  if (typeof body.error !== 'string') return toProblem(undefined);
  const field = 'field' in body && typeof body.field === 'string' ? body.field : undefined;
  return problemAt(body.error, field);
}

/** Ends the session on this device. */
export async function endSession({ auth }: Backend): Promise<void> {
  await signOut(auth);
}
