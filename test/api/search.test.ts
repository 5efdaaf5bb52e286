import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, idsIn, made } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn } from '../support/request.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

async function find(person: Member, q: string, rest = ''): Promise<string[]> {
  const { body } = await as(person, `GET /api/search?q=${encodeURIComponent(q)}${rest}`);
  return idsIn(listIn(body, 'results'));
}

describe('GET /api/search', () => {
  it('finds each kind as soon as it is created, and again after a change', async () => {
    const word = `Quartz${newId()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 6)}`;
    const ids = [
      await made(org.rep, 'contacts', { firstName: word, email: `${word}@example.com` }),
      await made(org.rep, 'companies', { name: `${word} GmbH`, domain: `${word}.example` }),
      await made(org.rep, 'leads', { businessName: `The ${word}`, city: 'Berlin' }),
      await made(org.rep, 'deals', { title: `Sale of ${word}`, value: 5 }),
    ];
    const { body } = await as(org.rep, `GET /api/search?q=${word.toUpperCase()}`);
    expect(listIn(body, 'results')).toMatchObject([
      { type: 'contact', id: ids[0], name: word, email: `${word}@example.com`.toLowerCase() },
      {
        type: 'company',
        id: ids[1],
        name: `${word} GmbH`,
        detail: `${word}.example`.toLowerCase(),
      },
      { type: 'lead', id: ids[2], name: `The ${word}`, detail: 'Berlin' },
      { type: 'deal', id: ids[3], name: `Sale of ${word}`, detail: null },
    ]);
    await as(org.rep, `PATCH /api/contacts/${ids[0]}`, { firstName: 'Renamed', email: null });
    expect(await find(org.rep, word)).toEqual(ids.slice(1));
    expect(await find(org.rep, 'renamed')).toEqual([ids[0]]);
  });

  const people = {
    zoe: { firstName: 'Zoë', lastName: 'O’Brien-Łuczak', company: 'Café Straße' },
    mail: { firstName: 'Mail', email: 'jane.doe@mail.sunshine-dental.com' },
    phone: { firstName: 'Phone', phone: '+13055550199' },
    emoji: { firstName: '🚀', lastName: 'Launch👩‍🚀' },
    arabic: { firstName: 'مُحَمَّد', lastName: 'العربي' },
    hebrew: { firstName: '\u200fשָׁלוֹם' },
    japanese: { firstName: 'Toyota', company: '株式会社トヨタ' },
    long: { firstName: 'Donaudampfschifffahrtsgesellschaft' },
    b: { firstName: 'B' },
  };
  const ids = new Map<string, string>();
  beforeAll(async () => {
    for (const [name, person] of Object.entries(people)) {
      ids.set(name, await made(org.rep, 'contacts', person));
    }
  });

  it.each([
    ['zoe', 'zoe'],
    ['ZOË', 'zoe'],
    ['obrien', 'zoe'],
    ["o'brien", 'zoe'],
    ['lucz zo', 'zoe'],
    ['cafe strasse', 'zoe'],
    ['Straß', 'zoe'],
    ['jane.doe@mail.sunshine-dental.com', 'mail'],
    ['jane.doe@mail', 'mail'],
    ['doe', 'mail'],
    ['sunshine-dental.com', 'mail'],
    ['@mail.sunshine-dental.com', 'mail'],
    ['+1 (305) 555-0199', 'phone'],
    ['3055550199', 'phone'],
    ['305-55', 'phone'],
    ['0199', 'phone'],
    ['1305555', 'phone'],
    ['🚀', 'emoji'],
    ['launch', 'emoji'],
    ['👩‍🚀', 'emoji'],
    ['محمد', 'arabic'],
    ['العر', 'arabic'],
    ['שלום', 'hebrew'],
    ['トヨタ', 'japanese'],
    ['株式', 'japanese'],
    ['donau', 'long'],
    ['donaudampfschifffahrts', 'long'],
  ])('%s finds %s', async (q, name) => {
    expect(await find(org.rep, q, '&types=contact')).toEqual([ids.get(name)]);
  });

  it('finds by one character', async () => {
    const found = await find(org.rep, 'b', '&types=contact&limit=50');
    expect(found).toContain(ids.get('b'));
    expect(await find(org.rep, 'ש')).toEqual([ids.get('hebrew')]);
  });

  it.each(['brien', 'zoe jane', 'donaudampfschifffahrtx', 'jane.doe@mail.sunshine-dental.org'])(
    '%s finds nobody',
    async (q) => {
      expect(await find(org.rep, q, '&types=contact')).toEqual([]);
    },
  );

  it.each(['?!', '%', '""', '\u200f'])(
    '%j, in which there is nothing to search for, finds nothing',
    async (q) => {
      expect(await find(org.rep, q)).toEqual([]);
    },
  );

  it.each([
    ['', 'q'],
    ['q=', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a&types=invoice', 'types'],
    ['q=a&limit=0', 'limit'],
    ['q=a&sort=x', 'sort'],
  ])('refuses ?%s', async (query, field) => {
    const { status, body } = await as(org.rep, `GET /api/search?${query}`);
    expect([400, 422]).toContain(status);
    expect(JSON.stringify(body)).toContain(field);
  });

  it('shows each caller what they may see', async () => {
    const word = `Visible${newId()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 6)}`;
    const contact = await made(org.rep, 'contacts', { firstName: word });
    const company = await made(org.rep, 'companies', { name: word });
    const lead = await made(org.rep, 'leads', { businessName: word });
    const deal = await made(org.rep, 'deals', { title: word, value: 1 });
    const all = [contact, company, lead, deal];
    expect(await find(org.rep, word)).toEqual(all);
    expect(await find(org.manager, word)).toEqual(all);
    expect(await find(org.admin, word)).toEqual(all);
    expect(await find(org.rep2, word)).toEqual([company]);
    expect(await find(org.otherManager, word)).toEqual([company]);
  });

  it('finds deals that the caller only takes part in', async () => {
    const title = `Shared ${newId()}`;
    const others = { participantIds: [org.rep.uid, org.rep2.uid] };
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal, { title, ...others }));
    const word = title.split(/[\s_-]/)[1] ?? '';
    expect(await find(org.rep2, `shared ${word}`, '&types=deal')).toEqual([id]);
    expect(await find(org.colleague, `shared ${word}`, '&types=deal')).toEqual([]);
  });

  it('finds deals that a client wrote directly, without tokens', async () => {
    const title = 'Handwritten heliotrope';
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal, { title, searchTokens: [] }));
    for (const person of [org.rep, org.manager, org.admin]) {
      expect(await find(person, 'heliotr')).toEqual([id]);
    }
  });

  it('leaves out what is in the bin', async () => {
    const id = await made(org.rep, 'contacts', { firstName: 'Wastepaper' });
    await as(org.rep, `DELETE /api/contacts/${id}`);
    expect(await find(org.rep, 'wastepaper')).toEqual([]);
    await as(org.rep, `POST /api/contacts/${id}/restore`);
    expect(await find(org.rep, 'wastepaper')).toEqual([id]);
  });
});

describe('a list that is searched', () => {
  it('for several words or with tags pages and counts what matches', async () => {
    const { rep } = await createOrganisation();
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const tags = i % 2 === 0 ? ['even'] : ['odd'];
      ids.unshift(await made(rep, 'contacts', { firstName: 'Twin', lastName: `No${i}`, tags }));
    }
    const list = async (query: string) => (await as(rep, `GET /api/contacts?${query}`)).body;
    const words = await list('search=twin%20no&limit=2&page=2');
    expect(words).toMatchObject({ total: 5, totalIsExact: true, page: 2, totalPages: 3 });
    expect(idsIn(listIn(words, 'contacts'))).toEqual(ids.slice(2, 4));
    const tagged = await list('search=twin&tags=even');
    expect(tagged).toMatchObject({ total: 3 });
    expect(idsIn(listIn(tagged, 'contacts'))).toEqual([ids[0], ids[2], ids[4]]);
    const one = await list('search=twin&limit=4');
    expect(one).toMatchObject({ total: 5, totalPages: 2, nextCursor: expect.any(String) });
  });
});
