import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { createRouter } from '../../functions/src/app/router.ts';
import { type NewEntry, post } from '../../functions/src/modules/ledger/ledger.public.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as } from '../support/as.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, request, textIn } from '../support/request.ts';

let org: Organisation;
let other: Organisation;
beforeAll(async () => {
  [org, other] = await Promise.all([createOrganisation(), createOrganisation()]);
});

let posted = 0;
/** Posts an entry of rep as some command would. */
async function enter(
  payee: Pick<Member, 'uid' | 'principal'>,
  at: string,
  entry: Partial<NewEntry>,
): Promise<string> {
  const unit = openUnit(startInvocation('test'), payee.principal.orgId);
  posted += 1;
  const id = `test_${String(posted).padStart(4, '0')}`;
  post(unit, id, {
    ...{ ownerId: payee.uid, teamId: payee.principal.teamId, currency: 'USD' },
    ...{ reason: 'earning', actor: 'test', at: new Date(at), postedAt: new Date(at) },
    ...entry,
  });
  await unit.commit();
  return id;
}

const earned = (minor: number): Partial<NewEntry> => ({
  expenseMinor: -minor,
  pendingMinor: minor,
});

async function ofRep(of: Organisation): Promise<void> {
  await enter(of.rep, '2026-01-05T10:00:00Z', { ...earned(10_000), dealTitle: 'Website' });
  await enter(of.rep, '2026-01-06T10:00:00Z', { ...earned(500), currency: 'JPY' });
  await enter(of.rep, '2026-01-07T10:00:00Z', {
    ...{ reason: 'approval', pendingMinor: -6000, approvedMinor: 6000 },
  });
  await enter(of.rep, '2026-02-01T10:00:00Z', {
    ...{ reason: 'payout', approvedMinor: -6000, paidMinor: 6000 },
  });
  await enter(of.rep, '2026-02-02T10:00:00Z', {
    ...{ reason: 'dispute_hold', pendingMinor: -1000, heldMinor: 1000 },
  });
  await enter(of.rep, '2026-02-03T10:00:00Z', { ...earned(-7000), reason: 'clawback' });
  await enter(of.rep, '2026-02-04T10:00:00Z', { ...earned(1_234), currency: 'KWD' });
}

describe('a balance', () => {
  beforeAll(() => ofRep(org));

  it('is by currency and by state, whatever the number of currencies', async () => {
    const { body } = await as(org.rep, 'GET /api/earnings/balance');
    const none = { heldMinor: 0, approvedMinor: 0, inTransitMinor: 0, paidMinor: 0 };
    expect(body).toMatchObject({ userId: org.rep.uid, final: false });
    expect(listIn(body, 'balances')).toEqual([
      {
        ...{ currency: 'JPY', ...none, pendingMinor: 500, earnedMinor: 500, owedMinor: 500 },
        carryForwardMinor: 0,
      },
      {
        ...{ currency: 'KWD', ...none, pendingMinor: 1234, earnedMinor: 1234, owedMinor: 1234 },
        carryForwardMinor: 0,
      },
      {
        ...{ currency: 'USD', pendingMinor: -4000, heldMinor: 1000, approvedMinor: 0 },
        ...{ inTransitMinor: 0, paidMinor: 6000, earnedMinor: 3000, owedMinor: -3000 },
        carryForwardMinor: -4000,
      },
    ]);
  });

  it('is as it was at any instant', async () => {
    const at = async (asOf: string) =>
      (await as(org.rep, `GET /api/earnings/balance?asOf=${asOf}`)).body;
    expect(await at('2026-01-05T09:59:59Z')).toMatchObject({ final: true, balances: [] });
    expect(await at('2026-01-05T10:00:00Z')).toMatchObject({
      balances: [{ currency: 'USD', pendingMinor: 10_000 }],
    });
    expect(await at('2026-01-31T00:00:00Z')).toMatchObject({
      balances: [
        { currency: 'JPY', pendingMinor: 500 },
        { currency: 'USD', pendingMinor: 4000, approvedMinor: 6000 },
      ],
    });
    const future = await as(org.rep, 'GET /api/earnings/balance?asOf=2999-01-01T00:00:00Z');
    expect([future.status, future.body]).toMatchObject([422, { field: 'asOf' }]);
  });

  it('is for the payee, the manager of the payee’s team and administrators', async () => {
    for (const path of ['balance', 'statement']) {
      const line = `GET /api/earnings/${path}?userId=${org.rep.uid}`;
      for (const person of [org.rep, org.manager, org.admin]) {
        expect((await as(person, line)).status).toBe(200);
      }
      for (const person of [org.colleague, org.rep2, org.otherManager, other.admin]) {
        const answer = await as(person, line);
        const absent = await as(person, `GET /api/earnings/${path}?userId=absent`);
        expect(answer.status).toBe(404);
        const text = textIn(answer.body, 'error').replace(org.rep.uid, 'absent');
        expect(text).toBe(textIn(absent.body, 'error'));
      }
      expect((await request(line)).status).toBe(401);
    }
  });

  it('asks an API key whose', async () => {
    const key = await as(org.admin, 'POST /api/api-keys', { name: 'K', scopes: ['read:crm'] });
    const token = textIn(key.body, 'secret');
    const none = await request('GET /api/earnings/balance', { token });
    expect([none.status, none.body]).toMatchObject([422, { field: 'userId' }]);
    const line = `GET /api/earnings/balance?userId=${org.rep.uid}`;
    expect((await request(line, { token })).status).toBe(200);
  });
});

const january = 'from=2026-01-01&to=2026-01-31';

describe('a statement', () => {
  beforeAll(() => ofRep(other));

  it('goes from its opening balance through its lines to its closing balance', async () => {
    const { body } = await as(
      other.rep,
      'GET /api/earnings/statement?from=2026-01-06&to=2026-02-02',
    );
    expect(body).toMatchObject({
      from: '2026-01-06T00:00:00.000Z',
      to: '2026-02-03T00:00:00.000Z',
      ...{ timeZone: 'UTC', final: true, nextCursor: null },
      currencies: [
        { currency: 'JPY', opening: { owedMinor: 0 }, closing: { owedMinor: 500 } },
        {
          currency: 'USD',
          opening: { pendingMinor: 10_000, owedMinor: 10_000 },
          closing: { pendingMinor: 3000, heldMinor: 1000, paidMinor: 6000, owedMinor: 4000 },
        },
      ],
      lines: [
        { currency: 'JPY', description: 'Commission', earnedMinor: 500, owedMinor: 500 },
        { reason: 'approval', description: 'Approved for payment', owedMinor: 10_000 },
        { reason: 'payout', paidMinor: 6000, earnedMinor: 0, owedMinor: 4000 },
        { reason: 'dispute_hold', description: 'Held for a dispute', owedMinor: 4000 },
      ],
    });
  });

  it('has the same running balance page by page', async () => {
    for (const currency of ['USD', 'JPY', 'USD']) {
      await enter(other.rep, '2026-01-07T10:00:00Z', { ...earned(3), currency });
    }
    const all =
      'GET /api/earnings/statement?from=2026-01-01&to=2026-12-01&asOf=2026-11-01T00:00:00Z';
    const whole = await as(other.rep, all);
    const lines: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await as(other.rep, `${all}&limit=2${cursor}`);
      lines.push(...listIn(body, 'lines'));
      const next = Object(body).nextCursor;
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(lines).toHaveLength(10);
    expect(lines).toEqual(listIn(whole.body, 'lines'));
  });

  it('takes days where the organisation is, instants as they are, and a period', async () => {
    const spanOf = async (query: string) =>
      (await as(other.rep, `GET /api/earnings/statement?${query}`)).body;
    expect(await spanOf('from=2026-01-05T10:00:01Z&to=2026-01-06T10:00:00Z')).toMatchObject({
      lines: [],
    });
    expect(await spanOf('periodId=2026-01-01')).toMatchObject({
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
      periodId: '2026-01-01',
    });
  });

  it.each([
    ['from=2026-02-01&to=2026-01-01', 'to'],
    ['from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z', 'to'],
    ['from=0000-01-01', 'from'],
    ['from=soon', 'from'],
    ['periodId=2026-01-02', 'periodId'],
    ['periodId=2026-01-01&from=2026-01-01', 'periodId'],
    ['cursor=x', 'cursor'],
    ['format=pdf', 'format'],
    ['locale=not_a_locale', 'locale'],
    ['limit=0', 'limit'],
    ['asOf=2999-01-01T00:00:00Z', 'asOf'],
    ['payee=x', 'payee'],
  ])('%s is refused with its field', async (query, field) => {
    const { status, body } = await as(other.rep, `GET /api/earnings/statement?${query}`);
    expect([400, 422]).toContain(status);
    expect(body).toMatchObject({ field });
  });

  it.each(['json', 'csv', 'html'])('as %s never changes once it is final', async (format) => {
    const payee = other.colleague;
    const query = `${january}&asOf=2026-03-01T00:00:00Z&format=${format}`;
    await enter(payee, '2026-01-10T10:00:00Z', earned(700));
    const before = await file(payee, query);
    await enter(payee, '2026-03-01T00:00:00.001Z', earned(900));
    await enter(payee, new Date().toISOString(), { ...earned(50), currency: 'EUR' });
    expect(await file(payee, query)).toEqual(before);
    expect(before.text).toContain(format === 'json' ? '700' : '7.00');
  });

  it('is not final within five minutes, nor before the period of a payee with tiers is closed', async () => {
    const finality = async (payee: Member, asOf: Date) => {
      const { body } = await as(payee, `GET /api/earnings/balance?asOf=${asOf.toISOString()}`);
      return Object(body).final;
    };
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const payee = other.rep2;
    await enter(payee, '2026-01-10T10:00:00Z', earned(700));
    expect(await finality(payee, minutesAgo(4))).toBe(false);
    expect(await finality(payee, minutesAgo(6))).toBe(true);
    await enter(payee, '2026-01-11T10:00:00Z', { ...earned(700), isTiered: true });
    expect(await finality(payee, minutesAgo(6))).toBe(false);
    expect(await finality(payee, new Date('2026-01-31T23:59:59.998Z'))).toBe(true);
    expect(await finality(payee, new Date('2026-01-31T23:59:59.999Z'))).toBe(false);
  });
});

const router = createRouter();

async function file(person: Member, query: string) {
  const response = await router.fetch(
    new Request(`http://localhost/api/earnings/statement?${query}`, {
      headers: { Authorization: `Bearer ${await person.token()}` },
    }),
  );
  return {
    status: response.status,
    type: response.headers.get('Content-Type'),
    policy: response.headers.get('Content-Security-Policy'),
    text: await response.text(),
  };
}

describe('a statement as a file', () => {
  const EVIL = '=HYPERLINK("http://evil.example";"x")';
  let payee: Member;
  beforeAll(async () => {
    payee = org.rep2;
    await enter(payee, '2026-01-05T10:00:00Z', { ...earned(123_456), dealTitle: EVIL });
    await enter(payee, '2026-01-06T10:00:00Z', { ...earned(7), currency: 'JPY' });
    await enter(payee, '2026-01-07T10:00:00Z', {
      ...{ ...earned(-1_005), currency: 'KWD', reason: 'clawback' },
      ...{ dealTitle: '<script>alert(1)</script> عقد "A", B', note: '+1-2' },
    });
    await enter(payee, '2026-01-08T10:00:00Z', { ...earned(1), dealTitle: '@SUM(A1)' });
  });

  it('in CSV has exact decimals, and no formula', async () => {
    const { type, text } = await file(payee, `${january}&format=csv`);
    expect(type).toBe('text/csv; charset=utf-8');
    const rows: string[][] = parse(text, { bom: true });
    const shown = rows.map(([, currency, what, deal, note, amount]) => [
      ...[currency, what, deal, note, amount],
    ]);
    expect(shown).toEqual([
      ['Currency', 'Description', 'Deal', 'Note', 'Earned'],
      ['JPY', 'Opening balance', '', '', '0'],
      ['KWD', 'Opening balance', '', '', '0.000'],
      ['USD', 'Opening balance', '', '', '0.00'],
      ['USD', 'Commission', `'${EVIL}`, '', '1234.56'],
      ['JPY', 'Commission', '', '', '7'],
      [
        ...['KWD', 'Commission taken back', '<script>alert(1)</script> عقد "A", B'],
        ...["'+1-2", '-1.005'],
      ],
      ['USD', 'Commission', "'@SUM(A1)", '', '0.01'],
      ['JPY', 'Closing balance', '', '', '7'],
      ['KWD', 'Closing balance', '', '', '-1.005'],
      ['USD', 'Closing balance', '', '', '1234.57'],
    ]);
    expect(rows[0]?.[0]).toBe('Time (UTC)');
    for (const row of rows) expect(row).toHaveLength(13);
  });

  it('in HTML is escaped, isolated, without script, in the locale’s format', async () => {
    const { type, policy, text } = await file(payee, `${january}&format=html&locale=de-DE`);
    expect(type).toMatch(/^text\/html/);
    expect(policy).toContain("default-src 'none'");
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('<td dir="auto">&lt;script&gt;');
    expect(text).toMatch(/1\.234,56\s\$/);
    expect(text).toMatch(/-1,005\sKWD/);
    expect(text).toContain('time zone <bdi>UTC</bdi>');
    expect(text).toContain('@page');
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('in HTML is in another locale’s digits', async () => {
    const { text } = await file(payee, `${january}&format=html&locale=ar-EG`);
    expect(text).toContain('١٬٢٣٤');
  });
});
