import { beforeAll, describe, expect, it } from '@jest/globals';
import { as, made } from '../support/as.ts';
import { useMails } from '../support/mails.ts';
import { useOpenAi } from '../support/openai.ts';
import { createOrganisation, freshEmail, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import { freshPhone, registerNumber, useTwilio } from '../support/twilio.ts';

const mails = useMails();
const twilio = useTwilio();
const openAi = useOpenAi();

let org: Organisation;
let ourNumber: string;
let phone: string;
let contactId: string;
beforeAll(async () => {
  org = await createOrganisation();
  ourNumber = await registerNumber(org);
  phone = freshPhone();
  contactId = await made(org.rep, 'contacts', {
    ...{ firstName: 'Alice', lastName: 'Johnson', phone, email: freshEmail('alice') },
  });
});

/** The document shows this answer for each request; ids and times are its own. */
const published = {
  send: {
    content: 'Thanks for reaching out! Our team will contact you soon.',
    direction: 'OUTBOUND',
    channel: 'SMS',
    status: 'SENT',
  },
  conversation: {
    contact: { firstName: 'Alice', lastName: 'Johnson' },
    lastMessage: { content: 'Thanks for your help!', direction: 'INBOUND' },
    unreadCount: 0,
    channel: 'SMS',
  },
};

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const id = expect.any(String);

describe('POST /api/messages', () => {
  it('sends as the published example says', async () => {
    const answer = await as(org.rep, 'POST /api/messages', {
      contactId,
      content: 'Thanks for reaching out! Our team will contact you soon.',
      channel: 'SMS',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, ...published.send, createdAt: instant });
    expect(twilio.fake().sentTo(phone)).toMatchObject([
      { from: ourNumber, to: phone, body: published.send.content },
    ]);
  });

  it('sends WhatsApp and mails too', async () => {
    for (const channel of ['WHATSAPP', 'EMAIL']) {
      const answer = await as(org.rep, 'POST /api/messages', { contactId, content: 'Hi', channel });
      expect(answer.body).toMatchObject({ channel, status: 'SENT' });
    }
    expect(twilio.fake().texts.at(-1)).toMatchObject({
      ...{ from: `whatsapp:${ourNumber}`, to: `whatsapp:${phone}` },
    });
    const contact = await as(org.rep, `GET /api/contacts/${contactId}`);
    const mail = await mails.newestTo(textIn(contact.body, 'email'));
    expect(mail).toMatchObject({ text: 'Hi\n', subject: expect.stringMatching(/^Message from/) });
  });

  it.each([
    ['an unknown channel', { channel: 'FAX' }, 422, 'channel'],
    ['no content', { content: ' ' }, 422, 'content'],
    ['a text that is too long', { content: 'x'.repeat(1601) }, 422, 'content'],
    ['a subject on a text', { subject: 'Hello' }, 422, 'subject'],
    ['another field', { extra: 1 }, 400, 'extra'],
  ])('refuses %s', async (_, change, status, field) => {
    const body = { contactId, content: 'Hi', channel: 'SMS', ...change };
    const answer = await as(org.rep, 'POST /api/messages', body);
    expect(answer).toMatchObject({ status, body: { field } });
  });

  it('refuses a contact without an address, and an organisation without a number', async () => {
    const bare = await made(org.rep, 'contacts', { firstName: 'Bare' });
    const body = { content: 'Hi', channel: 'SMS' };
    expect(await as(org.rep, 'POST /api/messages', { ...body, contactId: bare })).toMatchObject({
      ...{ status: 422, body: { field: 'contactId', error: expect.stringMatching(/no phone/) } },
    });
    const other = await createOrganisation();
    const theirs = await made(other.rep, 'contacts', { firstName: 'Bo', phone: freshPhone() });
    expect(await as(other.rep, 'POST /api/messages', { ...body, contactId: theirs })).toMatchObject(
      { status: 422, body: { field: 'channel', error: expect.stringMatching(/register/) } },
    );
  });

  it('says what to set when texts are not set up', async () => {
    const token = process.env.TWILIO_AUTH_TOKEN;
    process.env.TWILIO_AUTH_TOKEN = '';
    const answer = await as(org.rep, 'POST /api/messages', {
      ...{ contactId, content: 'Hi', channel: 'SMS' },
    });
    process.env.TWILIO_AUTH_TOKEN = token;
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE', error: expect.stringMatching(/TWILIO_AUTH_TOKEN/) },
    });
  });

  it('sends once however often a request with one key comes', async () => {
    const content = `Once ${freshPhone()}`;
    const ask = () =>
      as(
        org.rep,
        'POST /api/messages',
        { contactId, content, channel: 'SMS' },
        { 'Idempotency-Key': content },
      );
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => textIn(body, 'id'))).size).toBe(1);
    expect((await ask()).headers.get('Idempotency-Replayed')).toBe('true');
    expect(twilio.fake().texts.filter(({ body }) => body === content)).toHaveLength(1);
  });
});

describe('the conversations', () => {
  it('GET /api/messages?channel=SMS lists as published', async () => {
    await twilio.write({ from: phone, to: ourNumber, body: 'Thanks for your help!' });
    const before = await as(org.rep, 'GET /api/messages?channel=SMS');
    expect(listIn(before.body, 'conversations')).toMatchObject([{ contactId, unreadCount: 1 }]);
    const conversationId = `${contactId}_sms`;
    const read = await as(org.rep, `POST /api/messages/${conversationId}/read`);
    expect(read).toMatchObject({ status: 200, body: { id: conversationId, unreadCount: 0 } });
    const { status, body } = await as(org.rep, 'GET /api/messages?channel=SMS');
    expect(status).toBe(200);
    expect(listIn(body, 'conversations')).toEqual([
      {
        ...published.conversation,
        ...{ id: conversationId, contactId },
        contact: { ...published.conversation.contact, phone, email: expect.any(String) },
        lastMessage: { ...published.conversation.lastMessage, id, createdAt: instant },
      },
    ]);
  });

  it('without a channel lists those of all, the latest first', async () => {
    const { body } = await as(org.rep, 'GET /api/messages');
    const channels = listIn(body, 'conversations').map((each) => textIn(each, 'channel'));
    expect(channels).toEqual(['SMS', 'EMAIL', 'WHATSAPP']);
    expect((await as(org.rep, 'GET /api/messages?channel=FAX')).status).toBe(422);
  });

  it('GET /api/messages/{id} shows the messages as published, the oldest first', async () => {
    const other = await made(org.rep, 'contacts', { firstName: 'Eve', phone: freshPhone() });
    const { body: contact } = await as(org.rep, `GET /api/contacts/${other}`);
    await as(org.rep, 'POST /api/messages', {
      ...{ contactId: other, content: 'Hello! How can I help you?', channel: 'SMS' },
    });
    const [text] = twilio.fake().sentTo(textIn(contact, 'phone'));
    await twilio.report(text?.sid ?? '', 'delivered');
    await twilio.write({
      ...{ from: textIn(contact, 'phone'), to: ourNumber },
      body: 'I need info about your services',
    });
    const { status, body } = await as(org.rep, `GET /api/messages/${other}_sms`);
    expect(status).toBe(200);
    const messages = listIn(body, 'messages');
    expect(messages).toMatchObject([
      {
        ...{ id, content: 'Hello! How can I help you?', direction: 'OUTBOUND' },
        ...{ channel: 'SMS', status: 'DELIVERED', createdAt: instant },
      },
      {
        ...{ id, content: 'I need info about your services', direction: 'INBOUND' },
        ...{ channel: 'SMS', createdAt: instant },
      },
    ]);
    expect(messages[1]).not.toHaveProperty('status');
    const page = await as(org.rep, `GET /api/messages/${other}_sms?limit=1`);
    expect(listIn(page.body, 'messages')).toMatchObject([{ direction: 'INBOUND' }]);
    const cursor = textIn(page.body, 'nextCursor');
    const earlier = await as(org.rep, `GET /api/messages/${other}_sms?limit=1&cursor=${cursor}`);
    expect(listIn(earlier.body, 'messages')).toMatchObject([{ direction: 'OUTBOUND' }]);
  });

  it('are on the page of the contact and in the timeline', async () => {
    const page = await as(org.rep, `GET /api/contacts/${contactId}`);
    expect(listIn(page.body, 'messages')[0]).toMatchObject({
      ...{ id, content: 'Thanks for your help!', direction: 'INBOUND', createdAt: instant },
    });
    const path = `GET /api/timeline?recordType=contact&recordId=${contactId}`;
    const { body } = await as(org.rep, `${path}&limit=100`);
    const said = listIn(body, 'items').filter((item) => textIn(item, 'kind') === 'message');
    expect(said[0]).toMatchObject({ message: { content: 'Thanks for your help!' } });
    expect(said.length).toBeGreaterThan(3);
    const times = listIn(body, 'items').map((item) => textIn(item, 'at'));
    expect(times).toEqual(times.toSorted().toReversed());
  });
});

describe('POST /api/messages/generate', () => {
  const asked = () => ({
    contactId,
    context: 'Follow up after initial consultation',
    tone: 'professional',
  });

  it('says what to set when drafts are not set up', async () => {
    const key = process.env.OPENAI_API_KEY;
    process.env.OPENAI_API_KEY = '';
    const answer = await as(org.rep, 'POST /api/messages/generate', asked());
    process.env.OPENAI_API_KEY = key;
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE', error: expect.stringMatching(/OPENAI_API_KEY/) },
    });
  });

  it('answers as published, with the model that wrote it', async () => {
    const answer = await as(org.rep, 'POST /api/messages/generate', asked());
    expect(answer).toMatchObject({
      status: 200,
      body: {
        generatedMessage: 'Hi Alice, Follow up after initial consultation',
        model: 'gpt-4.1-mini',
      },
    });
    openAi().answerAs('gpt-4.1-mini-2025-04-14');
    const other = await as(org.rep, 'POST /api/messages/generate', asked());
    openAi().answerAs(undefined);
    expect(other.body).toMatchObject({ model: 'gpt-4.1-mini-2025-04-14' });
  });

  it('tells the model what the caller sees, and nothing else', async () => {
    const shared = { contactIds: [contactId] };
    await made(org.rep, 'deals', { title: 'Website of Alice', value: 1, ...shared });
    await made(org.admin, 'deals', { title: 'Secret takeover', value: 1, ...shared });
    await as(org.rep, 'POST /api/messages/generate', asked());
    const prompt = JSON.stringify(openAi().requests.at(-1));
    expect(prompt).toContain('Website of Alice');
    expect(prompt).toContain('Thanks for your help!');
    expect(prompt).not.toContain('Secret takeover');
    expect(prompt).not.toContain(phone);
    await as(org.admin, 'POST /api/messages/generate', asked());
    expect(JSON.stringify(openAi().requests.at(-1))).toContain('Secret takeover');
  });

  it('is not asked on behalf of whoever does not see the contact', async () => {
    const before = openAi().requests.length;
    const answer = await as(org.rep2, 'POST /api/messages/generate', asked());
    expect(answer.status).toBe(404);
    const tooLong = { ...asked(), context: 'x'.repeat(2001) };
    expect((await as(org.rep, 'POST /api/messages/generate', tooLong)).status).toBe(422);
    expect(openAi().requests).toHaveLength(before);
  });

  it('writes once for a key', async () => {
    const key = { 'Idempotency-Key': `draft ${phone}` };
    const first = await as(org.rep, 'POST /api/messages/generate', asked(), key);
    const count = openAi().requests.length;
    const second = await as(org.rep, 'POST /api/messages/generate', asked(), key);
    expect(second.body).toEqual(first.body);
    expect(openAi().requests).toHaveLength(count);
  });

  it.each([
    ['error', 503, 2],
    ['busy', 503, 2],
    ['locked', 503, 1],
    ['refuse', 422, 1],
    ['empty', 422, 1],
  ] as const)('when the model answers with %s, says so: %d', async (fault, status, count) => {
    openAi().fail(fault, count);
    const answer = await as(org.rep, 'POST /api/messages/generate', asked());
    expect(answer.status).toBe(status);
  });
});
