import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  driveMessages,
  type MessagePorts,
  sendMessage,
} from '../../functions/src/modules/conversations/conversations.public.ts';
import {
  type Message,
  messageSchema,
} from '../../functions/src/modules/conversations/conversations.schema.ts';
import { driveMessage } from '../../functions/src/modules/conversations/drive-messages.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { IdempotencyKey } from '../../functions/src/platform/idempotency.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { made } from '../support/as.ts';
import { DyingMeter, Killed, LostReplyMeter, ReplyLost } from '../support/faults.ts';
import { invocationAt } from '../support/jobs.ts';
import { useMails } from '../support/mails.ts';
import { createOrganisation, freshEmail, type Organisation } from '../support/organisation.ts';
import { freshPhone, registerNumber, useTwilio } from '../support/twilio.ts';

const mails = useMails();
const twilio = useTwilio();
const MINUTE_MS = 60_000;

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
  await registerNumber(org);
});

/** A contact of the rep that nobody has written to. */
async function newContact() {
  const [phone, email] = [freshPhone(), freshEmail('ada')];
  const id = await made(org.rep, 'contacts', { firstName: 'Ada', phone, email });
  return { id, phone, email };
}

interface SendOptions {
  readonly at?: Date;
  readonly meter?: Meter;
  readonly ports?: MessagePorts | undefined;
  readonly key?: string;
  readonly channel?: 'SMS' | 'EMAIL';
}

function send(contactId: string, options: SendOptions = {}) {
  const { at = new Date(), meter = new Meter(), key, channel = 'SMS' } = options;
  const ctx = {
    ...invocationAt(at, { meter }),
    principal: org.rep.principal,
    ...(key === undefined ? {} : { idempotency: new IdempotencyKey(org.rep.uid, key, contactId) }),
  };
  const input = { contactId, channel, content: 'Are you coming?' };
  return sendMessage(ctx, input, 'ports' in options ? options.ports : twilio.ports());
}

/** Drives an organisation's message as the sweep would at a time. */
function drive(messageId: string, at: Date, meter = new Meter()) {
  return driveMessage(invocationAt(at, { meter }), twilio.ports(), org.orgId, messageId);
}

async function stored(messageId: string): Promise<Message> {
  const snapshot = await firestore().doc(`orgs/${org.orgId}/messages/${messageId}`).get();
  return messageSchema.parse(timestampsToDates(snapshot.data()));
}

async function messagesWith(contactId: string): Promise<(Message & { id: string })[]> {
  const all = firestore().collection(`orgs/${org.orgId}/messages`);
  const { docs } = await all.where('recordId', '==', contactId).get();
  return docs.map((doc) => ({
    ...messageSchema.parse(timestampsToDates(doc.data())),
    id: doc.id,
  }));
}

const later = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);
const sentTo = (phone: string) => twilio.fake().sentTo(phone).length;

describe('a message', () => {
  it('without ports waits for the sweep, which sends it once however many sweep', async () => {
    // Long before anything that other tests left behind.
    const at = new Date('1990-01-01T12:00:00Z');
    const { id, phone } = await newContact();
    const waiting = await send(id, { at, ports: undefined });
    expect(waiting).toMatchObject({ status: 'QUEUED', nextSendAt: at });
    expect(sentTo(phone)).toBe(0);
    const sweep = () => driveMessages(invocationAt(new Date(+at + 1000)), twilio.ports());
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    expect(sentTo(phone)).toBe(1);
    expect(await stored(waiting.id)).toMatchObject({
      ...{ status: 'SENT', version: 2, nextSendAt: null, providerId: expect.stringMatching(/^SM/) },
    });
    await sweep();
    expect(sentTo(phone)).toBe(1);
  });

  it('costs eight reads and four writes, however long the conversation is', async () => {
    const { id } = await newContact();
    await send(id);
    const meter = new Meter();
    await send(id, { meter });
    const { reads, writes, roundTrips } = meter;
    // The message itself is read twice more: to be handed over, and to be settled.
    expect({ reads, writes, roundTrips }).toEqual({ reads: 8, writes: 4, roundTrips: 7 });
  });
});

describe('what Twilio answers', () => {
  it.each([
    [21211, /does not exist/],
    [21614, /another channel/],
    [21408, /switched off/],
    [99999, /Refused with 99999/],
  ])('a refusal with %d ends it, with a reason', async (code, reason) => {
    const { id } = await newContact();
    twilio.fake().fail(code);
    const message = await send(id);
    expect(message).toMatchObject({ status: 'FAILED', nextSendAt: null });
    expect(message.reason).toMatch(reason);
    expect(message.reason).toContain(`(Twilio ${code})`);
  });

  it.each(['busy', 'locked'] as const)('%s: it is tried again, and not too soon', async (fault) => {
    const { id, phone } = await newContact();
    twilio.fake().fail(fault);
    const message = await send(id);
    expect(message).toMatchObject({ status: 'QUEUED', attempt: { token: null, count: 1 } });
    await drive(message.id, later(1));
    expect(sentTo(phone)).toBe(0);
    await drive(message.id, later(3));
    expect(sentTo(phone)).toBe(1);
    expect(await stored(message.id)).toMatchObject({ status: 'SENT', reason: null });
  });

  it('gives up after a day and a half of that, and says so', async () => {
    const { id, phone } = await newContact();
    twilio.fake().fail('busy', 16);
    const { id: messageId } = await send(id);
    for (let attempts = 1; attempts < 16; attempts += 1) {
      const { nextSendAt } = await stored(messageId);
      await drive(messageId, nextSendAt ?? new Date());
    }
    const given = await stored(messageId);
    expect(given).toMatchObject({ status: 'FAILED', nextSendAt: null });
    expect(given.reason).toMatch(/^Given up after 16 attempts: /);
    expect(sentTo(phone)).toBe(0);
  });

  it.each([
    ['drop', 1],
    ['hang', 1],
    ['lost', 0],
    ['error', 0],
  ] as const)(
    '%s: nobody knows, so it is looked for before it is sent again',
    async (fault, count) => {
      const { id, phone } = await newContact();
      twilio.fake().fail(fault);
      const message = await send(id);
      expect(message).toMatchObject({ status: 'QUEUED', attempt: { token: expect.any(String) } });
      expect(sentTo(phone)).toBe(count);
      await drive(message.id, later(1));
      expect(sentTo(phone)).toBe(count);
      await drive(message.id, later(3));
      expect(sentTo(phone)).toBe(1);
      expect(await stored(message.id)).toMatchObject({ status: 'SENT', version: 2 });
    },
  );

  it('the same text sent twice on purpose is told apart when it is looked for', async () => {
    const { id, phone } = await newContact();
    await send(id);
    twilio.fake().fail('lost');
    const second = await send(id);
    expect(sentTo(phone)).toBe(1);
    await drive(second.id, later(3));
    expect(sentTo(phone)).toBe(2);
    twilio.fake().fail('drop');
    const third = await send(id);
    expect(sentTo(phone)).toBe(3);
    await drive(third.id, later(3));
    expect(sentTo(phone)).toBe(3);
    const ids = (await messagesWith(id)).map(({ providerId }) => providerId);
    expect(new Set(ids).size).toBe(3);
  });

  it('while it cannot be asked, nothing is sent; in the end it is UNKNOWN', async () => {
    const { id, phone } = await newContact();
    twilio.fake().fail('drop');
    const { id: messageId } = await send(id);
    for (let attempts = 1; attempts < 16; attempts += 1) {
      twilio.fake().fail('error');
      const { nextSendAt } = await stored(messageId);
      await drive(messageId, nextSendAt ?? new Date());
    }
    expect(await stored(messageId)).toMatchObject({ status: 'UNKNOWN', nextSendAt: null });
    expect(sentTo(phone)).toBe(1);
    const [text] = twilio.fake().sentTo(phone);
    await twilio.report(text?.sid ?? '', 'delivered');
    expect(await stored(messageId)).toMatchObject({ status: 'DELIVERED', providerId: text?.sid });
  });

  it('a report that comes before we know settles it', async () => {
    const { id, phone } = await newContact();
    twilio.fake().fail('drop');
    const { id: messageId } = await send(id);
    const [text] = twilio.fake().sentTo(phone);
    await twilio.report(text?.sid ?? '', 'sent');
    expect(await stored(messageId)).toMatchObject({
      ...{ status: 'SENT', providerId: text?.sid, nextSendAt: null },
    });
    await drive(messageId, later(3));
    expect(sentTo(phone)).toBe(1);
  });
});

describe('reports', () => {
  const orders = [
    [['queued', 'sent', 'delivered'], 'DELIVERED'],
    [['delivered', 'sent', 'queued'], 'DELIVERED'],
    [['sent', 'delivered', 'read', 'sending'], 'DELIVERED'],
    [['undelivered', 'sent'], 'UNDELIVERED'],
    [['sent', 'undelivered', 'delivered'], 'UNDELIVERED'],
    [['failed', 'sent', 'delivered'], 'FAILED'],
    [['something new', 'sent'], 'SENT'],
  ] as const;
  it.each(orders)('%j make it %s', async (statuses, expected) => {
    const { id, phone } = await newContact();
    const { id: messageId } = await send(id);
    const [text] = twilio.fake().sentTo(phone);
    for (const status of statuses.filter((each) => !each.includes(' '))) {
      await twilio.report(text?.sid ?? '', status, status.startsWith('u') ? 30003 : undefined);
    }
    const message = await stored(messageId);
    expect(message.status).toBe(expected);
    if (expected === 'UNDELIVERED') expect(message.reason).toMatch(/switched off or out of reach/);
  });
});

describe('a process that dies at any of its calls, and the sweep that comes after it', () => {
  const cuts = Array.from({ length: 10 }, (_, call) => call + 1).flatMap((call) =>
    (['before', 'after'] as const).map((when) => [when, call] as const),
  );
  it.each(cuts)('texts once, or never when it was not accepted: %s call %d', async (when, call) => {
    const { id, phone } = await newContact();
    const meter = new DyingMeter(call, when);
    const key = newId();
    await expect(send(id, { meter, key })).rejects.toThrow(Killed);
    const [message] = await messagesWith(id);
    // The caller asks again, under the same key, and the sweep comes too.
    await send(id, { key });
    if (message !== undefined) await drive(message.id, later(3));
    const all = await messagesWith(id);
    for (const { id: messageId } of all) await drive(messageId, later(6));
    expect(await messagesWith(id)).toMatchObject([{ status: 'SENT' }]);
    expect(sentTo(phone)).toBe(1);
  });

  it.each(cuts)('so it is when the sweep dies: %s call %d', async (when, call) => {
    const { id, phone } = await newContact();
    const { id: messageId } = await send(id, { at: later(-1), ports: undefined });
    // Twilio's clock is the real one.
    await drive(messageId, later(0), new DyingMeter(call, when)).catch(() => undefined);
    await drive(messageId, later(3));
    await drive(messageId, later(6));
    expect(sentTo(phone)).toBe(1);
    expect(await stored(messageId)).toMatchObject({ status: 'SENT' });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'so it is when the reply to call %d is lost',
    async (call) => {
      const { id, phone } = await newContact();
      const key = newId();
      const sent = send(id, { meter: new LostReplyMeter(call), key });
      await sent.catch((error: unknown) => {
        if (!(error instanceof ReplyLost)) throw error;
      });
      await send(id, { key });
      for (const { id: messageId } of await messagesWith(id)) await drive(messageId, later(3));
      expect(await messagesWith(id)).toMatchObject([{ status: 'SENT' }]);
      expect(sentTo(phone)).toBe(1);
    },
  );

  it('mails carry one Message-ID however often they are sent', async () => {
    const { id, email } = await newContact();
    mails.fail('drop');
    const { id: messageId } = await send(id, { channel: 'EMAIL' });
    await drive(messageId, later(3));
    const ids = (await mails.to(email)).map(({ messageId: id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids)).toEqual(new Set([`<${org.orgId}-${messageId}@splitline>`]));
    expect(await stored(messageId)).toMatchObject({ status: 'SENT' });
  });

  it('mails that are refused for good fail', async () => {
    const { id } = await newContact();
    mails.fail('refuse');
    expect(await send(id, { channel: 'EMAIL' })).toMatchObject({ status: 'FAILED' });
  });
});
