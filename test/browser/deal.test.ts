import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { expectNoBarriers, keepLooks, keepUsableLooks } from './support/look.ts';
import {
  addPerson,
  openApi,
  type Person,
  pageUrl,
  signUpOrganisation,
} from './support/platform.ts';
import { goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

let browser: Browser;
let admin: Person;
let manager: Person;
let rep: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let page: Page;
let managerPage: Page;
let dealId: string;
const windows: Visitor[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  await api.createPlan(1000);
  manager = await addPerson(admin.orgId, 'Mona Manager', {
    ...{ role: 'manager', teamId: 'north', managedTeamIds: ['north'] },
  });
  rep = await addPerson(admin.orgId, 'Rita Rep', { teamId: 'north' });
  await api.post('/api/contacts', { firstName: 'Bea', lastName: 'Berg', ownerId: rep.uid });
  await api.post('/api/companies', { name: 'Harbour Bakery' });
  dealId = await api.createDeal({ title: 'Website relaunch', value: 15_000, ownerId: rep.uid });
  page = await windowOf(rep);
});

afterAll(async () => {
  await browser?.close();
  expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
});

/** A window of its own for somebody who is signed in. */
async function windowOf(person: Person): Promise<Page> {
  const visitor = await openWindow(browser);
  windows.push(visitor);
  await signInAt(visitor.page, person);
  return visitor.page;
}

async function openDeal(at: Page, id = dealId): Promise<Locator> {
  await at.goto(pageUrl(`/deals/${id}`));
  return panelOf(at);
}

function panelOf(at: Page): Locator {
  return at.getByRole('complementary', { name: 'Deal' });
}

function section(at: Page, name: string): Locator {
  return panelOf(at).getByRole('region', { name, exact: true });
}

describe('the fields of a deal', () => {
  it('are edited where they stand, and the history tells', async () => {
    const deal = await openDeal(page);
    const history = section(page, 'History');
    await history
      .getByText('Ada Adler created the deal in Lead, worth $15,000.')
      .waitFor({ timeout: TRIGGER_MS });
    await deal.getByLabel('Value').fill('18000.505');
    await deal.getByLabel('Value').press('Enter');
    await deal.getByRole('alert').getByText('USD has 2 decimals').waitFor();
    await deal.getByLabel('Value').fill('18000.50');
    await deal.getByLabel('Value').press('Enter');
    await history.getByText('changed the value from $15,000 to $18,000.50').waitFor();
    await deal.getByLabel('Expected close').fill('2001-02-03');
    await deal.getByLabel('Expected close').press('Enter');
    await deal.getByRole('alert').getByText('is in the past').waitFor();
    await deal.getByLabel('Expected close').fill('2099-06-30');
    await deal.getByLabel('Expected close').press('Enter');
    await history.getByText('from no date to Jun 30, 2099').waitFor();
    await deal.getByLabel('Description').fill('A new website.\nWith a shop.');
    await deal.getByLabel('Description').blur();
    await deal.getByLabel('New tag').fill('web, shop');
    await deal.getByLabel('New tag').press('Enter');
    await deal.getByRole('button', { name: 'Remove the tag shop' }).click();
    await deal.getByText('shop', { exact: true }).waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await api.getDeal(dealId)).toMatchObject({
        ...{ value: 18_000.5, description: 'A new website.\nWith a shop.', tags: ['web'] },
        expectedCloseDate: '2099-06-30T00:00:00.000Z',
      }),
    );
  });

  it('follow what is defined for deals', async () => {
    await api.defineField('deal', {
      ...{ key: 'region', label: 'Region', type: 'picklist', options: ['North', 'South'] },
    });
    const deal = await openDeal(page);
    await deal.getByLabel('Region').selectOption('South');
    await section(page, 'History').getByText('changed custom fields').waitFor();
    await eventually(async () =>
      expect(await api.getDeal(dealId)).toMatchObject({ customFields: { region: 'South' } }),
    );
  });

  it('link contacts and a company', async () => {
    const links = section(page, 'Contacts and company');
    for (const [button, text, name] of [
      ['Add a contact', 'bea', 'Bea Berg'],
      ['Add a company', 'harb', 'Harbour Bakery'],
    ] as const) {
      await links.getByRole('button', { name: button }).click();
      await links.getByRole('combobox').fill(text);
      await links.getByRole('option', { name: new RegExp(name) }).waitFor();
      await links.getByRole('combobox').press('Enter');
      await links.getByRole('link', { name }).waitFor();
    }
    await section(page, 'History').getByText('changed its company').waitFor();
    await links.getByRole('button', { name: 'Remove Bea Berg from the deal' }).click();
    await links.getByRole('link', { name: 'Bea Berg' }).waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await api.getDeal(dealId)).toMatchObject({
        contacts: [],
        companyId: expect.any(String),
      }),
    );
  });

  it('tell what somebody else made of one while it was typed over', async () => {
    managerPage = await windowOf(manager);
    const theirs = await openDeal(managerPage);
    const mine = panelOf(page);
    await mine.getByLabel('Value').fill('20000');
    await theirs.getByLabel('Value').fill('19000');
    await theirs.getByLabel('Value').press('Enter');
    await page.getByRole('article', { name: 'Website relaunch' }).getByText('$19,000').waitFor();
    await section(page, 'History').getByText('to $19,000').waitFor();
    await mine.getByLabel('Value').press('Enter');
    await mine.getByRole('alert').getByText('Meanwhile it was changed to $19,000').waitFor();
    await eventually(async () =>
      expect(await api.getDeal(dealId)).toMatchObject({ value: 19_000 }),
    );
    await mine.getByLabel('Value').press('Enter');
    await section(page, 'History').getByText('from $19,000 to $20,000').waitFor();
    await section(managerPage, 'History').getByText('from $19,000 to $20,000').waitFor();
  });

  it('say that a change came too late', async () => {
    const deal = panelOf(page);
    await page.route(`**/api/deals/${dealId}`, (route) =>
      route.fulfill({
        status: 409,
        json: { error: 'conflict', details: 'version: read it again', field: 'version' },
      }),
    );
    await deal.getByLabel('Probability (%)').fill('35');
    await deal.getByLabel('Probability (%)').press('Enter');
    await deal.getByRole('alert').getByText('Somebody else changed this deal').waitFor();
    await page.unroute(`**/api/deals/${dealId}`);
    await deal.getByLabel('Probability (%)').press('Enter');
    await section(page, 'History').getByText('the probability from 10% to 35%').waitFor();
  });
});

describe('what is written and done', () => {
  it('stands in the history: activities, tasks and notes', async () => {
    const deal = panelOf(page);
    const history = section(page, 'History');
    await history.getByRole('button', { name: 'Log activity…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Log activity' });
    await dialog.getByLabel('Kind').selectOption('Meeting');
    await dialog.getByRole('button', { name: 'Log activity' }).click();
    await dialog.getByRole('alert').getByText('Say in a few words').waitFor();
    await keepUsableLooks(page, 'deal-activity');
    await dialog.getByLabel('What was it about?').fill('Prices');
    await dialog.getByLabel('Minutes').fill('45');
    await dialog.getByLabel('Details').fill('They want a shop.');
    await dialog.getByRole('button', { name: 'Log activity' }).click();
    await dialog.waitFor({ state: 'detached' });
    await history.getByText('Rita Rep logged a meeting: Prices.').waitFor();
    const tasks = section(page, 'Tasks');
    await tasks.getByLabel('New task').fill('Send the offer');
    await tasks.getByRole('button', { name: 'Add task' }).click();
    await tasks.getByRole('checkbox', { name: 'Send the offer' }).check();
    await history.getByText('planned “Send the offer”, which is done').waitFor();
    await deal.getByLabel('New note').fill('Call on Monday.');
    await deal.getByRole('button', { name: 'Add note' }).click();
    await section(page, 'Notes').getByRole('listitem').getByText('Call on Monday.').waitFor();
    await keepLooks(page, 'deal-page');
    await expectNoBarriers(page);
  });

  it('is found by its kind', async () => {
    const history = section(page, 'History');
    await history.getByRole('button', { name: 'Activities', exact: true }).click();
    await history.getByText('created the deal').waitFor({ state: 'detached' });
    await history.getByText('logged a meeting').waitFor();
    await history.getByRole('button', { name: 'Appointments' }).click();
    await history.getByText('Nothing of this kind has happened yet.').waitFor();
    await history.getByRole('button', { name: 'All', exact: true }).click();
    await history.getByText('created the deal').waitFor();
  });

  it('tells a colleague who is mentioned', async () => {
    const notes = section(page, 'Notes');
    await notes.getByLabel('New note').pressSequentially('Please look, @mon');
    await notes.getByRole('option', { name: 'Mona Manager' }).waitFor();
    await notes.getByLabel('New note').press('Enter');
    await eventually(async () =>
      expect(await notes.getByLabel('New note').inputValue()).toBe('Please look, @Mona Manager '),
    );
    await notes.getByRole('button', { name: 'Add note' }).click();
    await notes.locator('.mention').getByText('@Mona Manager').waitFor();
    await goTo(managerPage, 'Notifications');
    await managerPage.getByText('You were mentioned in a note about a deal').waitFor();
  });
});

describe('the splits', () => {
  it('are for those who oversee the deal', async () => {
    await openDeal(page);
    await section(page, 'Splits').getByText('100%').waitFor();
    await eventually(async () =>
      expect(await section(page, 'Splits').getByRole('button').count()).toBe(0),
    );
  });

  it('have to come to the whole, and show meanwhile what they would earn', async () => {
    await openDeal(managerPage);
    const splits = section(managerPage, 'Splits');
    await splits.getByRole('button', { name: 'Edit splits' }).click();
    await splits.getByLabel('Share of Rita Rep in per cent').fill('60');
    await splits.getByRole('button', { name: 'Add person' }).click();
    await splits.getByLabel('Person 2', { exact: true }).selectOption('Mona Manager');
    await splits.getByLabel('Share of Mona Manager in per cent').fill('30');
    await splits.getByText('90% of the deal, 10% left').waitFor();
    await splits.getByRole('button', { name: 'Save splits' }).click();
    await splits.getByRole('alert').getByText('The shares have to come to 100%').waitFor();
    await splits.getByRole('button', { name: 'Split equally' }).click();
    await splits.getByText('100% of the deal').waitFor();
    await splits.getByLabel('Share of Rita Rep in per cent').fill('60');
    await splits.getByLabel('Share of Mona Manager in per cent').fill('40');
    await splits.getByLabel('Role of Rita Rep').fill('closer');
    const preview = managerPage.getByRole('region', { name: 'With these splits' });
    await preview.getByText('$1,200', { exact: true }).waitFor();
    await preview.getByText('$800', { exact: true }).waitFor();
    await keepLooks(managerPage, 'deal-splits');
    await expectNoBarriers(managerPage);
    await splits.getByRole('button', { name: 'Save splits' }).click();
    await splits.getByText('closer').waitFor();
    await splits.getByText('40%').waitFor();
    await section(managerPage, 'History').getByText('how the commission is split').waitFor();
  });
});

describe('the way of a deal', () => {
  it('is a click, or keys, to another stage', async () => {
    const deal = await openDeal(page);
    await deal.getByRole('button', { name: 'Move to Qualified' }).click();
    await deal.getByRole('button', { name: 'Qualified, where it is' }).waitFor();
    await section(page, 'History').getByText('moved it from Lead to Qualified').waitFor();
    await deal.getByRole('button', { name: 'Qualified, where it is' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await deal.getByRole('button', { name: 'Proposal, where it is' }).waitFor();
    await section(page, 'History').getByText('moved it from Qualified to Proposal').waitFor();
  });

  it('asks why before a deal is lost, and before it is open again', async () => {
    const deal = panelOf(page);
    await deal.getByRole('button', { name: 'Move to Lost' }).click();
    const dialog = page.getByRole('dialog', { name: 'Lose this deal?' });
    await dialog.getByLabel('Why was it lost?').fill('Too dear');
    await dialog.getByRole('button', { name: 'Lose deal' }).click();
    await dialog.waitFor({ state: 'detached' });
    await deal.getByRole('button', { name: 'Lost, where it is' }).waitFor();
    await eventually(async () =>
      expect(await deal.getByLabel('Lost because').inputValue()).toBe('Too dear'),
    );
    await deal.getByRole('button', { name: 'Move to Proposal' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reopen deal' }).click();
    await deal.getByRole('button', { name: 'Proposal, where it is' }).waitFor();
  });

  it('names what a win does, and posts what it earns', async () => {
    const deal = panelOf(page);
    await deal.getByRole('button', { name: 'Move to Won' }).click();
    const dialog = page.getByRole('dialog', { name: 'Win this deal?' });
    await dialog.getByText('worth $20,000').waitFor();
    await dialog.getByRole('button', { name: 'Win deal' }).click();
    await section(page, 'Earnings').getByText('$1,200').waitFor();
    await deal.getByRole('button', { name: 'Won, where it is' }).waitFor();
  });
});

describe('after the win', () => {
  it('a restatement shows who gains and who loses, and posts it with its reason', async () => {
    await openDeal(managerPage);
    // Nobody restates in their own favour: the manager gives from the own part.
    await section(managerPage, 'Splits').getByRole('button', { name: 'Restate…' }).click();
    const dialog = managerPage.getByRole('dialog', { name: 'Restate this deal' });
    await dialog.getByLabel('Share of Rita Rep in per cent').fill('75');
    await dialog.getByLabel('Share of Mona Manager in per cent').fill('25');
    const rita = dialog.getByRole('row', { name: /Rita Rep/ });
    await rita.getByText('+$300').waitFor();
    await dialog
      .getByRole('row', { name: /Mona Manager/ })
      .getByText('-$300')
      .waitFor();
    await dialog.getByRole('button', { name: 'Restate deal' }).click();
    await dialog.getByRole('alert').getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('Rita did most of it');
    await keepLooks(managerPage, 'deal-restate');
    await expectNoBarriers(managerPage);
    await dialog.getByRole('button', { name: 'Restate deal' }).click();
    await dialog.waitFor({ state: 'detached' });
    await section(managerPage, 'Splits').getByText('Rita did most of it').waitFor();
    await section(page, 'Earnings').getByText('$1,500').waitFor();
    await section(page, 'History').getByText('restated what it earns').waitFor();
    await keepLooks(page, 'deal-won');
  });

  it('an adjustment waits for somebody else', async () => {
    await section(managerPage, 'Earnings').getByRole('button', { name: 'Adjust…' }).click();
    const dialog = managerPage.getByRole('dialog', { name: 'Adjust what somebody earns' });
    await dialog.getByLabel('Person').selectOption('Rita Rep');
    await dialog.getByLabel('Amount').fill('0');
    await dialog.getByRole('button', { name: 'Ask for adjustment' }).click();
    await dialog.getByText('Enter an amount other than 0.').waitFor();
    await dialog.getByText('Say why, for the person').waitFor();
    await dialog.getByLabel('Amount').fill('-50.25');
    await dialog.getByLabel('Reason').fill('Discount agreed');
    await dialog.getByRole('button', { name: 'Ask for adjustment' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await api.get('/api/adjustments?status=requested')).toMatchObject({
        adjustments: [
          { dealId, payeeId: rep.uid, amount: { amountMinor: -5025, currency: 'USD' } },
        ],
      }),
    );
  });
});

describe('who may not', () => {
  it('change a deal, reads it', async () => {
    const id = await api.createDeal({ title: 'Of the manager', value: 700, ownerId: manager.uid });
    await api.patch(`/api/deals/${id}`, {
      splits: [
        { uid: manager.uid, shareBps: 5000 },
        { uid: rep.uid, shareBps: 5000 },
      ],
    });
    const deal = await openDeal(page, id);
    await deal.getByText('It belongs to Mona Manager').waitFor();
    await deal.getByRole('heading', { name: 'Of the manager' }).waitFor();
    await deal.getByText('$700', { exact: true }).first().waitFor();
    await eventually(async () =>
      expect(await deal.getByRole('button', { name: /Move to|Delete|Add a contact/ }).count()).toBe(
        0,
      ),
    );
    await eventually(async () => expect(await deal.getByLabel('Title').count()).toBe(0));
    await eventually(async () =>
      expect(await deal.locator('.inline-field input, .inline-field textarea').count()).toBe(0),
    );
    await keepLooks(page, 'deal-read-only');
    await expectNoBarriers(page);
  });

  it('see a deal, is told so', async () => {
    const id = await api.createDeal({ title: 'Of the administrator', value: 1 });
    const deal = await openDeal(page, id);
    await deal.getByText('This deal cannot be shown').waitFor();
    await expectNoBarriers(page);
  });
});

describe('deleting', () => {
  it('names the consequence, and is taken back', async () => {
    const id = await api.createDeal({ title: 'Short-lived', value: 90, ownerId: rep.uid });
    const deal = await openDeal(page, id);
    await deal.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “Short-lived”?' });
    await dialog.getByText('After 30 days it is gone for good').waitFor();
    await dialog.getByRole('button', { name: 'Delete deal' }).click();
    await deal.waitFor({ state: 'detached' });
    await eventually(async () => expect(new URL(page.url()).pathname).toBe('/'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await deal.getByLabel('Title').getByText('Short-lived').waitFor();
    await deal.getByRole('button', { name: 'Lead, where it is' }).waitFor();
  });
});
