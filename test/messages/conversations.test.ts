import { beforeAll, describe, expect, it } from '@jest/globals';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { rollupKinds } from '../../functions/src/app/rollup-kinds.ts';
import { followContactInConversations } from '../../functions/src/modules/conversations/conversations.public.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newTextSid } from '../fakes/twilio.ts';
import { as, made } from '../support/as.ts';
import { eventsOf } from '../support/events.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import {
  freshPhone,
  INBOUND_URL,
  processed,
  registerNumber,
  storedDelivery,
  useTwilio,
} from '../support/twilio.ts';

const twilio = useTwilio();

let org: Organisation;
let other: Organisation;
let ourNumber: string;
beforeAll(async () => {
  [org, other] = await Promise.all([createOrganisation(), createOrganisation()]);
  ourNumber = await registerNumber(org, { ownerId: org.rep.uid });
  await registerNumber(other);
});

async function newContact(by: Member = org.rep) {
  const phone = freshPhone();
  return { id: await made(by, 'contacts', { firstName: 'Ada', phone }), phone };
}

async function conversationsOf(member: Member): Promise<string[]> {
  const { body } = await as(member, 'GET /api/messages?limit=100');
  return listIn(body, 'conversations').map((each) => textIn(each, 'id'));
}

async function contentsOf(member: Member, conversationId: string): Promise<string[]> {
  const { body } = await as(member, `GET /api/messages/${conversationId}`);
  return listIn(body, 'messages').map((each) => textIn(each, 'content'));
}

/** Delivers the triggers of a contact's change to what follows it. */
async function changed(contactId: string, change: () => Promise<unknown>): Promise<void> {
  const doc = firestore().doc(`orgs/${org.orgId}/contacts/${contactId}`);
  const before = (await doc.get()).data();
  await change();
  const after = (await doc.get()).data();
  const ctx = invocationAt(new Date());
  const delivery = { orgId: org.orgId, recordId: contactId, before, after };
  const recorded = await recordChange(ctx, recordKinds.contacts, delivery);
  if (recorded === undefined) throw new Error('the contact breaks its schema');
  await followContactInConversations(ctx, recorded);
}

describe('the list of conversations', () => {
  it('is of one contact for whoever asks for one', async () => {
    const [{ id, phone }, other] = await Promise.all([newContact(), newContact()]);
    await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    await twilio.write({ from: other.phone, to: ourNumber, body: 'Hello' });
    const { body } = await as(org.rep, `GET /api/messages?contactId=${id}`);
    expect(listIn(body, 'conversations').map((each) => textIn(each, 'id'))).toEqual([`${id}_sms`]);
    const foreign = await as(org.rep2, `GET /api/messages?contactId=${id}`);
    expect(foreign.body).toMatchObject({ conversations: [] });
  });
});

describe('who sees a conversation', () => {
  it('is who sees its contact; an id of another organisation is like none', async () => {
    const { id, phone } = await newContact();
    await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    const conversationId = `${id}_sms`;
    const sees = async (member: Member) => {
      const listed = (await conversationsOf(member)).includes(conversationId);
      const { status } = await as(member, `GET /api/messages/${conversationId}`);
      const read = await as(member, `POST /api/messages/${conversationId}/read`);
      const sent = await as(member, 'POST /api/messages', {
        ...{ contactId: id, content: 'Hi', channel: 'SMS' },
      });
      return [listed, status, read.status, sent.status];
    };
    const all = [true, 200, 200, 200];
    const none = [false, 404, 404, 404];
    expect(await sees(org.rep)).toEqual(all);
    expect(await sees(org.manager)).toEqual(all);
    expect(await sees(org.admin)).toEqual(all);
    expect(await sees(org.colleague)).toEqual(none);
    expect(await sees(org.rep2)).toEqual(none);
    expect(await sees(org.otherManager)).toEqual(none);
    expect(await sees(other.admin)).toEqual(none);
    const foreign = await as(other.admin, `GET /api/messages/${conversationId}`);
    const absent = await as(other.admin, 'GET /api/messages/absent_sms');
    const said = ({ body }: { body: unknown }, of: string) =>
      textIn(body, 'error').replace(of, 'id');
    expect(said(foreign, conversationId)).toBe(said(absent, 'absent_sms'));
  });

  it('follows the contact to another owner, with its messages', async () => {
    const { id, phone } = await newContact();
    await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    await changed(id, () =>
      as(org.admin, `PATCH /api/contacts/${id}`, { ownerId: org.rep2.uid, firstName: 'Grace' }),
    );
    expect(await conversationsOf(org.rep)).not.toContain(`${id}_sms`);
    expect(await conversationsOf(org.rep2)).toContain(`${id}_sms`);
    const { docs } = await firestore()
      .collection(`orgs/${org.orgId}/messages`)
      .where('recordId', '==', id)
      .get();
    expect(docs.map((doc) => [doc.get('ownerId'), doc.get('teamId'), doc.get('version')])).toEqual([
      [org.rep2.uid, org.teams.west, 1],
    ]);
    const { body } = await as(org.rep2, 'GET /api/messages');
    expect(listIn(body, 'conversations')[0]).toMatchObject({ contact: { firstName: 'Grace' } });
  });

  it('ends with the contact in the bin, and goes on when somebody writes again', async () => {
    const { id, phone } = await newContact();
    await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    await changed(id, () => as(org.rep, `DELETE /api/contacts/${id}`));
    expect(await conversationsOf(org.rep)).not.toContain(`${id}_sms`);
    expect((await as(org.rep, `GET /api/messages/${id}_sms`)).status).toBe(404);
    await twilio.write({ from: phone, to: ourNumber, body: 'Still there?' });
    expect((await as(org.rep, `GET /api/contacts/${id}`)).status).toBe(200);
    expect(await contentsOf(org.rep, `${id}_sms`)).toEqual(['Hello', 'Still there?']);
  });

  it('of a contact that is merged goes on with the other, and loses nothing', async () => {
    const [kept, merged] = [await newContact(), await newContact()];
    await twilio.write({ from: merged.phone, to: ourNumber, body: 'First' });
    await changed(merged.id, () =>
      as(org.rep, `POST /api/contacts/${kept.id}/merge`, { otherId: merged.id }),
    );
    await twilio.write({ from: merged.phone, to: ourNumber, body: 'Second' });
    const listed = await conversationsOf(org.rep);
    expect(listed).toContain(`${kept.id}_sms`);
    expect(listed).not.toContain(`${merged.id}_sms`);
    expect(await contentsOf(org.rep, `${kept.id}_sms`)).toEqual(['First', 'Second']);
    const { body } = await as(org.rep, 'GET /api/messages?limit=100');
    const shown = listIn(body, 'conversations').find(
      (each) => textIn(each, 'id') === `${kept.id}_sms`,
    );
    expect(shown).toMatchObject({ unreadCount: 2, lastMessage: { content: 'Second' } });
    const page = await as(org.rep, `GET /api/contacts/${kept.id}`);
    expect(listIn(page.body, 'messages')).toHaveLength(2);
  });
});

describe('a text that comes in', () => {
  it('from somebody unknown makes them a contact of the number’s owner, once', async () => {
    const phone = freshPhone();
    const texts = ['One', 'Two', 'Three'];
    await Promise.all(texts.map((body) => twilio.write({ from: phone, to: ourNumber, body })));
    const { body } = await as(org.rep, `GET /api/contacts?search=${encodeURIComponent(phone)}`);
    expect(listIn(body, 'contacts')).toMatchObject([
      { firstName: phone, phone, source: 'SMS', ownerId: org.rep.uid },
    ]);
    const [contact] = listIn(body, 'contacts');
    const contents = await contentsOf(org.rep, `${textIn(contact, 'id')}_sms`);
    expect(contents.toSorted()).toEqual(texts.toSorted());
  });

  it('by WhatsApp has its own conversation, and names whoever is new', async () => {
    const phone = freshPhone();
    await twilio.write({
      ...{ from: `whatsapp:${phone}`, to: `whatsapp:${ourNumber}`, body: 'Olá 👋' },
      fields: { ProfileName: 'Zoë Ž.' },
    });
    const { body } = await as(org.rep, 'GET /api/messages?channel=WHATSAPP');
    expect(listIn(body, 'conversations')[0]).toMatchObject({
      ...{ contact: { firstName: 'Zoë Ž.', phone }, lastMessage: { content: 'Olá 👋' } },
    });
  });

  it('keeps what was sent along', async () => {
    const { id, phone } = await newContact();
    await twilio.write({
      ...{ from: phone, to: ourNumber, body: '' },
      fields: {
        ...{ NumMedia: '1', MediaUrl0: 'https://api.twilio.com/media/ME1' },
        MediaContentType0: 'image/jpeg',
      },
    });
    const { body } = await as(org.rep, `GET /api/messages/${id}_sms`);
    expect(listIn(body, 'messages')).toMatchObject([
      { media: [{ url: 'https://api.twilio.com/media/ME1', contentType: 'image/jpeg' }] },
    ]);
  });

  it('is of the organisation whose number was texted, whoever else knows the sender', async () => {
    const phone = freshPhone();
    const theirs = await made(other.rep, 'contacts', { firstName: 'Ada', phone });
    await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    expect((await as(other.rep, `GET /api/messages/${theirs}_sms`)).status).toBe(404);
  });

  it('to a number of nobody is kept for a person to look at', async () => {
    const sid = newTextSid();
    const nobodys = freshPhone();
    const text = { sid, from: freshPhone(), to: nobodys, body: 'Hello' };
    expect(await twilio.deliver(twilio.fake().inbound(INBOUND_URL, text))).toBe(200);
    await expect(processed(`twilio_${sid}`)).rejects.toThrow(/No organisation has the number/);
    expect(await storedDelivery(`twilio_${sid}`)).toMatchObject({ status: 'failed' });
  });

  it('survives a process that dies between its effect and the note of it', async () => {
    const { id, phone } = await newContact();
    const messageId = await twilio.write({ from: phone, to: ourNumber, body: 'Once' });
    const entry = firestore().doc(`inbox/twilio_${messageId.replace('in_', '')}`);
    await entry.update({ status: 'pending', attempts: 0 });
    await processed(entry.id);
    expect(await contentsOf(org.rep, `${id}_sms`)).toEqual(['Once']);
    const { body } = await as(org.rep, 'GET /api/messages?limit=100');
    const shown = listIn(body, 'conversations').find((each) => textIn(each, 'contactId') === id);
    expect(shown).toMatchObject({ unreadCount: 1 });
  });

  it('goes on from the number that the contact knows', async () => {
    const second = await registerNumber(org);
    const { id, phone } = await newContact();
    await twilio.write({ from: phone, to: second, body: 'Hello' });
    await as(org.rep, 'POST /api/messages', { contactId: id, content: 'Hi', channel: 'SMS' });
    expect(twilio.fake().sentTo(phone)).toMatchObject([{ from: second }]);
  });
});

describe('events', () => {
  /** The event of each version, as triggers would record it. */
  async function typesOf(messageId: string, states: readonly (object | undefined)[]) {
    for (const [index, after] of states.entries()) {
      if (index === 0) continue;
      await recordChange(invocationAt(new Date()), recordKinds.messages, {
        ...{ orgId: org.orgId, recordId: messageId, before: states[index - 1], after },
      });
    }
    return Object.values(await eventsOf(org.orgId))
      .filter(({ recordId }) => recordId === messageId)
      .sort((a, b) => a.version - b.version)
      .map(({ types }) => types);
  }
  const stateOf = async (messageId: string) =>
    (await firestore().doc(`orgs/${org.orgId}/messages/${messageId}`).get()).data();

  it('name what happened, one for each step', async () => {
    const { id, phone } = await newContact();
    const received = await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    expect(await typesOf(received, [undefined, await stateOf(received)])).toEqual([
      ['message.received'],
    ]);
    const stopped = await twilio.write({ from: phone, to: ourNumber, body: 'STOP' });
    expect(await typesOf(stopped, [undefined, await stateOf(stopped)])).toEqual([
      ['message.opted_out', 'message.received'],
    ]);
    await twilio.write({ from: phone, to: ourNumber, body: 'START' });
    const answer = await as(org.rep, 'POST /api/messages', {
      ...{ contactId: id, content: 'Hi', channel: 'SMS' },
    });
    const messageId = textIn(answer.body, 'id');
    const sent = await stateOf(messageId);
    await twilio.report(twilio.fake().sentTo(phone)[0]?.sid ?? '', 'delivered');
    expect(sent).toMatchObject({ status: 'SENT', version: 2 });
    expect(await typesOf(messageId, [sent, await stateOf(messageId)])).toEqual([
      ['message.delivered'],
    ]);
  });
});

it('counts in the dashboard, each on its day', async () => {
  const rolled = rollupKinds.length;
  expect(rolled).toBeGreaterThan(4);
  const fresh = await createOrganisation();
  const number = await registerNumber(fresh);
  const phone = freshPhone();
  const id = await made(fresh.rep, 'contacts', { firstName: 'Ada', phone });
  await twilio.write({ from: phone, to: number, body: 'Hello' });
  await as(fresh.rep, 'POST /api/messages', { contactId: id, content: 'Hi', channel: 'SMS' });
  const span = { since: new Date(Date.now() - 60_000), until: new Date(), limit: 500 };
  for (const rollKind of rollupKinds) await rollKind(invocationAt(new Date()), span);
  const { body } = await as(fresh.rep, 'GET /api/analytics/overview');
  expect(body).toMatchObject({ metrics: { messagesExchanged: 2 } });
});
