import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRouter } from '../../functions/src/app/router.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { newTextSid } from '../fakes/twilio.ts';
import {
  signedCallback,
  TWILIO_FAKE_ACCOUNT_SID,
  TWILIO_FAKE_AUTH_TOKEN,
  twilioSignature,
} from '../fakes/twilio-wire.ts';
import { as, made } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import {
  deliverTwilio,
  freshPhone,
  INBOUND_URL,
  PUBLIC_URL,
  registerNumber,
  storedDelivery,
  useTwilio,
} from '../support/twilio.ts';

const twilio = useTwilio();

let org: Organisation;
let ourNumber: string;
let contactId: string;
let phone: string;
beforeAll(async () => {
  org = await createOrganisation();
  ourNumber = await registerNumber(org);
  phone = freshPhone();
  contactId = await made(org.rep, 'contacts', { firstName: 'Ada', phone });
});

type Fields = Record<string, string>;

function inboundFields(): Fields {
  const sid = newTextSid();
  return {
    ...{ AccountSid: TWILIO_FAKE_ACCOUNT_SID, ApiVersion: '2010-04-01', NumMedia: '0' },
    ...{ MessageSid: sid, From: phone, To: ourNumber, Body: 'Pay my invoice to IBAN 1' },
  };
}

/** What somebody sends who is not Twilio, or is, and has said something else. */
interface Forged {
  readonly url?: string;
  readonly body?: string;
  readonly signature?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
type Forge = (fields: Fields, signature: string) => Forged;

const bodyOf = (fields: Fields) => new URLSearchParams(fields).toString();
const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
/** Changed after it was signed. */
const altered =
  (change: Fields): Forge =>
  (fields) => ({ body: bodyOf({ ...fields, ...change }) });
/** Signed by somebody else, or over something else. */
const signedAs =
  (sign: (fields: Fields) => string): Forge =>
  (fields) => ({ signature: sign(fields) });
/** Signed by Twilio, and not what we asked it for. */
const signedButWrong =
  (change: (fields: Fields) => Fields): Forge =>
  (fields) => {
    const changed = change(fields);
    return { body: bodyOf(changed), signature: twilioSignature(INBOUND_URL, changed) };
  };

const forgeries: readonly (readonly [string, Forge])[] = [
  [
    'a text that is read as a text and a sender',
    (fields) => {
      const written = { ...fields, Body: 'HelloFrom+12125550199' };
      const from = `+12125550199From${phone}`;
      const body = bodyOf({ ...fields, Body: 'Hello', From: from });
      return { body, signature: twilioSignature(INBOUND_URL, written) };
    },
  ],
  [
    'a text that is read as a text and another field',
    (fields) => {
      const written = { ...fields, Body: 'HelloBody2 and more' };
      const body = bodyOf({ ...fields, Body: 'Hello', 'Body2 ': 'and more' });
      return { body, signature: twilioSignature(INBOUND_URL, written) };
    },
  ],
  ['signed, from a name instead of a number', signedButWrong((f) => ({ ...f, From: 'Mallory' }))],
  ['no signature', () => ({ signature: '' })],
  ['a signature of spaces', () => ({ signature: '   ' })],
  ['a signature of nonsense', () => ({ signature: 'nonsense' })],
  ['a signature that is cut short', (_, signature) => ({ signature: signature.slice(0, -1) })],
  ['a signature with more behind it', (_, signature) => ({ signature: `${signature}A` })],
  ['a signature in lower case', (_, signature) => ({ signature: signature.toLowerCase() })],
  [
    'a signature in hexadecimal',
    (_, signature) => ({
      signature: Buffer.from(signature, 'base64').toString('hex'),
    }),
  ],
  ['two signatures', (_, signature) => ({ signature: `${signature}, ${signature}` })],
  ['the token for a signature', () => ({ signature: TWILIO_FAKE_AUTH_TOKEN })],
  ['a signature with an empty token', signedAs((f) => twilioSignature(INBOUND_URL, f, ''))],
  ['a signature with another token', signedAs((f) => twilioSignature(INBOUND_URL, f, 'token'))],
  [
    'a signature with the account for token',
    signedAs((f) => twilioSignature(INBOUND_URL, f, TWILIO_FAKE_ACCOUNT_SID)),
  ],
  ['a signature over no address', signedAs((f) => twilioSignature('', f))],
  ['a signature over no fields', signedAs(() => twilioSignature(INBOUND_URL, {}))],
  [
    'a signature over the fields without names',
    signedAs((f) => twilioSignature(INBOUND_URL + Object.values(f).join(''), {})),
  ],
  [
    'a signature over the path alone',
    signedAs((f) => twilioSignature('/api/twilio/sms-webhook', f)),
  ],
  [
    'a signature over plain http',
    signedAs((f) => twilioSignature(INBOUND_URL.replace('https', 'http'), f)),
  ],
  [
    'a signature over another host',
    signedAs((f) => twilioSignature('https://evil.example/api/twilio/sms-webhook', f)),
  ],
  [
    'a signature over the server behind Hosting',
    signedAs((f) => twilioSignature('http://localhost/api/twilio/sms-webhook', f)),
  ],
  ['a signature over a slash more', signedAs((f) => twilioSignature(`${INBOUND_URL}/`, f))],
  [
    'a signature over another port',
    signedAs((f) => twilioSignature(INBOUND_URL.replace('.test', '.test:8443'), f)),
  ],
  [
    'a signature over the door of reports',
    signedAs((f) => twilioSignature(`${PUBLIC_URL}/webhooks/twilio/status`, f)),
  ],
  ['a query that was not signed', () => ({ url: `${INBOUND_URL}?org=x` })],
  [
    'a query that asks for another check',
    () => ({
      url: `${INBOUND_URL}?bodySHA256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`,
    }),
  ],
  ['another text', altered({ Body: 'Pay my invoice to IBAN 2' })],
  ['one letter more', altered({ Body: 'Pay my invoice to IBAN 1.' })],
  ['no text', altered({ Body: '' })],
  ['another sender', altered({ From: '+12125550199' })],
  ['another number called', altered({ To: '+12125550198' })],
  ['another text’s id', altered({ MessageSid: newTextSid() })],
  ['another account', altered({ AccountSid: 'AC00000000000000000000000000000002' })],
  ['a field more', altered({ ProfileName: 'Mallory' })],
  ['an empty field more', altered({ '': 'x' })],
  ['media that was not there', altered({ NumMedia: '1', MediaUrl0: 'https://evil.example/x' })],
  ['a field less', (fields) => ({ body: bodyOf(without(fields, 'NumMedia')) })],
  [
    'a letter moved from a value to a name',
    (fields) => ({
      body: bodyOf({ ...without(fields, 'ApiVersion'), ApiVersio: `n${fields.ApiVersion}` }),
    }),
  ],
  [
    'two fields joined into one',
    (fields) => ({
      body: bodyOf({
        ...without(without(fields, 'ApiVersion'), 'Body'),
        ApiVersion: `${fields.ApiVersion}Body${fields.Body}`,
      }),
    }),
  ],
  [
    'a field twice, the forged one first',
    (fields) => ({
      body: `Body=forged&${bodyOf(fields)}`,
    }),
  ],
  [
    'a field twice, the forged one last',
    (fields) => ({
      body: `${bodyOf(fields)}&Body=forged`,
    }),
  ],
  ['a field twice, both alike', (fields) => ({ body: `${bodyOf(fields)}&NumMedia=0` })],
  [
    'the fields as JSON',
    (fields) => ({
      body: JSON.stringify(fields),
      headers: { 'Content-Type': 'application/json' },
    }),
  ],
  ['JSON that is called a form', (fields) => ({ body: JSON.stringify(fields) })],
  ['a form that is called text', () => ({ headers: { 'Content-Type': 'text/plain' } })],
  [
    'a form that is called multipart',
    () => ({
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    }),
  ],
  ['fields separated by semicolons', (fields) => ({ body: bodyOf(fields).replaceAll('&', ';') })],
  [
    'an encoding of encodings',
    (fields) => ({
      body: bodyOf(
        Object.fromEntries(Object.entries(fields).map(([n, v]) => [n, encodeURIComponent(v)])),
      ),
    }),
  ],
  [
    'plus signs that are spaces',
    (fields) => ({
      body: Object.entries(fields)
        .map(([name, value]) => `${name}=${value}`)
        .join('&'),
    }),
  ],
  ['a text trimmed', altered({ Body: ' Pay my invoice to IBAN 1' })],
  ['a text in another normal form', altered({ Body: 'Pay my invoice to IBAN １' })],
  ['nothing', () => ({ body: '' })],
  ['signed, of another account', signedButWrong((f) => ({ ...f, AccountSid: 'AC1' }))],
  ['signed, of no account', signedButWrong((f) => without(f, 'AccountSid'))],
  ['signed, without an id', signedButWrong((f) => without(f, 'MessageSid'))],
  [
    'signed, with an id that leads elsewhere',
    signedButWrong((f) => ({
      ...f,
      MessageSid: '../orgs/x',
    })),
  ],
  [
    'signed, with a call’s id',
    signedButWrong((f) => ({
      ...f,
      MessageSid: `CA${'0'.repeat(32)}`,
    })),
  ],
  ['signed, without a sender', signedButWrong((f) => without(f, 'From'))],
  ['signed, without a number called', signedButWrong((f) => without(f, 'To'))],
  ['compressed', () => ({ headers: { 'Content-Encoding': 'gzip' } })],
];

async function stored(): Promise<number> {
  const { size } = await firestore().collection(`orgs/${org.orgId}/messages`).get();
  return size;
}

async function send(forge: Forge): Promise<{ status: number; isStored: boolean }> {
  const fields = inboundFields();
  const signature = twilioSignature(INBOUND_URL, fields);
  const forged = { url: INBOUND_URL, body: bodyOf(fields), signature, ...forge(fields, signature) };
  const router = createRouter();
  const { status } = await router.fetch(
    new Request(forged.url.replace(PUBLIC_URL, 'http://localhost'), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(forged.signature === '' ? {} : { 'X-Twilio-Signature': forged.signature }),
        ...forged.headers,
      },
      body: forged.body,
    }),
  );
  const kept = await storedDelivery(`twilio_${fields.MessageSid}`);
  return { status, isStored: kept !== undefined };
}

let accepted = 0;

describe(`of ${forgeries.length} requests that Twilio has not made as they are`, () => {
  it('what Twilio has made is taken', async () => {
    expect(await send(() => ({}))).toEqual({ status: 200, isStored: true });
  });

  it.each(forgeries)('refused: %s', async (_, forge) => {
    const { status, isStored } = await send(forge);
    if (status < 400 || isStored) accepted += 1;
    expect({ status, isStored }).toEqual({ status: expect.any(Number), isStored: false });
    expect([400, 415]).toContain(status);
  });

  it('none was accepted', () => {
    process.stdout.write(`forged requests: ${forgeries.length}, accepted: ${accepted}\n`);
    expect(accepted).toBe(0);
  });
});

describe('a request that Twilio has made, and somebody sends again', () => {
  async function conversation() {
    const { body } = await as(org.admin, `GET /api/messages/${contactId}_sms`);
    return listIn(body, 'messages').map((message) => textIn(message, 'content'));
  }

  it('adds nothing: at once, years later, in another order, and after it was processed', async () => {
    const text = `Once ${newTextSid()}`;
    const id = await twilio.write({ from: phone, to: ourNumber, body: text });
    const sid = id.replace('in_', '');
    const before = await stored();
    const again = twilio
      .fake()
      .inbound(INBOUND_URL, { sid, from: phone, to: ourNumber, body: text });
    const backwards = [...new URLSearchParams(again.body)].toReversed();
    const rewritten = { ...again, body: new URLSearchParams(backwards).toString() };
    const years = 3 * 365 * 24 * 60 * 60 * 1000;
    for (const [replayed, at] of [
      [again, new Date()],
      [rewritten, new Date()],
      [again, new Date(Date.now() + years)],
      [again, new Date(Date.now() - years)],
    ] as const) {
      expect(await deliverTwilio(replayed, at)).toBe(200);
    }
    expect(await stored()).toBe(before);
    // The inbox forgets after a while; the message does not.
    await firestore().doc(`inbox/twilio_${sid}`).delete();
    await twilio.write({ sid, from: phone, to: ourNumber, body: text });
    expect(await stored()).toBe(before);
    expect((await conversation()).filter((each) => each === text)).toHaveLength(1);
  });

  it('is stored once when many come at once', async () => {
    const callback = twilio.fake().inbound(INBOUND_URL, { from: phone, to: ourNumber, body: 'Hi' });
    const statuses = await Promise.all(Array.from({ length: 8 }, () => deliverTwilio(callback)));
    expect(statuses).toEqual(statuses.map(() => 200));
    const sid = new URLSearchParams(callback.body).get('MessageSid');
    const found = await firestore().collection('inbox').where('eventId', '==', sid).get();
    expect(found.size).toBe(1);
  });
});

describe('a report', () => {
  it('is that of its own message alone', async () => {
    const sent = await as(org.rep, 'POST /api/messages', {
      ...{ contactId, content: 'Hello', channel: 'SMS' },
    });
    const [text] = twilio.fake().sentTo(phone).toReversed();
    const report = twilio.fake().report(text?.sid ?? '', 'delivered');
    const id = textIn(sent.body, 'id');
    for (const forged of [
      { ...report, url: report.url.replace(id, 'other') },
      { ...report, url: report.url.replace(org.orgId, 'other') },
      { ...report, url: report.url.split('?')[0] ?? '' },
      { ...report, body: report.body.replace('delivered', 'failed') },
      { ...report, signature: '' },
    ]) {
      expect(await deliverTwilio(forged)).toBe(400);
    }
    // Signed, of another text than the message is known as.
    const url = text?.statusCallback ?? '';
    const other = signedCallback(url, {
      ...{ AccountSid: TWILIO_FAKE_ACCOUNT_SID, MessageSid: newTextSid(), MessageStatus: 'failed' },
      ...{ ApiVersion: '2010-04-01', From: ourNumber, To: phone },
    });
    expect(await deliverTwilio(other)).toBe(200);
    const { body } = await as(org.rep, `GET /api/messages/${contactId}_sms`);
    expect(listIn(body, 'messages').find((each) => textIn(each, 'id') === id)).toMatchObject({
      status: 'SENT',
    });
  });
});

describe('our side', () => {
  it.each(['', ' '])('without a token refuses everything: %j', async (token) => {
    process.env.TWILIO_AUTH_TOKEN = token;
    const signedWithNothing = signedAs((f) => twilioSignature(INBOUND_URL, f, token));
    expect(await send(signedWithNothing)).toEqual({ status: 503, isStored: false });
    process.env.TWILIO_AUTH_TOKEN = TWILIO_FAKE_AUTH_TOKEN;
  });

  it('answers with a 5xx what could not be stored', async () => {
    const callback = twilio.fake().inbound(INBOUND_URL, { from: phone, to: ourNumber, body: 'Hi' });
    const router = createRouter((requestId) => {
      const invocation = startInvocation(requestId);
      invocation.store.meter.trip = () => Promise.reject(new Error('the database is not there'));
      return invocation;
    });
    const { status } = await router.fetch(
      new Request('http://localhost/api/twilio/sms-webhook', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'X-Twilio-Signature': callback.signature,
        },
        body: callback.body,
      }),
    );
    expect(status).toBe(500);
  });
});
