import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The account and token that the fake accepts, and signs with: fixed, so that anybody can use them. */
export const TWILIO_FAKE_ACCOUNT_SID = 'AC00000000000000000000000000000001';
export const TWILIO_FAKE_AUTH_TOKEN = 'local_twilio_token_worth_nothing';

/**
 * The header that Twilio signs a request with: HMAC-SHA1 over the address and the fields in the
 * order of their names. https://www.twilio.com/docs/usage/security#validating-requests
 */
export function twilioSignature(
  url: string,
  fields: Readonly<Record<string, string>>,
  token = TWILIO_FAKE_AUTH_TOKEN,
): string {
  const names = Object.keys(fields).sort();
  const signed = names.reduce((text, name) => `${text}${name}${fields[name]}`, url);
  return createHmac('sha1', token).update(signed, 'utf8').digest('base64');
}

/** A request as Twilio makes it. */
export interface TwilioCallback {
  readonly url: string;
  readonly body: string;
  readonly signature: string;
}

export function signedCallback(
  url: string,
  fields: Readonly<Record<string, string>>,
): TwilioCallback {
  const body = new URLSearchParams(fields).toString();
  return { url, body, signature: twilioSignature(url, fields) };
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** A refusal in Twilio's envelope. */
export class TwilioRefusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

/** Refuses a request that does not sign in as the account. */
export function requireAccount(request: IncomingMessage): void {
  const expected = Buffer.from(`${TWILIO_FAKE_ACCOUNT_SID}:${TWILIO_FAKE_AUTH_TOKEN}`);
  if (request.headers.authorization === `Basic ${expected.toString('base64')}`) return;
  throw new TwilioRefusal(401, 20003, 'Authenticate');
}
