import { type KeyObject, sign } from 'node:crypto';
import { platformSetting } from './platform.ts';

/** A Firebase ID token as the web client gets it: e-mail and password, at the Auth emulator. */
export async function signIn(email: string, password: string): Promise<string> {
  const host = platformSetting('FIREBASE_AUTH_EMULATOR_HOST');
  const response = await fetch(
    `http://${host}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=demo`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password, returnSecureToken: true }),
    },
  );
  const answer: unknown = await response.json();
  if (
    answer !== null &&
    typeof answer === 'object' &&
    'idToken' in answer &&
    typeof answer.idToken === 'string'
  ) {
    return answer.idToken;
  }
  throw new Error(`${email} cannot sign in: ${JSON.stringify(answer)}`);
}

interface HandMade {
  readonly uid: string;
  readonly orgId: string;
  readonly projectId?: string;
  readonly expiresInSeconds?: number;
  readonly header?: Readonly<Record<string, string>>;
}

/** An unsigned token (`alg: none`): what the emulator accepts and production must refuse. */
export function handMadeToken(token: HandMade): string {
  return `${unsigned({ ...token, header: { alg: 'none', ...token.header } })}.`;
}

/** A token as Google signs it, with a key of the test's own. */
export function signedToken(token: HandMade, key: KeyObject): string {
  const text = unsigned({ ...token, header: { alg: 'RS256', ...token.header } });
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function unsigned({
  uid,
  orgId,
  projectId = platformSetting('GCLOUD_PROJECT'),
  expiresInSeconds = 3600,
  header,
}: HandMade): string {
  const exp = Math.floor(Date.now() / 1000) + expiresInSeconds;
  // Not before the account was made, or the token would count as revoked.
  const issuedAt = exp - 3600;
  const claims = {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    iat: issuedAt,
    auth_time: issuedAt,
    exp,
    sub: uid,
    user_id: uid,
    orgId,
    firebase: { identities: {}, sign_in_provider: 'password' },
  };
  return `${part({ typ: 'JWT', ...header })}.${part(claims)}`;
}

/** The claims in a token, unverified. */
export function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
