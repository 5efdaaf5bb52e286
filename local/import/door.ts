import { z } from 'zod';
import { LauncherError } from '../launcher/errors.ts';

/** The REST door, as one signed-in caller uses it. */
export interface Door {
  /** The answer's body. @throws Refusal when the status is not a success */
  request(line: string, body?: unknown): Promise<unknown>;
}

/** An answer that is no success, with the door's own words. */
class Refusal extends LauncherError {
  readonly status: number;

  constructor(line: string, status: number, body: unknown) {
    const told = z.object({ error: z.string(), details: z.string().optional() }).safeParse(body);
    const reason = told.success ? (told.data.details ?? told.data.error) : JSON.stringify(body);
    super(`${line} answered ${status}: ${reason}`);
    this.status = status;
  }
}

/** Sends a request; `fetch`, or a router in the same process. */
export type Send = (request: Request) => Promise<Response>;

/** A door at `url`; without a credential it can only sign up. */
export function openDoor(url: string, credential: string | undefined, send: Send = fetch): Door {
  return {
    async request(line, body) {
      const [method = '', path = ''] = line.split(' ');
      const response = await send(
        new Request(new URL(path, url), {
          method,
          headers: {
            ...(credential === undefined ? {} : { Authorization: `Bearer ${credential}` }),
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      const answer = parseJson(await response.text());
      if (!response.ok) throw new Refusal(line, response.status, answer);
      return answer;
    },
  };
}

const initSchema = z.object({
  apiKey: z.string().optional(),
  emulators: z.object({ auth: z.object({ host: z.string(), port: z.int() }) }).optional(),
});
const signedInSchema = z.object({ idToken: z.string() });

/** Where a deployment's people sign in, as its Hosting tells every client. */
async function findAuth(url: string, send: Send): Promise<{ base: string; apiKey: string }> {
  const response = await send(new Request(new URL('/__/firebase/init.json', url)));
  const init = initSchema.parse(parseJson(await response.text()));
  const emulator = init.emulators?.auth;
  const google = 'https://identitytoolkit.googleapis.com';
  const base = emulator
    ? `http://${emulator.host}:${emulator.port}/identitytoolkit.googleapis.com`
    : google;
  return { base, apiKey: init.apiKey ?? 'local' };
}

/** Signs in with e-mail and password and answers an ID token. */
export async function signIn(
  url: string,
  email: string,
  password: string,
  send: Send = fetch,
): Promise<string> {
  const { base, apiKey } = await findAuth(url, send);
  const response = await send(
    new Request(`${base}/v1/accounts:signInWithPassword?key=${encodeURIComponent(apiKey)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password, returnSecureToken: true }),
    }),
  );
  const answer = signedInSchema.safeParse(parseJson(await response.text()));
  if (answer.success) return answer.data.idToken;
  throw new LauncherError(`${email} cannot sign in at ${url}; check the address and the password`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 200);
  }
}
