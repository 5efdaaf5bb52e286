import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { dealOf, dealPath } from '../support/deals.ts';
import { launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { expectNoBarriers, keepLooks } from './support/look.ts';
import { addPerson, addRep, openApi, type Person, signUpOrganisation } from './support/platform.ts';
import { card, column, moveByMenu, openWindow, signInAt, type Visitor } from './support/visitor.ts';

const listSchema = z.object({
  deals: z.array(z.object({ id: z.string(), title: z.string(), tags: z.array(z.string()) })),
});

let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
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

function tableRow(within: Page, title: string): Locator {
  return within.getByRole('table', { name: 'Deals' }).getByRole('row').filter({ hasText: title });
}

/** The titles in the table, from the top. */
function titles(within: Page): Promise<string[]> {
  return within.locator('.deal-table__link').allTextContents();
}

describe('the pipeline, narrowed', () => {
  let admin: Person;
  let rep: Person;
  let api: Awaited<ReturnType<typeof openApi>>;
  let websiteId: string;

  beforeAll(async () => {
    admin = await signUpOrganisation('Ada Adler');
    rep = await addRep(admin.orgId, 'Rita Rep');
    api = await openApi(admin);
    const companyId = await api.post('/api/companies', { name: 'Acme Ocean' });
    websiteId = await api.createDeal({ title: 'Website', value: 1000, tags: ['web'], companyId });
    await api.createDeal({ title: 'Big shop', value: 9000, stage: 'PROPOSAL', tags: ['web'] });
    const ofRep = { ownerId: rep.uid };
    await api.createDeal({ title: 'Rita’s small one', value: 500, ...ofRep });
    await api.createDeal({ title: 'Rita’s shop', value: 8000, stage: 'PROPOSAL', ...ofRep });
    await api.createDeal({ title: 'Euro shop', value: 8000, currency: 'EUR', ...ofRep });
  });

  it('shows what filters let through, with the totals of that, and keeps them in the address', async () => {
    await signInAt(page, admin);
    const proposal = column(page, 'Proposal');
    await card(proposal, 'Rita’s shop').waitFor();
    await eventually(async () =>
      expect(await proposal.locator('.column__weighted').textContent()).toBe('$8,500 weighted'),
    );

    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    const filters = page.getByRole('group', { name: 'Filters' });
    await filters.getByLabel('Owner').selectOption('Rita Rep');
    await filters.getByLabel('Value from').fill('1000');
    await filters.getByLabel('Value from').press('Enter');
    await page.getByText('1 of 5 open deals').waitFor();
    await page.getByRole('button', { name: '2 filters – clear' }).waitFor();
    await eventually(async () =>
      expect(await proposal.locator('.column__head .totals').textContent()).toBe('$8,000'),
    );
    await eventually(async () =>
      expect(await proposal.locator('.column__weighted').textContent()).toBe('$4,000 weighted'),
    );
    await column(page, 'Lead').getByText('No deals in this stage').waitFor();
    await expectNoBarriers(page);
    await keepLooks(page, 'pipeline-filtered');

    // The address says it all: also with a deal open, and in another window.
    await card(page, 'Rita’s shop').getByRole('link').click();
    await page.getByRole('complementary', { name: 'Deal' }).waitFor();
    await page.reload();
    await page.getByText('1 of 5 open deals').waitFor();
    await page.getByRole('button', { name: '2 filters – clear' }).click();
    await card(page, 'Website').waitFor();
  });

  it('finds what is searched for, and says when nothing is left', async () => {
    await signInAt(page, admin);
    const search = page.getByRole('searchbox', { name: 'Search deals' });
    await search.fill('shop rita');
    await page.getByText('2 of 5 open deals').waitFor();
    await eventually(async () =>
      expect(new URL(page.url()).searchParams.get('q')).toBe('shop rita'),
    );
    await search.fill('nothing like that');
    await page.getByRole('heading', { name: 'No deal matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await card(page, 'Website').waitFor();
    await eventually(async () => expect(await search.inputValue()).toBe(''));
  });

  it('saves a view, which survives a reload and opens from its link', async () => {
    await signInAt(page, rep);
    await page.getByRole('searchbox', { name: 'Search deals' }).fill('shop');
    await page.getByText('2 of 3 open deals').waitFor();
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
    await page.getByRole('button', { name: 'Views' }).click();
    const dialog = page.getByRole('dialog', { name: 'Views' });
    await dialog.getByText('No saved views yet').waitFor();
    await dialog.getByLabel('Name').fill('Shops');
    await dialog.getByRole('button', { name: 'Save as new view' }).click();
    await page.getByRole('button', { name: 'View: Shops' }).waitFor();
    const link = `/?saved=${new URL(page.url()).searchParams.get('saved')}`;

    await page.reload();
    await page.getByRole('button', { name: 'View: Shops' }).click();
    await dialog.getByText('Table, 1 filter').waitFor();
    await eventually(async () =>
      expect(await dialog.getByRole('link', { name: 'Link to Shops' }).getAttribute('href')).toBe(
        link,
      ),
    );
    await expectNoBarriers(page);
    await keepLooks(page, 'pipeline-saved-views');
    await dialog.getByLabel('Name').fill('Shops');
    await dialog.getByRole('button', { name: 'Save as new view' }).click();
    await dialog.getByText(/choose another name/).waitFor();

    await page.goto(new URL(link, page.url()).href);
    await tableRow(page, 'Rita’s shop').waitFor();
    await page.getByText('2 of 3 open deals').waitFor();
    const sorted = page.getByRole('columnheader', { name: 'Value' });
    await eventually(async () => expect(await sorted.getAttribute('aria-sort')).toBe('descending'));

    await page.getByRole('button', { name: 'View: Shops' }).click();
    await dialog.getByRole('button', { name: 'Delete Shops' }).click();
    await dialog.getByText('No saved views yet').waitFor();
  });

  it('sorts the table, and what is edited in it another browser sees', async () => {
    await signInAt(page, admin);
    await page.getByRole('button', { name: 'Table' }).click();
    await tableRow(page, 'Website').getByText('Acme Ocean').waitFor();
    await page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
    const byName = ['Big shop', 'Euro shop', 'Rita’s shop', 'Rita’s small one', 'Website'];
    await eventually(async () => expect(await titles(page)).toEqual(byName));
    await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
    await eventually(async () =>
      expect(await titles(page)).toEqual([
        ...['Big shop', 'Rita’s shop', 'Website', 'Rita’s small one', 'Euro shop'],
      ]),
    );
    await expectNoBarriers(page);
    await keepLooks(page, 'pipeline-table');

    const other = await openWindow(browser);
    await signInAt(other.page, admin);
    await card(other.page, 'Website').getByText('$1,000').waitFor();

    // By keys alone: what is refused stays to be corrected.
    const row = tableRow(page, 'Website');
    await row.getByRole('button', { name: 'Edit value of Website' }).press('Enter');
    const input = row.getByLabel('Value of Website');
    await input.fill('10.005');
    await input.press('Enter');
    await row.getByText(/USD has 2 decimals/).waitFor();
    await input.fill('1234.5');
    await input.press('Enter');
    await row.getByText('$1,234.50').waitFor();
    await card(other.page, 'Website').getByText('$1,234.50').waitFor();
    const button = row.getByRole('button', { name: 'Edit value of Website' });
    await eventually(async () =>
      expect(await button.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true),
    );

    await button.press('Enter');
    await input.fill('5');
    await input.press('Escape');
    await row.getByText('$1,234.50').waitFor();
    await row.getByRole('button', { name: 'Edit stage of Website' }).click();
    await row.getByLabel('Stage of Website').selectOption('Qualified');
    await card(column(other.page, 'Qualified'), 'Website').waitFor();
    await eventually(async () =>
      expect(await api.getDeal(websiteId)).toMatchObject({ value: 1234.5, stage: 'QUALIFIED' }),
    );
    await other.context.close();
  });
});

describe('many deals at once', () => {
  it('moves three, and tells which one was refused', async () => {
    const admin = await signUpOrganisation('Ada Adler');
    const rep = await addRep(admin.orgId, 'Rita Rep');
    const api = await openApi(admin);
    for (const title of ['Mine 1', 'Mine 2', 'Mine 3']) {
      await api.createDeal({ title, value: 100, ownerId: rep.uid });
    }
    await signInAt(page, rep);
    await card(page, 'Mine 3').waitFor();
    await page.getByRole('checkbox', { name: 'Select Mine 3' }).click();
    await page.getByRole('checkbox', { name: 'Select Mine 1' }).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Selected deals' });
    await bar.getByText('3 selected').waitFor();
    await keepLooks(page, 'pipeline-selected');
    await bar.getByRole('button', { name: 'Move' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move deals' });
    await dialog.getByLabel('Stage').selectOption('Won');
    await dialog.getByText(/What they earn is posted at once/).waitFor();

    // Somebody hands one over while the dialog stands open.
    let release = () => {};
    const handedOver = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/deals/bulk', async (route) => {
      await handedOver;
      await route.continue();
    });
    await dialog.getByRole('button', { name: 'Move 3 deals' }).click();
    await dialog.getByText('0 of 3 deals…').waitFor();
    const { deals } = listSchema.parse(await api.get('/api/deals'));
    const second = deals.find(({ title }) => title === 'Mine 2');
    await api.patch(`/api/deals/${second?.id}`, { ownerId: admin.uid });
    release();
    await dialog.getByText('2 deals moved to Won.').waitFor();
    const refused = dialog.getByRole('list', { name: 'Refused deals' });
    await refused.getByText('Mine 2').waitFor();
    await eventually(async () => expect(await refused.getByRole('listitem').count()).toBe(1));
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await card(column(page, 'Won'), 'Mine 1').waitFor();
  });

  it('deletes, says for how long they can be had back, and brings them back', async () => {
    const admin = await signUpOrganisation('Ada Adler');
    const api = await openApi(admin);
    for (const title of ['One', 'Two']) await api.createDeal({ title, value: 100 });
    await signInAt(page, admin);
    await card(page, 'Two').waitFor();
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Add tag', exact: true }).click();
    await page.getByLabel('Tag', { exact: true }).fill('autumn');
    await page.getByRole('button', { name: 'Add tag to 2 deals' }).click();
    await page.getByText('2 deals tagged “autumn”.').waitFor({ state: 'attached' });

    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete deals' });
    await dialog.getByText(/stay for 30 days/).waitFor();
    await dialog.getByRole('button', { name: 'Delete 2 deals' }).click();
    await page.getByText('0 open deals').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
    await card(page, 'One').waitFor();
    await card(page, 'Two').waitFor();
    const { deals } = listSchema.parse(await api.get('/api/deals'));
    expect(deals.map(({ tags }) => tags)).toEqual([['autumn'], ['autumn']]);
  });
});

/** `npm run test:nightly` asks for 2,001: one more than the board listens to. */
const MANY_DEALS = Number(process.env.BOARD_DEALS ?? 120);
const MAX_OPEN_DEALS = 2_000;

describe('a column of many deals', () => {
  /** Far more than fit into a window, far less than there are. */
  const MOST_CARDS = 60;

  it('opens, scrolls, moves a card at once, and holds few cards at any time', async () => {
    const admin = await signUpOrganisation('Ada Adler');
    const manager = await addPerson(admin.orgId, 'Mia Manager', { role: 'admin' });
    await storeMany(admin, MANY_DEALS);
    const titled = (n: number) => `Deal ${String(n).padStart(4, '0')}`;
    const lowest = Math.min(MANY_DEALS, MAX_OPEN_DEALS) - 1;
    await signInAt(page, manager);
    const lead = column(page, 'Lead');
    if (MANY_DEALS > MAX_OPEN_DEALS) {
      await page.getByText('2,000 open deals that changed last are shown').waitFor();
    }
    await card(lead, 'Deal 0000').waitFor();
    await eventually(async () =>
      expect(await page.getByRole('article').count()).toBeLessThan(MOST_CARDS),
    );

    const scrolled = await costOf(page, async () => {
      await lead.locator('.column__body').hover();
      for (let step = 0; step < 30; step += 1) await page.mouse.wheel(0, 600);
      await card(lead, 'Deal 0000').waitFor({ state: 'detached' });
    });
    await eventually(async () =>
      expect(await page.getByRole('article').count()).toBeLessThan(MOST_CARDS),
    );
    await lead.locator('.column__body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
    const last = card(lead, titled(lowest));
    await last.waitFor();
    await eventually(async () =>
      expect(await page.getByRole('article').count()).toBeLessThan(MOST_CARDS),
    );

    // To a stage whose cards begin far above what this column shows; no answer is waited for.
    await page.route('**/moveDealStage', () => undefined);
    await moveByMenu(page, titled(lowest), 'Proposal');
    await card(column(page, 'Proposal'), titled(lowest)).waitFor();
    const dragTitle = titled(lowest - 9);
    const target = card(lead, dragTitle);
    const dragged = await costOf(page, () => target.dragTo(column(page, 'Negotiation')));
    await card(column(page, 'Negotiation'), dragTitle).waitFor();
    // Reported, not judged: it says as much of the machine as of the page.
    process.stderr.write(
      `${MANY_DEALS} deals: ${scrolled} ms of script to scroll by 18,000 px, ${dragged} ms to drag a card\n`,
    );

    // The keyboard stays on its card, however far the column is scrolled.
    const link = card(lead, titled(lowest - 14)).getByRole('link');
    await link.focus();
    await lead.locator('.column__body').evaluate((body) => body.scrollTo(0, 0));
    await card(lead, 'Deal 0000').waitFor();
    await eventually(async () =>
      expect(await link.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true),
    );
  });
});

/** Stores deals past every door, which would take minutes; the first changed last. */
async function storeMany({ orgId, uid }: Person, count: number): Promise<void> {
  const now = Date.now();
  for (let start = 0; start < count; start += 500) {
    const batch = firestore().batch();
    for (let n = start; n < Math.min(count, start + 500); n += 1) {
      const updatedAt = new Date(now - n * 60_000);
      const deal = dealOf(
        { uid, teamId: null },
        {
          ...{ title: `Deal ${String(n).padStart(4, '0')}`, valueMinor: 100_000 + n },
          ...{ createdAt: updatedAt, updatedAt },
        },
      );
      batch.create(firestore().doc(dealPath(orgId, newId())), deal);
    }
    await batch.commit();
  }
}

/** How many milliseconds of script something takes. */
async function costOf(of: Page, action: () => Promise<void>): Promise<number> {
  const session = await of.context().newCDPSession(of);
  await session.send('Performance.enable');
  const scriptMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0);
  };
  const before = await scriptMs();
  await action();
  const cost = Math.round((await scriptMs()) - before);
  await session.detach();
  return cost;
}
