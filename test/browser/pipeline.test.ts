import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { changeMember } from '../support/organisation.ts';
import { launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { keepUsableLooks } from './support/look.ts';
import { addPerson, addRep, openApi, type Person, signUpOrganisation } from './support/platform.ts';
import {
  card,
  column,
  keepScreenshot,
  moveButton,
  moveByMenu,
  openWindow,
  signInAt,
  type Visitor,
} from './support/visitor.ts';

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  visitor = await openWindow(browser);
  page = visitor.page;
});

afterEach(async () => {
  await visitor.context.close();
  expect(visitor.complaints).toEqual([]);
});

describe('the pipeline', () => {
  it('shows the deals in the columns of their stages, with count and total', async () => {
    await api.createDeal({ title: 'Totals one', value: 1000, stage: 'PROPOSAL' });
    await api.createDeal({ title: 'Totals two', value: 2500.5, stage: 'PROPOSAL' });
    await api.createDeal({ title: 'Totals three', value: 700, stage: 'PROPOSAL', currency: 'EUR' });
    await signInAt(page, admin);
    const stages = await page
      .getByRole('list', { name: 'Stages' })
      .getByRole('heading', { level: 2 });
    await eventually(async () =>
      expect(await stages.allTextContents()).toEqual([
        'Lead',
        'Qualified',
        'Proposal',
        'Negotiation',
        'Won',
        'Lost',
      ]),
    );
    const proposal = column(page, 'Proposal');
    await card(proposal, 'Totals two').getByText('$2,500.50').waitFor();
    await proposal.getByText('3 deals').waitFor();
    await eventually(async () =>
      expect(await proposal.locator('.column__head .totals').textContent()).toBe('€700$3,500.50'),
    );
    await card(proposal, 'Totals one').getByText('50%').waitFor();
    await card(proposal, 'Totals one').getByText('Ada Adler').waitFor();
  });

  it('shows a deal that somebody else adds, without a reload', async () => {
    await signInAt(page, admin);
    await api.createDeal({ title: 'Appears by itself', value: 10 });
    await card(column(page, 'Lead'), 'Appears by itself').waitFor();
  });

  it('moves a deal by its menu, and the event appears', async () => {
    const id = await api.createDeal({ title: 'Moved by menu', value: 12_000 });
    await signInAt(page, admin);
    await card(page, 'Moved by menu').getByRole('link').click();
    const panel = page.getByRole('complementary', { name: 'Deal' });
    await panel.getByText('Ada Adler created the deal in Lead, worth $12,000.').waitFor();

    await moveByMenu(page, 'Moved by menu', 'Negotiation');
    await card(column(page, 'Negotiation'), 'Moved by menu').waitFor();
    await panel.getByText('Ada Adler moved it from Lead to Negotiation.').waitFor();
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'NEGOTIATION', probability: 75 }),
    );

    // Where the keyboard was, it still is, although the card is in another column.
    await eventually(async () =>
      expect(await moveButton(page, 'Moved by menu').evaluate(isFocused)).toBe(true),
    );
    await panel.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await eventually(async () => expect(new URL(page.url()).pathname).toBe('/'));
  });

  it('moves a deal with the keyboard alone, past stages it must not touch', async () => {
    const id = await api.createDeal({ title: 'Moved by keys', value: 70 });
    await signInAt(page, admin);
    const button = moveButton(page, 'Moved by keys');
    const focused = (name: string) =>
      page.locator('[role=menuitem]:focus').filter({ hasText: name }).waitFor();
    await button.press('Enter');
    await focused('Qualified');
    await page.keyboard.press('ArrowDown');
    await focused('Proposal');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await eventually(async () => expect(await button.evaluate(isFocused)).toBe(true));
    await button.press('Enter');
    // The stage it is in is left out: Qualified, then Proposal.
    await focused('Qualified');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await card(column(page, 'Proposal'), 'Moved by keys').waitFor();
    await page.getByText('Moved by keys is now in Proposal.').waitFor({ state: 'attached' });
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'PROPOSAL', version: 2 }),
    );
  });

  it('moves a deal by dragging', async () => {
    const id = await api.createDeal({ title: 'Dragged along', value: 90 });
    await signInAt(page, admin);
    await card(page, 'Dragged along').dragTo(column(page, 'Won'));
    await card(column(page, 'Won'), 'Dragged along').waitFor();
    await page.getByText('Dragged along is now in Won.').waitFor({ state: 'attached' });
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'CLOSED_WON', probability: 100 }),
    );
  });

  it('shows what a win pays as soon as it is posted', async () => {
    await api.createPlan(1250);
    await api.createDeal({ title: 'Pays commission', value: 1000.5 });
    await signInAt(page, admin);
    await card(page, 'Pays commission').getByRole('link').click();
    await moveByMenu(page, 'Pays commission', 'Won');
    const earnings = page.getByRole('region', { name: 'Earnings' });
    await earnings.getByText('Ada Adler').waitFor();
    await earnings.getByText('$125.06').waitFor();
    await keepScreenshot(page, 'deal-earnings');

    await moveByMenu(page, 'Pays commission', 'Negotiation');
    await earnings.waitFor({ state: 'detached' });
  });

  it('takes a refused move back and says why', async () => {
    await api.createDeal({ title: 'Stays here', value: 90 });
    await signInAt(page, admin);
    const message = 'Your role does not allow you to move this deal';
    let refuse = () => {};
    const refused = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    await page.route('**/moveDealStage', async (route) => {
      if (route.request().method() === 'OPTIONS') return route.continue();
      await refused;
      await route.fulfill({
        status: 403,
        headers: { 'Access-Control-Allow-Origin': '*' },
        json: { error: { status: 'PERMISSION_DENIED', message, details: { field: null } } },
      });
    });
    await moveByMenu(page, 'Stays here', 'Qualified');
    await card(column(page, 'Qualified'), 'Stays here').waitFor();
    refuse();
    await card(column(page, 'Lead'), 'Stays here').waitFor();
    await page.getByRole('alert').getByText(message).waitFor();
  });

  it('wins a deal that is still on its way to another stage, after that', async () => {
    const id = await api.createDeal({ title: 'Moved and won', value: 90 });
    await signInAt(page, admin);
    await card(page, 'Moved and won').getByRole('link').click();
    const panel = page.getByRole('complementary', { name: 'Deal' });
    const win = panel.getByRole('button', { name: 'Move to Won' });
    await win.waitFor();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') sent.push(new URL(request.url()).pathname);
    });
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route('**/moveDealStage', async (route) => {
      await held;
      await route.continue();
    });
    await moveByMenu(page, 'Moved and won', 'Qualified');
    await card(column(page, 'Qualified'), 'Moved and won').waitFor();
    await win.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Win deal' }).click();
    await page.getByRole('dialog').getByText('One moment…').waitFor();
    expect(sent).toEqual([]);
    letThrough();
    await card(column(page, 'Won'), 'Moved and won').waitFor();
    expect(sent).toEqual([`/api/deals/${id}/stage`]);
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'CLOSED_WON', version: 3 }),
    );
  });

  it('adds a deal and says at the field what is wrong with one', async () => {
    await signInAt(page, admin);
    await page.getByRole('button', { name: 'Add deal' }).click();
    const form = page.getByRole('form', { name: 'New deal' });
    await form.getByLabel('Title').fill('Added by hand');
    await form.getByLabel('Value').fill('10.005');
    await form.getByLabel('Expected close').fill('2001-02-03');
    await form.getByRole('button', { name: 'Add deal' }).click();
    await form.getByText(/is in the past/).waitFor();
    await form.getByLabel('Expected close').fill('');
    await form.getByRole('button', { name: 'Add deal' }).click();
    await form.getByText(/more decimals than USD/).waitFor();
    await form.getByLabel('Value').fill('1234.5');
    await form.getByRole('button', { name: 'Add deal' }).click();
    await card(column(page, 'Lead'), 'Added by hand').getByText('$1,234.50').waitFor();
  });

  it('renames a deal where its title stands', async () => {
    const id = await api.createDeal({ title: 'Old name', value: 5 });
    await signInAt(page, admin);
    await card(page, 'Old name').getByRole('link').click();
    const panel = page.getByRole('complementary', { name: 'Deal' });
    await panel.getByLabel('Title').fill('New name');
    await panel.getByLabel('Title').press('Enter');
    await card(column(page, 'Lead'), 'New name').waitFor();
    await panel.getByText('Ada Adler renamed it from “Old name” to “New name”.').waitFor();
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ title: 'New name', version: 2 }),
    );
  });

  it('shows why a deal that is not there cannot be shown', async () => {
    await signInAt(page, admin);
    await page.goto(new URL('/deals/no-such-deal', page.url()).href);
    await page.getByText('This deal cannot be shown').waitFor();
  });
});

describe('who may see what', () => {
  it('shows a rep own deals only, and offers no move of others’', async () => {
    const rep = await addRep(admin.orgId, 'Rita Rep');
    await api.createDeal({ title: 'Of the administrator', value: 1 });
    await api.createDeal({ title: 'Of the rep', value: 2, ownerId: rep.uid });
    await signInAt(page, rep);
    await card(page, 'Of the rep').waitFor();
    await eventually(async () => expect(await page.getByRole('article').count()).toBe(1));

    // What the browser remembers of somebody's role is only where the page begins to look.
    await page.evaluate(() => {
      const sight = JSON.parse(localStorage.getItem('splitline.sight') ?? 'null');
      localStorage.setItem('splitline.sight', JSON.stringify({ ...sight, role: 'admin' }));
    });
    await page.reload();
    await card(page, 'Of the rep').waitFor();
    await eventually(async () => expect(await page.getByRole('article').count()).toBe(1));
    await eventually(async () =>
      expect(await page.evaluate(() => localStorage.getItem('splitline.sight'))).toContain('"rep"'),
    );
  });

  it('follows a change of role at once', async () => {
    const colleague = await addRep(admin.orgId, 'Cora Colleague');
    await changeMember(admin.orgId, colleague.uid, { role: 'admin', version: 2 });
    await api.createDeal({ title: 'Seen by administrators', value: 3 });
    await signInAt(page, colleague);
    await card(page, 'Seen by administrators').waitFor();
    await changeMember(admin.orgId, colleague.uid, { role: 'rep', version: 3 });
    await card(page, 'Seen by administrators').waitFor({ state: 'detached' });
    await page.getByText('0 open deals').waitFor();
  });

  it('takes the deals of the team from a manager who is demoted, at once', async () => {
    const north = { teamId: 'north' };
    const manager = await addPerson(admin.orgId, 'Mona Manager', {
      ...{ ...north, role: 'manager', managedTeamIds: ['north'] },
    });
    const rep = await addPerson(admin.orgId, 'Nora North', north);
    await api.createDeal({ title: 'Of the team', value: 4, ownerId: rep.uid });
    await signInAt(page, manager);
    await card(page, 'Of the team').waitFor();
    await changeMember(admin.orgId, manager.uid, {
      ...{ role: 'rep', managedTeamIds: [], version: 2 },
    });
    await card(page, 'Of the team').waitFor({ state: 'detached' });
    await page.getByText('0 open deals').waitFor();
  });

  it('shows somebody who was deactivated the way back', async () => {
    const former = await addRep(admin.orgId, 'Fritz Former');
    await signInAt(page, former);
    await changeMember(admin.orgId, former.uid, { active: false, version: 2 });
    await page.getByRole('heading', { name: 'You have no access' }).waitFor();
    await keepUsableLooks(page, 'no-access');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

function isFocused(element: Element): boolean {
  return element.ownerDocument.activeElement === element;
}
