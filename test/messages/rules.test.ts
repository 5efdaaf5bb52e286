import { beforeAll, describe, expect, it } from '@jest/globals';
import { sendMessage } from '../../functions/src/modules/conversations/conversations.public.ts';
import { driveMessage } from '../../functions/src/modules/conversations/drive-messages.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { as, made } from '../support/as.ts';
import { invocationAt } from '../support/jobs.ts';
import { useMails } from '../support/mails.ts';
import { createOrganisation, freshEmail, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import { freshPhone, registerNumber, useTwilio } from '../support/twilio.ts';

useMails();
const twilio = useTwilio();

type Channel = 'SMS' | 'WHATSAPP' | 'EMAIL';

async function newOrganisation(): Promise<{ org: Organisation; ourNumber: string }> {
  const org = await createOrganisation();
  return { org, ourNumber: await registerNumber(org) };
}

/** What an automation is. */
function workflowOf({ orgId }: Organisation): Principal {
  return {
    ...{ kind: 'automation', orgId, uid: 'workflow_w1', role: 'admin', teamId: null },
    ...{ managedTeamIds: [], scopes: [] },
  };
}

function sendAs(
  principal: Principal,
  contactId: string,
  { at = new Date(), channel = 'SMS' }: { at?: Date; channel?: Channel } = {},
) {
  const input = { contactId, channel, content: 'Are you coming?' };
  return sendMessage({ ...invocationAt(at), principal }, input, twilio.ports());
}

async function outcomeOf(sent: Promise<{ readonly status: string }>): Promise<string> {
  try {
    return (await sent).status;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const sentTo = (phone: string) => twilio.fake().sentTo(phone).length;

async function newContact(org: Organisation, fields: object = {}) {
  const [phone, email] = [freshPhone(), freshEmail('ada')];
  const id = await made(org.rep, 'contacts', { firstName: 'Ada', phone, email, ...fields });
  return { id, phone, email };
}

describe('STOP', () => {
  let org: Organisation;
  let ourNumber: string;
  beforeAll(async () => {
    ({ org, ourNumber } = await newOrganisation());
  });

  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    'STOPALL',
    'stop all',
    'Unsubscribe',
    'CANCEL',
    'end',
    'QUIT',
  ])('%j is heeded by every path, until START', async (word) => {
    const { id, phone } = await newContact(org);
    await sendAs(org.rep.principal, id);
    // Waits while the person makes up their mind.
    const waiting = await sendMessage(
      { ...invocationAt(new Date()), principal: org.rep.principal },
      { contactId: id, channel: 'SMS', content: 'And another thing' },
    );
    await twilio.write({ from: phone, to: ourNumber, body: word });
    await driveMessage(invocationAt(new Date()), twilio.ports(), org.orgId, waiting.id);
    const path = `orgs/${org.orgId}/messages/${waiting.id}`;
    expect((await firestore().doc(path).get()).data()).toMatchObject({
      ...{ status: 'FAILED', reason: expect.stringMatching(/opted out of SMS/) },
    });
    const asked = { contactId: id, content: 'Hi', channel: 'SMS' };
    expect(await as(org.rep, 'POST /api/messages', asked)).toMatchObject({
      status: 422,
      body: { field: 'contactId', error: expect.stringMatching(/only they can change that/) },
    });
    expect(await outcomeOf(sendAs(workflowOf(org), id))).toBe('failed-precondition');
    expect(sentTo(phone)).toBe(1);
    await twilio.write({ from: phone, to: ourNumber, body: ' start' });
    expect(await outcomeOf(sendAs(workflowOf(org), id))).toBe('SENT');
    expect(sentTo(phone)).toBe(2);
  });

  it.each(['Please stop', 'Stop it!', 'The end', 'restart'])('%j is no such word', async (text) => {
    const { id, phone } = await newContact(org);
    await twilio.write({ from: phone, to: ourNumber, body: text });
    expect(await outcomeOf(sendAs(org.rep.principal, id))).toBe('SENT');
  });

  it('is of one channel, and stays when the contact is made anew', async () => {
    const { id, phone } = await newContact(org);
    await twilio.write({ from: `whatsapp:${phone}`, to: `whatsapp:${ourNumber}`, body: 'STOP' });
    const { principal } = org.rep;
    expect(await outcomeOf(sendAs(principal, id, { channel: 'SMS' }))).toBe('SENT');
    expect(await outcomeOf(sendAs(principal, id, { channel: 'WHATSAPP' }))).toBe(
      'failed-precondition',
    );
    await as(org.rep, `PATCH /api/contacts/${id}`, { phone: null });
    const other = await made(org.rep, 'contacts', { firstName: 'Ada', phone });
    expect(await outcomeOf(sendAs(principal, other, { channel: 'WHATSAPP' }))).toBe(
      'failed-precondition',
    );
  });

  it('that Twilio knows of is heeded from then on', async () => {
    const { id, phone } = await newContact(org);
    twilio.fake().fail(21610);
    expect(await outcomeOf(sendAs(org.rep.principal, id))).toBe('FAILED');
    expect(await outcomeOf(sendAs(org.rep.principal, id))).toBe('failed-precondition');
    expect(sentTo(phone)).toBe(0);
  });

  it('can be noted by a member, and taken back if nobody has said so themselves', async () => {
    const { id, phone } = await newContact(org);
    const note = (channel: Channel, optedOut: boolean) =>
      as(org.rep, 'POST /api/messages/opt-outs', { contactId: id, channel, optedOut });
    expect(await note('EMAIL', true)).toMatchObject({ status: 200, body: { optedOut: true } });
    const mail = () => outcomeOf(sendAs(workflowOf(org), id, { channel: 'EMAIL' }));
    expect(await mail()).toBe('failed-precondition');
    expect((await note('EMAIL', false)).status).toBe(200);
    expect(await mail()).toBe('SENT');
    await note('SMS', true);
    await twilio.write({ from: phone, to: ourNumber, body: 'STOP' });
    expect(await note('SMS', false)).toMatchObject({ status: 422, body: { field: 'contactId' } });
  });
});

describe('quiet hours', () => {
  let org: Organisation;
  let ourNumber: string;
  beforeAll(async () => {
    ({ org, ourNumber } = await newOrganisation());
    const answer = await as(org.admin, 'PATCH /api/messages/settings', {
      quietHours: { start: '21:00', end: '08:00' },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { quietHours: { start: '21:00', end: '08:00' }, smsNumber: ourNumber },
    });
  });

  /** In winter New York is five hours behind, and the clock goes forward on 8 March 2026. */
  const inNewYork = { customFields: { timeZone: 'America/New_York' } };

  it.each([
    ['the evening', '2026-01-15T02:30:00Z', '2026-01-15T13:00:00Z'],
    ['the night before the clock goes forward', '2026-03-08T03:00:00Z', '2026-03-08T12:00:00Z'],
    ['the night after', '2026-03-09T02:00:00Z', '2026-03-09T12:00:00Z'],
    ['the night before it goes back', '2026-11-01T02:00:00Z', '2026-11-01T13:00:00Z'],
    ['the hour that comes twice', '2026-11-01T06:30:00Z', '2026-11-01T13:00:00Z'],
  ])('%s: a text waits for the contact’s morning', async (_, now, morning) => {
    const { id, phone } = await newContact(org, inNewYork);
    const at = new Date(now);
    const message = await sendAs(workflowOf(org), id, { at });
    expect(message).toMatchObject({ status: 'QUEUED', nextSendAt: new Date(morning) });
    const drive = (when: string) =>
      driveMessage(invocationAt(new Date(when)), twilio.ports(), org.orgId, message.id);
    await drive(new Date(Date.parse(morning) - 1000).toISOString());
    expect(sentTo(phone)).toBe(0);
    await drive(morning);
    expect(sentTo(phone)).toBe(1);
  });

  it.each([
    ['the contact’s day', '2026-01-15T18:00:00Z', inNewYork, 'SMS', 'SENT'],
    ['the contact’s night', '2026-01-15T07:00:00Z', inNewYork, 'SMS', 'QUEUED'],
    ['the organisation’s day', '2026-01-15T12:00:00Z', {}, 'SMS', 'SENT'],
    ['the organisation’s night', '2026-01-15T23:00:00Z', {}, 'SMS', 'QUEUED'],
    ['a night with WhatsApp', '2026-01-15T23:00:00Z', {}, 'WHATSAPP', 'QUEUED'],
    ['a night with mails', '2026-01-15T23:00:00Z', {}, 'EMAIL', 'SENT'],
    [
      'a zone that there is not',
      '2026-01-15T12:00:00Z',
      { customFields: { timeZone: 'Mars/Base' } },
      'SMS',
      'SENT',
    ],
  ] as const)('%s', async (_, now, fields, channel, status) => {
    const { id } = await newContact(org, fields);
    const at = new Date(now);
    expect(await outcomeOf(sendAs(workflowOf(org), id, { at, channel }))).toBe(status);
  });

  it('that are set while a text waits hold it, and a deleted contact gets none', async () => {
    const { id, phone } = await newContact(org, inNewYork);
    const day = new Date('2026-01-15T18:00:00Z');
    const queue = () =>
      sendMessage(
        { ...invocationAt(day), principal: org.rep.principal },
        { contactId: id, channel: 'SMS', content: 'Hi' },
      );
    const [held, orphan] = [await queue(), await queue()];
    const night = new Date('2026-01-16T03:00:00Z');
    await driveMessage(invocationAt(night), twilio.ports(), org.orgId, held.id);
    const path = (messageId: string) => `orgs/${org.orgId}/messages/${messageId}`;
    expect((await firestore().doc(path(held.id)).get()).get('status')).toBe('QUEUED');
    await as(org.rep, `DELETE /api/contacts/${id}`);
    await driveMessage(invocationAt(day), twilio.ports(), org.orgId, orphan.id);
    expect((await firestore().doc(path(orphan.id)).get()).data()).toMatchObject({
      ...{ status: 'FAILED', reason: 'Not sent: the contact was deleted' },
    });
    expect(sentTo(phone)).toBe(0);
  });
});

describe('the budget of a day', () => {
  it('lets through exactly what fits, of 50 that come at once from everywhere', async () => {
    const { org } = await newOrganisation();
    await as(org.admin, 'PATCH /api/messages/settings', { dailyBudget: 20 });
    const people = await Promise.all(Array.from({ length: 10 }, () => newContact(org)));
    const at = new Date('2026-01-15T12:00:00Z');
    const sends = Array.from({ length: 50 }, (_, index) => {
      const contact = people[index % people.length];
      const sender = index % 2 === 0 ? workflowOf(org) : org.rep.principal;
      return outcomeOf(sendAs(sender, contact?.id ?? '', { at }));
    });
    let outcomes = await Promise.all(sends);
    // Whoever lost too many races is told so, and may try again: nothing was stored or sent.
    for (const _ of outcomes.filter((each) => each === 'conflict')) {
      outcomes = [
        ...outcomes,
        await outcomeOf(sendAs(workflowOf(org), people[0]?.id ?? '', { at })),
      ];
    }
    const sent = outcomes.filter((each) => each === 'SENT').length;
    const refused = outcomes.filter((each) => each === 'resource-exhausted').length;
    expect(sent).toBe(20);
    expect(refused).toBe(30);
    expect(people.map(({ phone }) => sentTo(phone)).reduce((a, b) => a + b)).toBe(20);
    const stored = await firestore().collection(`orgs/${org.orgId}/messages`).count().get();
    expect(stored.data().count).toBe(20);
    const day = await firestore().doc(`orgs/${org.orgId}/sendingBudgets/2026-01-15`).get();
    expect(day.data()).toEqual({ used: 20 });
  }, 60_000);

  it('is refused in words by REST, and is there again the next day', async () => {
    const { org } = await newOrganisation();
    await as(org.admin, 'PUT /api/messages/settings', { dailyBudget: 1 });
    const { id } = await newContact(org);
    const asked = { contactId: id, content: 'Hi', channel: 'SMS' };
    expect((await as(org.rep, 'POST /api/messages', asked)).status).toBe(200);
    expect(await as(org.rep, 'POST /api/messages', asked)).toMatchObject({
      status: 429,
      body: { error: expect.stringMatching(/budget of 1 messages.*dailyBudget/) },
    });
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000);
    expect(await outcomeOf(sendAs(org.rep.principal, id, { at: tomorrow }))).toBe('SENT');
  });

  it('of a text that waits is that of the day it is sent on', async () => {
    const { org } = await newOrganisation();
    const quietHours = { start: '20:00', end: '08:00' };
    await as(org.admin, 'PATCH /api/messages/settings', { dailyBudget: 1, quietHours });
    const { id } = await newContact(org);
    const at = (time: string) => ({ at: new Date(`2026-01-15T${time}Z`) });
    expect(await outcomeOf(sendAs(org.rep.principal, id, at('12:00:00')))).toBe('SENT');
    expect(await outcomeOf(sendAs(org.rep.principal, id, at('13:00:00')))).toBe(
      'resource-exhausted',
    );
    expect(await outcomeOf(sendAs(org.rep.principal, id, at('22:00:00')))).toBe('QUEUED');
    expect(await outcomeOf(sendAs(org.rep.principal, id, at('23:00:00')))).toBe(
      'resource-exhausted',
    );
  });
});

describe('settings', () => {
  it('are the administrators’', async () => {
    const { org, ourNumber } = await newOrganisation();
    for (const line of ['GET /api/messages/settings', 'GET /api/twilio/phone-numbers/owned']) {
      expect((await as(org.manager, line)).status).toBe(403);
      expect((await as(org.admin, line)).status).toBe(200);
    }
    expect((await as(org.rep, 'PATCH /api/messages/settings', {})).status).toBe(403);
    const { body } = await as(org.admin, 'GET /api/twilio/phone-numbers/owned');
    expect(body).toMatchObject({
      success: true,
      numbers: [
        {
          ...{ phoneNumber: ourNumber, friendlyName: 'US (Florida)' },
          sid: expect.stringMatching(/^PN/),
        },
      ],
    });
  });

  it.each([
    [{ quietHours: { start: '24:00', end: '08:00' } }, 'quietHours.start'],
    [{ quietHours: { start: '08:00', end: '08:00' } }, 'quietHours.end'],
    [{ dailyBudget: -1 }, 'dailyBudget'],
    [{ smsNumber: '+12125550100' }, 'smsNumber'],
  ])('refuse %j', async (change, field) => {
    const { org } = await newOrganisation();
    const answer = await as(org.admin, 'PATCH /api/messages/settings', change);
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });

  it('a number is one organisation’s, and somebody else’s once it is given up', async () => {
    const [{ org, ourNumber }, { org: other }] = await Promise.all([
      newOrganisation(),
      newOrganisation(),
    ]);
    const claim = { phoneNumber: ourNumber };
    const path = 'POST /api/twilio/phone-numbers';
    expect(await as(other.admin, path, claim)).toMatchObject({
      ...{ status: 409, body: { field: 'phoneNumber' } },
    });
    expect(await as(other.admin, path, { phoneNumber: '+15005550001' })).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/Twilio account does not have/) },
    });
    const id = ourNumber.replace('+', '');
    const release = `DELETE /api/twilio/phone-numbers/${id}`;
    expect((await as(other.admin, release)).status).toBe(404);
    expect((await as(org.admin, release)).status).toBe(200);
    const made = await as(other.admin, path, claim);
    expect(made).toMatchObject({ status: 201, body: { phoneNumber: ourNumber } });
    expect(textIn(made.body, 'ownerId')).toBe(other.admin.uid);
  });
});
