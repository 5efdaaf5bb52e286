import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import {
  type TwilioMessage,
  TwilioPermanentError,
  type TwilioPort,
  TwilioTransientError,
  TwilioUnknownError,
} from './twilio.port.ts';

/** Well below the time that a claim on a message is held. */
const TIMEOUT_MS = 15_000;
/** How far back among the texts to one person a lost one is looked for. */
const MAX_FOUND = 100;
/** What a connection ends with that never was one: the request has not left. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where Twilio's API is; undefined for Twilio's own address. */
  readonly apiUrl: string | undefined;
  readonly timeoutMs?: number;
}

/** Twilio by its own SDK, with one set of connections for as long as the client lives. */
export function createTwilioClient(settings: TwilioSettings): TwilioPort {
  const { accountSid, authToken, apiUrl, timeoutMs = TIMEOUT_MS } = settings;
  const sdk = twilio(accountSid, authToken, {
    httpClient: new ClientAt(apiUrl, timeoutMs),
    // A text that is sent twice is worse than one that waits: repetition is decided on elsewhere.
    autoRetry: false,
  });
  return {
    sendMessage: (message) => attempt(async () => toMessage(await sdk.messages.create(message))),
    findMessages: ({ from, to, since }) =>
      attempt(async () => {
        const found = await sdk.messages.list({ from, to, limit: MAX_FOUND, pageSize: MAX_FOUND });
        return found
          .map(toMessage)
          .filter(({ createdAt }) => createdAt >= since)
          .toReversed();
      }),
    findNumber: (phoneNumber) =>
      attempt(async () => {
        const [found] = await sdk.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
        if (found === undefined || found.phoneNumber !== phoneNumber) return undefined;
        return { sid: found.sid, phoneNumber, friendlyName: found.friendlyName };
      }),
  };
}

/** The SDK's own HTTP client, which knows no other address than Twilio's: this one can be moved. */
class ClientAt extends twilio.RequestClient {
  readonly #apiUrl: string | undefined;

  constructor(apiUrl: string | undefined, timeoutMs: number) {
    super({ timeout: timeoutMs, keepAlive: apiUrl === undefined });
    this.#apiUrl = apiUrl;
  }

  override request<TData>(asked: RequestClient.RequestOptions<TData>) {
    if (this.#apiUrl === undefined) return super.request<TData>(asked);
    const { pathname, search } = new URL(asked.uri);
    return super.request<TData>({
      ...asked,
      uri: `${new URL(this.#apiUrl).origin}${pathname}${search}`,
    });
  }
}

interface SdkMessage {
  readonly sid: string;
  readonly status: string;
  readonly body: string;
  readonly dateCreated: Date;
  readonly errorCode: number;
}

function toMessage({ sid, status, body, dateCreated, errorCode }: SdkMessage): TwilioMessage {
  // The SDK's types leave out that there may be no code.
  return { sid, status, body, createdAt: dateCreated, errorCode: errorCode || null };
}

async function attempt<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw classified(error);
  }
}

/** Twilio's error as one of ours. */
function classified(error: unknown): unknown {
  if (error instanceof twilio.RestException) return refusal(error);
  const code: unknown = Object(error).code;
  const message = 'Twilio could not be reached; it is tried again';
  if (NOT_CONNECTED.has(code)) {
    return new TwilioTransientError(String(code), message, { cause: error });
  }
  // A time-out, a broken connection or an answer that cannot be read.
  return new TwilioUnknownError(String(code ?? 'no_answer'), 'Twilio did not answer', {
    cause: error,
  });
}

function refusal(error: InstanceType<typeof twilio.RestException>): Error {
  const { status, message } = error;
  const code = String(error.code ?? status);
  const options = { cause: error };
  if (status >= 500) return new TwilioUnknownError(code, message, options);
  // A wrong token is our mistake, and what was asked for is right once that is mended.
  const isPassing = status === 429 || status === 401 || status === 403;
  return isPassing
    ? new TwilioTransientError(code, message, options)
    : new TwilioPermanentError(code, message, options);
}
