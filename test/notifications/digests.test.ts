import { beforeEach, describe, expect, it } from '@jest/globals';
import { email } from '../../functions/src/app/email.ts';
import { nextDigestAt } from '../../functions/src/modules/notifications/digest-times.ts';
import { sendNotificationMails } from '../../functions/src/modules/notifications/notifications.public.ts';
import { changeNotificationSettings } from '../../functions/src/modules/notifications/settings.service.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { makeDigest, makeDigests } from '../../functions/src/workflows/send-digests.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { invocationAt } from '../support/jobs.ts';
import { useMails } from '../support/mails.ts';
import {
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';

const mails = useMails();
const ZONE = 'Europe/Berlin';

let org: Organisation;
beforeEach(async () => {
  org = await createOrganisation();
  await firestore().doc(`orgs/${org.orgId}`).update({ timeZone: ZONE });
});

const when = (text: string) => new Date(text);

async function choose(person: Member, digest: 'daily' | 'weekly' | 'off', now: Date) {
  const ctx = { ...invocationAt(now), principal: person.principal };
  return changeNotificationSettings(ctx, { digest });
}
const deal = (person: Member, fields: Parameters<typeof dealOf>[1]) =>
  storeDeal(
    org.orgId,
    dealOf(person.principal, {
      createdAt: when('2020-01-01'),
      updatedAt: when('2020-01-01'),
      ...fields,
    }),
  );
const won = { stageKind: 'won', stageKey: 'CLOSED_WON', stageId: 'w' } as const;
const lost = { stageKind: 'lost', stageKey: 'CLOSED_LOST', stageId: 'l' } as const;

async function settingsOf(person: Member) {
  const path = `orgs/${org.orgId}/notificationSettings/${person.uid}`;
  return timestampsToDates((await firestore().doc(path).get()).data());
}
async function storedMails() {
  const { docs } = await firestore().collection(`orgs/${org.orgId}/notificationMails`).get();
  return docs.map((doc) => ({
    id: doc.id,
    text: String(doc.get('text')),
    html: String(doc.get('html')),
  }));
}
const make = (person: Member, now: Date, meter = new Meter()) =>
  makeDigest(invocationAt(now, { meter }), org.orgId, person.uid);

describe('the time of a digest', () => {
  it.each([
    ['before seven', 'daily', '2026-06-15T04:00:00Z', '2026-06-15T05:00:00Z'],
    ['at seven', 'daily', '2026-06-15T05:00:00Z', '2026-06-16T05:00:00Z'],
    ['after seven', 'daily', '2026-06-15T06:00:00Z', '2026-06-16T05:00:00Z'],
    ['the day before clocks go forward', 'daily', '2026-03-28T06:00:00Z', '2026-03-29T05:00:00Z'],
    ['the night they do', 'daily', '2026-03-29T00:30:00Z', '2026-03-29T05:00:00Z'],
    ['the day before they go back', 'daily', '2026-10-24T05:00:00Z', '2026-10-25T06:00:00Z'],
    ['the night they do so', 'daily', '2026-10-25T00:30:00Z', '2026-10-25T06:00:00Z'],
    ['a Sunday', 'weekly', '2026-06-14T12:00:00Z', '2026-06-15T05:00:00Z'],
    ['a Monday at six', 'weekly', '2026-06-15T04:00:00Z', '2026-06-15T05:00:00Z'],
    ['a Monday at seven', 'weekly', '2026-06-15T05:00:00Z', '2026-06-22T05:00:00Z'],
    ['over the end of summer', 'weekly', '2026-10-19T05:00:00Z', '2026-10-26T06:00:00Z'],
  ] as const)('%s, %s', (_name, frequency, now, due) => {
    expect(nextDigestAt(frequency, when(now), ZONE)).toEqual(when(due));
  });

  it('is seven o’clock on each day of a year, in zones that change clocks in other ways', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    ]) {
      let now = when('2026-01-01T12:00:00Z');
      for (let days = 0; days < 365; days += 1) {
        const due = nextDigestAt('daily', now, zone);
        if (due === null) throw new Error('none is due');
        const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
        expect(format.format(due)).toBe('07:00');
        const hours = (due.getTime() - now.getTime()) / 3_600_000;
        if (days > 0) expect(hours).toBeGreaterThanOrEqual(23);
        if (days > 0) expect(hours).toBeLessThanOrEqual(25);
        now = due;
      }
    }
  });

  it('is none when there are none', () => {
    expect(nextDigestAt('off', new Date(), ZONE)).toBeNull();
  });
});

describe('a digest', () => {
  it('tells managers of their teams, once a day, across the change of clocks', async () => {
    await choose(org.manager, 'daily', when('2026-03-27T12:00:00Z'));
    await deal(org.rep, {
      ...won,
      title: 'Won <i>big</i>',
      closedAt: when('2026-03-28T10:00:00Z'),
    });
    await deal(org.rep2, { ...won, title: 'In the west', closedAt: when('2026-03-28T10:00:00Z') });
    await make(org.manager, when('2026-03-28T05:59:00Z'));
    expect(await storedMails()).toEqual([]);
    await make(org.manager, when('2026-03-28T06:00:30Z'));
    // Nothing had happened by then.
    expect(await storedMails()).toEqual([]);
    // Clocks went forward: seven o’clock is at five.
    await make(org.manager, when('2026-03-29T04:59:59Z'));
    expect(await storedMails()).toEqual([]);
    const due = when('2026-03-29T05:00:00Z');
    await Promise.all(Array.from({ length: 5 }, () => make(org.manager, due)));
    await make(org.manager, due);
    const [mail, ...others] = await storedMails();
    expect(others).toEqual([]);
    expect(mail?.id).toBe(`digest_${org.manager.uid}_2026-03-29`);
    expect(mail?.text).toContain('Won (1)\n- Won <i>big</i>, $15,000.00, rep');
    expect(mail?.html).toContain('Won &lt;i&gt;big&lt;/i&gt;');
    expect(mail?.html).not.toContain('<i>');
    expect(mail?.text).not.toContain('west');
    expect(await settingsOf(org.manager)).toMatchObject({
      ...{ digestSince: when('2026-03-29T04:58:00Z'), nextSendAt: when('2026-03-30T05:00:00Z') },
    });
  });

  it('tells what was won, lost, made, left alone and disputed, each in one digest', async () => {
    await choose(org.admin, 'daily', when('2026-06-14T12:00:00Z'));
    const yesterday = when('2026-06-14T13:00:00Z');
    await deal(org.rep, { ...won, title: 'A', closedAt: yesterday });
    await deal(org.rep, { ...lost, title: 'B', closedAt: yesterday });
    await deal(org.rep, { title: 'C', createdAt: yesterday, updatedAt: yesterday });
    await deal(org.rep, { title: 'D', updatedAt: when('2026-05-31T20:00:00Z') });
    await deal(org.rep, { title: 'E', createdAt: yesterday, deletedAt: yesterday });
    const opened = { createdAt: yesterday, closedAt: null, outcome: null };
    await storeDispute(org, opened);
    await storeDispute(org, {
      ...opened,
      createdAt: when('2026-06-01'),
      closedAt: yesterday,
      outcome: 'upheld',
    });
    await make(org.admin, when('2026-06-15T05:00:10Z'));
    const [mail] = await storedMails();
    expect(mail?.text.split('\n').slice(2, -2)).toEqual([
      ...['Won (1)', '- A, $15,000.00, rep', ''],
      ...['Lost (1)', '- B, $15,000.00, rep', ''],
      ...['New (1)', '- C, $15,000.00, rep', ''],
      ...['Without a change for 14 days (1)', '- D, $15,000.00, rep', ''],
      ...['Disputes opened (1)', '- rep, $12.00', ''],
      ...['Disputes over (1)', '- rep, $12.00, upheld', ''],
    ]);
    await make(org.admin, when('2026-06-16T05:00:10Z'));
    expect(await storedMails()).toHaveLength(1);
  });

  it('tells a rep of their own deals, weekly on Monday', async () => {
    await choose(org.rep, 'weekly', when('2026-06-10T12:00:00Z'));
    await deal(org.rep, { ...won, title: 'Mine', closedAt: when('2026-06-11T12:00:00Z') });
    await deal(org.colleague, { ...won, title: 'Theirs', closedAt: when('2026-06-11T12:00:00Z') });
    await make(org.rep, when('2026-06-14T12:00:00Z'));
    expect(await storedMails()).toEqual([]);
    await make(org.rep, when('2026-06-15T05:00:00Z'));
    const [mail] = await storedMails();
    expect(mail?.text).toContain('Mine');
    expect(mail?.text).not.toContain('Theirs');
  });

  it('is mailed once, after a server that was busy too', async () => {
    const now = when('2026-06-15T05:00:00Z');
    const send = (at: Date) => sendNotificationMails(invocationAt(at), email);
    // What other tests have left goes first.
    await send(now);
    await choose(org.manager, 'daily', when('2026-06-14T12:00:00Z'));
    await deal(org.rep, { ...won, title: 'A', closedAt: when('2026-06-14T13:00:00Z') });
    await make(org.manager, now);
    mails.fail('busy');
    await send(now);
    expect(await mails.to(org.manager.email)).toEqual([]);
    await send(new Date(now.getTime() + 10 * 60_000));
    await send(new Date(now.getTime() + 20 * 60_000));
    const [mail, ...others] = await mails.to(org.manager.email);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      subject: 'Your digest of 2026-06-15',
      messageId: `<notification-digest_${org.manager.uid}_2026-06-15@splitline>`,
      text: expect.stringContaining('Won (1)'),
      html: expect.stringContaining('<h2>Won (1)</h2>'),
    });
    expect(await storedMails()).toEqual([]);
  });

  it('ends with the membership', async () => {
    await choose(org.rep, 'daily', when('2026-06-14T12:00:00Z'));
    await deal(org.rep, { ...won, closedAt: when('2026-06-14T13:00:00Z') });
    await changeMember(org.orgId, org.rep.uid, { active: false });
    await make(org.rep, when('2026-06-15T05:00:00Z'));
    expect(await storedMails()).toEqual([]);
    expect(await settingsOf(org.rep)).toMatchObject({ digest: 'off', nextSendAt: null });
  });

  it('is found by the sweep when it is due', async () => {
    // Long before anything that other tests have due.
    await choose(org.manager, 'daily', when('2001-06-14T12:00:00Z'));
    await deal(org.rep, { ...won, closedAt: when('2001-06-14T13:00:00Z') });
    await makeDigests(invocationAt(when('2001-06-15T05:00:00Z')));
    expect(await storedMails()).toHaveLength(1);
    await makeDigests(invocationAt(when('2001-06-15T05:00:00Z')));
    expect(await storedMails()).toHaveLength(1);
    await choose(org.manager, 'off', when('2001-06-15T12:00:00Z'));
  });

  it('costs the settings, the person, the organisation and what it tells', async () => {
    await choose(org.manager, 'daily', when('2026-06-14T12:00:00Z'));
    const closedAt = when('2026-06-14T13:00:00Z');
    for (const title of ['A', 'B', 'C']) await deal(org.rep, { ...won, title, closedAt });
    const meter = new Meter();
    await make(org.manager, when('2026-06-15T05:00:00Z'), meter);
    // Three deals, four lists without anything, and the deals’ owner.
    expect(meter).toMatchObject({ reads: 3 + 3 + 4 + 1, writes: 2, roundTrips: 5 });
    const idle = new Meter();
    await make(org.manager, when('2026-06-15T05:01:00Z'), idle);
    expect(idle).toMatchObject({ reads: 1, writes: 0, roundTrips: 1 });
  });
});

async function storeDispute(
  { orgId, rep, teams }: Organisation,
  fields: { createdAt: Date; closedAt: Date | null; outcome: string | null },
): Promise<void> {
  await firestore()
    .collection(`orgs/${orgId}/disputes`)
    .add({
      ...{ version: 1, createdBy: rep.uid, updatedAt: fields.createdAt, updatedBy: rep.uid },
      ...{ cause: null, ownerId: rep.uid, teamId: teams.east, participantIds: [rep.uid] },
      ...{ dealId: 'deal', currency: 'USD', contestedMinor: 1200, heldMinor: 0 },
      ...{ expectedMinor: null, reason: 'Too little', adjustmentMinor: null, resolution: null },
      ...{ status: fields.closedAt === null ? 'open' : 'resolved', closedBy: null, comments: [] },
      ...fields,
    });
}
