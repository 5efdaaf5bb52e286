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
  try {
    const response = await fetch('/api/signup', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(form),
    });
    if (!response.ok) return apiProblem(await response.json());
  } catch (error) {
    return toProblem(error instanceof SyntaxError ? new TypeError(error.message) : error);
  }
  return signIn(backend, form.email, form.password);
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
