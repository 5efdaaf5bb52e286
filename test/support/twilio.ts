import { randomInt } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { inboxHandlers } from '../../functions/src/app/inbox-handlers.ts';
import { messagePorts } from '../../functions/src/app/message-ports.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import { createTwilioClient } from '../../functions/src/integrations/twilio/twilio.client.ts';
import type { TwilioPort } from '../../functions/src/integrations/twilio/twilio.port.ts';
import type { MessagePorts } from '../../functions/src/modules/conversations/conversations.public.ts';
import { processEntry } from '../../functions/src/modules/inbox/inbox.public.ts';
import { inboxEntrySchema } from '../../functions/src/modules/inbox/inbox.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import type { Invocation } from '../../functions/src/platform/runtime.ts';
import { type InboundText, startTwilioFake, type TwilioFake } from '../fakes/twilio.ts';
import {
  TWILIO_FAKE_ACCOUNT_SID,
  TWILIO_FAKE_AUTH_TOKEN,
  type TwilioCallback,
} from '../fakes/twilio-wire.ts';
import { as } from './as.ts';
import { invocationAt } from './jobs.ts';
import type { Organisation } from './organisation.ts';

/** What people and providers call the product in tests. */
export const PUBLIC_URL = 'https://app.example.test';
export const INBOUND_URL = `${PUBLIC_URL}/api/twilio/sms-webhook`;

/** Long enough for a busy machine, and a wait that a test can bear. */
const SHORT_MS = 5000;

/** Twilio for one test file. */
export interface TestTwilio {
  readonly fake: () => TwilioFake;
  /** The real SDK, pointed at the fake, with a short time-out. */
  readonly client: (timeoutMs?: number) => TwilioPort;
  /** What messages are sent with in this process, texts with a short time-out. */
  readonly ports: () => MessagePorts;
  /** Delivers a request of Twilio's to the router in this process; answers the status. */
  readonly deliver: (callback: TwilioCallback, at?: Date) => Promise<number>;
  /** Has a text come in and be processed. */
  readonly write: (text: InboundText, at?: Date) => Promise<string>;
  /** Has a report come in and be processed. */
  readonly report: (sid: string, status: string, errorCode?: number) => Promise<void>;
}

/** Gives a test file a Twilio of its own, and points the product in this process at it. */
export function useTwilio(): TestTwilio {
  let started: TwilioFake | undefined;
  const fake = () => {
    if (started === undefined) throw new Error('the fake of Twilio runs during tests only');
    return started;
  };
  beforeAll(async () => {
    started = await startTwilioFake({ port: 0 });
    Object.assign(process.env, {
      ...{ TWILIO_API_URL: started.url, APP_URL: PUBLIC_URL },
      TWILIO_ACCOUNT_SID: TWILIO_FAKE_ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: TWILIO_FAKE_AUTH_TOKEN,
    });
  });
  afterAll(async () => {
    await started?.stop();
  });
  const client = (timeoutMs = 2000) =>
    createTwilioClient({
      ...{ accountSid: TWILIO_FAKE_ACCOUNT_SID, authToken: TWILIO_FAKE_AUTH_TOKEN },
      ...{ apiUrl: fake().url, timeoutMs },
    });
  const write = async (text: InboundText, at = new Date()) => {
    const callback = fake().inbound(INBOUND_URL, text);
    const sid = sidOf(callback);
    accepted(await deliverTwilio(callback, at), callback);
    await processed(`twilio_${sid}`, at);
    return `in_${sid}`;
  };
  return {
    ...{ fake, client, deliver: deliverTwilio, write },
    ports: () => ({ ...messagePorts, twilio: client(SHORT_MS) }),
    report: async (sid, status, errorCode) => {
      const callback = fake().report(sid, status, errorCode);
      accepted(await deliverTwilio(callback), callback);
      await processed(`twilio_${sid}_${status}`);
    },
  };
}

function sidOf({ body }: TwilioCallback): string {
  return new URLSearchParams(body).get('MessageSid') ?? '';
}

function accepted(status: number, { body }: TwilioCallback): void {
  if (status !== 200) throw new Error(`answered ${status} to ${body}`);
}

/** Sends a request of Twilio's to the product, which is called otherwise in here. */
export async function deliverTwilio(
  { url, body, signature }: TwilioCallback,
  at = new Date(),
): Promise<number> {
  const router = createRouter(() => invocationAt(at));
  const answer = await router.fetch(
    new Request(url.replace(PUBLIC_URL, 'http://localhost'), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
        ...(signature === '' ? {} : { 'X-Twilio-Signature': signature }),
      },
      body,
    }),
  );
  return answer.status;
}

/** Processes an entry of the inbox as its trigger would; what fails for good fails the test. */
export async function processed(
  entryId: string,
  at: Date = new Date(),
  ctx: Invocation = invocationAt(at),
): Promise<void> {
  const outcome = await processEntry(ctx, inboxHandlers, entryId);
  if (outcome === 'processed') return;
  throw new Error(`${entryId} is ${outcome}: ${(await storedDelivery(entryId))?.error}`);
}

/** An entry of the inbox as it is stored, or undefined. */
export async function storedDelivery(entryId: string) {
  const snapshot = await firestore().doc(`inbox/${entryId}`).get();
  return snapshot.exists ? inboxEntrySchema.parse(timestampsToDates(snapshot.data())) : undefined;
}

/** A phone number that nobody else uses. */
export function freshPhone(): string {
  return `+1${randomInt(201, 989)}555${String(randomInt(10_000)).padStart(4, '0')}`;
}

/** Registers a fresh number for an organisation, for texts and WhatsApp, and answers it. */
export async function registerNumber(
  { admin }: Pick<Organisation, 'admin'>,
  body: object = {},
): Promise<string> {
  const phoneNumber = freshPhone();
  const asked = { phoneNumber, whatsApp: true, ...body };
  const answer = await as(admin, 'POST /api/twilio/phone-numbers', asked);
  if (answer.status === 409) return registerNumber({ admin }, body);
  if (answer.status !== 201) throw new Error(`not registered: ${JSON.stringify(answer.body)}`);
  return phoneNumber;
}
