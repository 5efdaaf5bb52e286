import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { expectNoBarriers, keepLooks, keepUsableLooks } from './support/look.ts';
import { addRep, openApi, type Person, pageUrl, signUpOrganisation } from './support/platform.ts';
import { goTo, openWindow, signInAt, signOut, type Visitor } from './support/visitor.ts';

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, admin);
});

afterAll(async () => {
  await browser?.close();
});

function panel(kind: string): Locator {
  return page.getByRole('complementary', { name: kind });
}

function row(name: string): Locator {
  return page.getByRole('list').getByRole('link', { name, exact: true });
}

function section(kind: string, name: string): Locator {
  return panel(kind).getByRole('region', { name, exact: true });
}

/** The place of the page that the browser is at. */
function path(): string {
  return new URL(page.url()).pathname;
}

describe('contacts', () => {
  it('offers the first step, and says at the field what is wrong with it', async () => {
    await goTo(page, 'Contacts');
    await page.getByText('No contacts yet.').waitFor();
    await page.getByRole('button', { name: 'Add contact' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add contact' });
    await dialog.getByLabel('First name').fill('Bea');
    await dialog.getByLabel('Last name').fill('Berg');
    await dialog.getByLabel('E-mail').fill('no address');
    await dialog.getByRole('button', { name: 'Add contact' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/e-?mail/i)
      .waitFor();
    await dialog.getByLabel('E-mail').fill('bea@bakery.example');
    await dialog.getByRole('button', { name: 'Add contact' }).click();
    await panel('Contact').getByRole('heading', { name: 'Bea Berg' }).waitFor();
    await row('Bea Berg').waitFor();
  });

  it('edits fields where they stand: those of its own, custom ones and tags', async () => {
    await api.defineField('contact', {
      ...{ key: 'tier', label: 'Tier', type: 'picklist', options: ['Gold', 'Silver'] },
    });
    await api.defineField('contact', { key: 'budget', label: 'Budget', type: 'money' });
    await page.reload();
    const contact = panel('Contact');
    await contact.getByLabel('Job title').fill('Owner');
    await contact.getByLabel('Job title').press('Enter');
    await section('Contact', 'History')
      .getByText('changed the title from nothing to “Owner”')
      .waitFor({ timeout: TRIGGER_MS });
    await contact.getByLabel('Phone', { exact: true }).fill('call me');
    await contact.getByLabel('Phone', { exact: true }).press('Enter');
    await contact.getByRole('alert').getByText(/phone/i).waitFor();
    await contact.getByLabel('Phone', { exact: true }).press('Escape');
    await contact.getByLabel('Tier').selectOption('Gold');
    await contact.getByLabel('Budget (USD)').fill('1200.50');
    await contact.getByLabel('Budget (USD)').press('Enter');
    await contact.getByLabel('New tag').fill('vip, press');
    await contact.getByRole('button', { name: 'Add tag' }).click();
    await contact.getByRole('button', { name: 'Remove the tag press' }).click();
    await contact.getByText('removed the tag “press”').waitFor();
    await eventually(async () =>
      expect(await api.get(`/api${path()}`)).toMatchObject({
        ...{ title: 'Owner', phone: null, tags: ['vip'] },
        customFields: { tier: 'Gold', budget: { amountMinor: 120_050, currency: 'USD' } },
      }),
    );
  });

  it('keeps tasks and notes with the contact', async () => {
    const tasks = section('Contact', 'Tasks');
    await tasks.getByLabel('New task').fill('Send the offer');
    await tasks.getByRole('button', { name: 'Add task' }).click();
    await tasks.getByRole('checkbox', { name: 'Send the offer' }).check();
    await section('Contact', 'History')
      .getByText('planned “Send the offer”, which is done')
      .waitFor();
    const notes = section('Contact', 'Notes');
    await notes.getByLabel('New note').fill('Likes rye.');
    await notes.getByRole('button', { name: 'Add note' }).click();
    await notes.getByText('Likes rye.').waitFor();
    await notes.getByRole('button', { name: 'Delete the note' }).click();
    await notes.getByText('Likes rye.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await notes.getByText('Likes rye.').waitFor();
  });

  it('shows where the contact works and the deals with them', async () => {
    const contactId = path().split('/').at(-1) ?? '';
    await api.post('/api/companies', { name: 'Harbour Bakery', domain: 'bakery.example' });
    const title = 'New ovens';
    await api.createDeal({ title, value: 4200, contactIds: [contactId] });
    const companies = section('Contact', 'Companies');
    await companies.getByRole('button', { name: 'Add a company' }).click();
    await companies.getByRole('combobox').fill('harb');
    await companies.getByRole('option', { name: /Harbour Bakery/ }).waitFor();
    await companies.getByRole('combobox').press('Enter');
    await companies.getByRole('link', { name: 'Harbour Bakery' }).waitFor();
    await companies.getByLabel('Role at Harbour Bakery').fill('Baker');
    await companies.getByLabel('Role at Harbour Bakery').press('Enter');
    const deals = section('Contact', 'Deals');
    await deals.getByRole('link', { name: title }).waitFor();
    await deals.getByText('$4,200 · Lead').waitFor();
    await section('Contact', 'History').getByText('put the contact into a company').waitFor();
    // What somebody else changes shows by itself.
    await api.post(`/api/contacts/${contactId}/tags`, { add: ['from elsewhere'] });
    await panel('Contact').getByRole('button', { name: 'Remove the tag from elsewhere' }).waitFor();
    await keepLooks(page, 'contact');
    await expectNoBarriers(page);
  });

  it('finds as one types and sorts by name', async () => {
    await api.post('/api/contacts', { firstName: 'Zoe', lastName: 'Zander' });
    await api.post('/api/contacts', { firstName: 'Bert', email: 'bert@rink.example' });
    await panel('Contact').press('Escape');
    await page.reload();
    const names = page.getByRole('list', { name: 'Contacts' }).getByRole('link');
    await row('Bert').waitFor();
    await eventually(async () =>
      expect(await names.allTextContents()).toEqual(['Bert', 'Zoe Zander', 'Bea Berg']),
    );
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await eventually(async () =>
      expect(await names.allTextContents()).toEqual(['Bea Berg', 'Bert', 'Zoe Zander']),
    );
    await page.getByRole('searchbox').fill('rink');
    await row('Zoe Zander').waitFor({ state: 'detached' });
    await row('Bert').waitFor();
    await page.getByRole('searchbox').fill('nobody of that name');
    await page.getByText('Nothing you can see matches').waitFor();
    await page.getByRole('searchbox').fill('');
    await row('Zoe Zander').waitFor();
    await keepLooks(page, 'contacts');
    await expectNoBarriers(page);
  });

  it('deletes after naming the consequence, and takes it back', async () => {
    await row('Zoe Zander').click();
    await panel('Contact').getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Zoe Zander?' });
    await dialog.getByText('After 30 days it is gone for good').waitFor();
    await dialog.getByRole('button', { name: 'Delete contact' }).click();
    await row('Zoe Zander').waitFor({ state: 'detached' });
    await eventually(async () => expect(path()).toBe('/contacts'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await panel('Contact').getByRole('heading', { name: 'Zoe Zander' }).waitFor();
    await row('Zoe Zander').waitFor();
  });

  it('merges another contact with a choice for each difference', async () => {
    await row('Bea Berg').click();
    await panel('Contact').getByRole('heading', { name: 'Bea Berg' }).waitFor();
    await panel('Contact').getByRole('button', { name: 'Merge…' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill('bert');
    await page.getByRole('option', { name: /Bert/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge Bert into Bea Berg' });
    await dialog.getByText('a merge cannot be undone').waitFor();
    await dialog.getByRole('radio', { name: 'bert@rink.example' }).check();
    await keepLooks(page, 'merge');
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Merge contacts' }).click();
    await row('Bert').waitFor({ state: 'detached' });
    await section('Contact', 'History').getByText('merged another contact into it').waitFor();
    await eventually(async () =>
      expect(await api.get(`/api${path()}`)).toMatchObject({
        ...{ firstName: 'Bea', email: 'bert@rink.example', otherEmails: ['bea@bakery.example'] },
      }),
    );
  });

  it('says what to do when the list cannot be loaded', async () => {
    await page.route('**/api/contacts?*', (route) => route.abort());
    await page.goto(pageUrl('/contacts'));
    await page.getByRole('heading', { name: 'The contacts cannot be shown' }).waitFor();
    await page.unroute('**/api/contacts?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await row('Bea Berg').waitFor();
  });
});

describe('companies', () => {
  it('shows a company with its people and deals', async () => {
    await goTo(page, 'Companies');
    await row('Harbour Bakery').click();
    const companyId = path().split('/').at(-1) ?? '';
    await section('Company', 'People').getByRole('link', { name: 'Bea Berg' }).waitFor();
    await section('Company', 'People').getByText('Baker · ').waitFor();
    await api.createDeal({ title: 'Flour for a year', value: 900.5, companyId });
    await page.reload();
    await section('Company', 'Deals').getByText('$900.50 · Lead').waitFor();
    await keepLooks(page, 'company');
    await expectNoBarriers(page);
  });

  it('refuses a domain that another company has, at the field', async () => {
    await goTo(page, 'Companies');
    await page.getByRole('button', { name: 'Add company' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add company' });
    await dialog.getByLabel('Name').fill('Bakery by the harbour');
    await dialog.getByLabel('Domain').fill('bakery.example');
    await dialog.getByRole('button', { name: 'Add company' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/merge the two/)
      .waitFor();
    await keepUsableLooks(page, 'company-add');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await keepUsableLooks(page, 'companies');
  });
});

describe('leads', () => {
  it('lists leads by status', async () => {
    await goTo(page, 'Leads');
    await api.post('/api/leads', {
      ...{ businessName: 'Rink & Co', contactName: 'Rita Rink', email: 'rita@rink.example' },
    });
    await api.post('/api/leads', { businessName: 'Quay Cafe', status: 'QUALIFIED' });
    await page.getByRole('button', { name: 'Qualified', exact: true }).click();
    await row('Quay Cafe').waitFor();
    await eventually(async () =>
      expect(await page.getByRole('list', { name: 'Leads' }).getByRole('link').count()).toBe(1),
    );
    await keepUsableLooks(page, 'leads');
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await row('Rink & Co').click();
    await panel('Lead').getByLabel('Status').selectOption('Contacted');
    await section('Lead', 'History').getByText('the status from New to Contacted').waitFor();
    await keepLooks(page, 'lead');
    await expectNoBarriers(page);
  });

  it('converts a lead and leads to what was made', async () => {
    await panel('Lead').getByRole('button', { name: 'Convert…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Convert Rink & Co' });
    await dialog.getByLabel('Open a deal with them').check();
    await dialog.getByLabel('Value').fill('10.005');
    await keepLooks(page, 'convert');
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Convert lead' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/more decimals than USD/)
      .waitFor();
    await dialog.getByLabel('Value').fill('1500');
    await dialog.getByLabel('Phone').fill('123');
    await dialog.getByRole('button', { name: 'Convert lead' }).click();
    await dialog.getByRole('alert').getByText(/phone/i).waitFor();
    await dialog.getByLabel('Phone').fill('');
    await dialog.getByRole('button', { name: 'Convert lead' }).click();
    const made = section('Lead', 'Converted to');
    await made.getByRole('link', { name: 'The deal' }).waitFor();
    await made.getByRole('link', { name: 'The company' }).waitFor();
    await made.getByRole('link', { name: 'The contact' }).click();
    await panel('Contact').getByRole('heading', { name: 'Rita Rink' }).waitFor();
    await section('Contact', 'Deals').getByText('$1,500').waitFor();
  });
});

describe('the command palette', () => {
  it('finds a record and goes to it by keys alone', async () => {
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: 'Search or go to' });
    await dialog.getByRole('combobox').waitFor();
    await page.keyboard.type('harbour');
    await dialog.getByRole('option', { name: /Harbour Bakery/ }).waitFor();
    await keepLooks(page, 'palette');
    await expectNoBarriers(page);
    await page.keyboard.press('Enter');
    await panel('Company').getByRole('heading', { name: 'Harbour Bakery' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  it('finds deals and leads too, and goes to pages', async () => {
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: 'Search or go to' });
    const input = dialog.getByRole('combobox');
    await input.fill('quay');
    await dialog.getByRole('option', { name: /Quay Cafe/ }).waitFor();
    await input.fill('ovens');
    await dialog.getByRole('option', { name: /New ovens/ }).waitFor();
    await input.fill('go ea');
    await dialog.getByRole('option', { name: 'Go to Earnings Page' }).waitFor();
    await input.press('ArrowDown');
    await input.press('Enter');
    await page.getByRole('heading', { name: 'Earnings', level: 1 }).waitFor();
  });
});

describe('who may see what', () => {
  it('shows a rep companies to read, and no contact of others', async () => {
    const rep = await addRep(admin.orgId, 'Rita Rep');
    const stranger = await api.post('/api/contacts', { firstName: 'Hidden' });
    const own = await openWindow(browser);
    await signInAt(own.page, rep);
    await goTo(own.page, 'Contacts');
    await own.page.getByText('No contacts yet.').waitFor();
    await own.page.goto(pageUrl(`/contacts/${stranger}`));
    await own.page.getByRole('heading', { name: 'This contact cannot be shown' }).waitFor();
    await goTo(own.page, 'Companies');
    await own.page.getByRole('link', { name: 'Harbour Bakery' }).click();
    const company = own.page.getByRole('complementary', { name: 'Company' });
    await company.getByText('It belongs to Ada Adler').waitFor();
    await eventually(async () =>
      expect(await company.getByRole('button', { name: 'Delete…' }).count()).toBe(0),
    );
    expect(own.complaints).toEqual([]);
  });
});

describe('every page', () => {
  it.each(['Pipeline', 'Leads', 'Earnings', 'Disputes', 'Payouts', 'Plans'])(
    'has no barrier on %s',
    async (name) => {
      await goTo(page, name);
      await page
        .getByText(/^Loading/)
        .first()
        .waitFor({ state: 'detached' });
      await expectNoBarriers(page);
    },
  );

  it('has none on a deal, nor where people sign in', async () => {
    await goTo(page, 'Pipeline');
    await page.getByRole('article', { name: 'New ovens' }).getByRole('link').click();
    await page.getByRole('complementary', { name: 'Deal' }).getByText('created the deal').waitFor();
    await expectNoBarriers(page);
    await signOut(page);
    await expectNoBarriers(page);
    expect(visitor.complaints).toEqual([]);
  });
});
