import { beforeAll, describe, expect, it } from '@jest/globals';
import { getSendingOutlook } from '../../functions/src/modules/conversations/sending-outlook.ts';
import { as, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { createOrganisation, freshEmail, type Organisation } from '../support/organisation.ts';
import { freshPhone, registerNumber, useTwilio } from '../support/twilio.ts';

const twilio = useTwilio();

let org: Organisation;
let ourNumber: string;
let phone: string;
let contactId: string;
beforeAll(async () => {
  org = await createOrganisation();
  phone = freshPhone();
  contactId = await made(org.rep, 'contacts', { firstName: 'Ada', phone });
});

function outlook(channel: string, by = org.rep, id = contactId) {
  return as(by, `GET /api/messages/outlook?contactId=${id}&channel=${channel}`);
}

describe('what would become of a message', () => {
  it('says that there is no number to send from, and no address to write to', async () => {
    expect((await outlook('SMS')).body).toEqual({
      ...{ contactId, channel: 'SMS', conversationId: `${contactId}_sms`, isStarted: false },
      contact: { firstName: 'Ada', lastName: null, phone, email: null },
      ...{ to: phone, from: null, optOut: null, heldUntil: null },
      ...{ contactTimeZone: 'UTC', timeZone: 'UTC' },
    });
    expect((await outlook('EMAIL')).body).toMatchObject({ to: null, from: null });
  });

  it('names the number that the contact knows', async () => {
    ourNumber = await registerNumber(org);
    await registerNumber(org);
    await twilio.write({ from: phone, to: ourNumber, body: 'Hello' });
    expect((await outlook('SMS')).body).toMatchObject({ isStarted: true, from: ourNumber });
    expect((await outlook('WHATSAPP')).body).toMatchObject({ isStarted: false });
  });

  it('says until when the quiet hours last on the clock of the contact', async () => {
    const email = freshEmail('bo');
    const id = await made(org.rep, 'contacts', {
      ...{ firstName: 'Bo', phone: freshPhone(), email },
      customFields: { timeZone: 'Europe/Berlin' },
    });
    const quietHours = { start: '21:00', end: '08:00' };
    await as(org.admin, 'PATCH /api/messages/settings', { quietHours });
    const at = (time: string) => ({ ...contextOf(org.rep.principal), now: new Date(time) });
    const [text, mail] = (['SMS', 'EMAIL'] as const).map((channel) => ({ channel, contactId: id }));
    if (text === undefined || mail === undefined) throw new Error('two channels are asked for');
    const night = at('2026-01-15T22:00:00.000Z');
    expect(await getSendingOutlook(night, text)).toMatchObject({
      ...{ heldUntil: '2026-01-16T07:00:00.000Z', contactTimeZone: 'Europe/Berlin' },
    });
    expect(await getSendingOutlook(night, mail)).toMatchObject({ to: email, heldUntil: null });
    const day = at('2026-01-15T12:00:00.000Z');
    expect(await getSendingOutlook(day, text)).toMatchObject({ heldUntil: null });
    expect(day.store.meter).toMatchObject({ reads: 5, writes: 0 });
  });

  it('says who has opted the contact out', async () => {
    const noted = { contactId, channel: 'SMS', optedOut: true };
    await as(org.rep, 'POST /api/messages/opt-outs', noted);
    expect((await outlook('SMS')).body).toMatchObject({ optOut: { source: 'MEMBER' } });
    await twilio.write({ from: phone, to: ourNumber, body: 'STOP' });
    expect((await outlook('SMS')).body).toMatchObject({ optOut: { source: 'KEYWORD' } });
    expect((await outlook('WHATSAPP')).body).toMatchObject({ optOut: null });
  });

  it('is for whoever sees the contact', async () => {
    const statuses = [org.manager, org.admin, org.rep2].map(
      async (by) => (await outlook('SMS', by)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 404]);
    expect((await outlook('SMS', org.rep, 'nobody')).status).toBe(404);
  });
});
