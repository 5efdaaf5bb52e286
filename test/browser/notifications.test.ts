import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { expectNoBarriers, expectNoOverflow, keepLooks } from './support/look.ts';
import { addRep, openApi, type Person, signUpOrganisation, tell } from './support/platform.ts';
import { goTo, keepScreenshot, openWindow, signInAt, type Visitor } from './support/visitor.ts';

let browser: Browser;
let api: Awaited<ReturnType<typeof openApi>>;
let rep: Person;
/** A deal of the rep's own, of which nobody tells them. */
let dealId: string;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  const admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  rep = await addRep(admin.orgId, 'Rita Rep');
  dealId = await (await openApi(rep)).createDeal({ title: 'Harbour Bakery', value: 15_000 });
  visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, rep);
});

afterAll(async () => {
  await browser?.close();
});

/** The place of the page that the browser is at. */
function path(): string {
  return new URL(page.url()).pathname;
}

/** The way to the notifications, which says how many are unread. */
function bell(unread: string): Locator {
  const name = `Notifications${unread}`;
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
}

function told(text: string): Locator {
  return page
    .getByRole('list', { name: 'Notifications' })
    .getByRole('listitem')
    .filter({ hasText: text });
}

describe('notifications', () => {
  it('say what they are for while there are none', async () => {
    await goTo(page, 'Notifications');
    await page.getByText(/^Nothing yet\./).waitFor();
    await bell('').waitFor();
    await expectNoBarriers(page);
    await keepLooks(page, 'notifications-empty');
  });

  it('arrive while the page is open, and lead to the record', async () => {
    await tell(rep, ['Look at this'], { recordType: 'deal', recordId: dealId });
    await bell(' 1 unread').waitFor();
    await told('Look at this').getByRole('link').click();
    await page.getByRole('complementary', { name: 'Deal' }).waitFor();
    await eventually(async () => expect(path()).toBe(`/deals/${dealId}`));
    await bell('').waitFor();
  });

  it('of a task lead to the record that it is about', async () => {
    await goTo(page, 'Contacts');
    const recordId = await (await openApi(rep)).post('/api/tasks', {
      ...{ recordType: 'deal', recordId: dealId, title: 'Call about ovens' },
    });
    await tell(rep, ['Call them'], { recordType: 'task', recordId });
    await bell(' 1 unread').click();
    await told('Call them').getByRole('button', { name: 'Call them' }).click();
    await page.getByRole('complementary', { name: 'Deal' }).waitFor();
    await eventually(async () => expect(path()).toBe(`/deals/${dealId}`));
    await bell('').waitFor();
  });

  it('are marked as read one by one and all at once, and stay so', async () => {
    await tell(rep, ['One', 'Two', 'Three'], { recordType: 'deal', recordId: dealId });
    await bell(' 3 unread').click();
    await page.getByRole('button', { name: 'Unread', exact: true }).click();
    await told('Three').waitFor();
    await eventually(async () =>
      expect(
        await page.getByRole('list', { name: 'Notifications' }).getByRole('listitem').count(),
      ).toBe(3),
    );
    await keepLooks(page, 'notifications');
    await expectNoBarriers(page);
    await told('Two').getByRole('button', { name: 'Mark read' }).click();
    await bell(' 2 unread').waitFor();
    await page.getByRole('button', { name: 'Mark all read' }).click();
    await bell('').waitFor();
    await page.reload();
    await page.getByText('You have read everything.').waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await told('Three').waitFor();
    await eventually(async () =>
      expect(await page.getByRole('button', { name: 'Mark read' }).count()).toBe(0),
    );
  });

  it('come in pages', async () => {
    const titles = Array.from({ length: 20 }, (_, index) => `Many ${index + 1}`);
    await tell(rep, titles, { recordType: 'deal', recordId: dealId });
    await bell(' 20 unread').waitFor();
    await told('Many 20').waitFor();
    const rows = page.getByRole('list', { name: 'Notifications' }).getByRole('listitem');
    await eventually(async () => expect(await rows.count()).toBe(20));
    await page.getByRole('button', { name: 'Show more' }).click();
    await told('Look at this').waitFor();
    await eventually(async () => expect(await rows.count()).toBe(25));
    // What is marked does not begin the list anew.
    await told('Many 20').getByRole('button', { name: 'Mark read' }).click();
    await bell(' 19 unread').waitFor();
    await eventually(async () => expect(await rows.count()).toBe(25));
  });
});

describe('the settings of notifications', () => {
  it('are kept', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const assigned = page.getByRole('checkbox', { name: 'A task is assigned to you: Here' });
    const mailed = page.getByRole('checkbox', { name: 'A message comes in: E-mail' });
    await assigned.uncheck();
    await mailed.check();
    await page.getByRole('radio', { name: 'Every week' }).check();
    await page.getByText(/^The next one is due on/).waitFor();
    await page.reload();
    await page.getByText(/^The next one is due on/).waitFor();
    await eventually(async () => expect(await assigned.isChecked()).toBe(false));
    await eventually(async () => expect(await mailed.isChecked()).toBe(true));
    await eventually(async () =>
      expect(await page.getByRole('checkbox', { name: /is disabled/ }).count()).toBe(0),
    );
    await keepLooks(page, 'notification-settings');
    await expectNoBarriers(page);
  });

  it('decide what of a colleague’s work is told', async () => {
    await goTo(page, 'Contacts');
    const about = { recordType: 'deal', recordId: dealId };
    await api.post('/api/tasks', { ...about, title: 'Not told', assigneeId: rep.uid });
    const title = 'Rink & Co';
    const given = await api.createDeal({ title, value: 15_000, ownerId: rep.uid });
    await bell(' 20 unread').click({ timeout: TRIGGER_MS });
    const row = told('“Rink & Co” was assigned to you');
    await row.getByText('$15,000').waitFor();
    await eventually(async () => expect(await told('Not told').count()).toBe(0));
    await row.getByRole('link').click();
    await page.getByRole('complementary', { name: 'Deal' }).waitFor();
    await eventually(async () => expect(path()).toBe(`/deals/${given}`));
    await bell(' 19 unread').waitFor();
  });
});

describe('the frame', () => {
  it('is passed by with one key', async () => {
    await goTo(page, 'Contacts');
    await page.reload();
    await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the page' });
    await eventually(async () => expect(await skip.evaluate(isFocused)).toBe(true));
    await keepScreenshot(page, 'skip-1440');
    await page.keyboard.press('Enter');
    await eventually(async () =>
      expect(await page.getByRole('main').evaluate(isFocused)).toBe(true),
    );
  });

  it('is walked through by keyboard', async () => {
    const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
    await links.first().focus();
    await page.keyboard.press('Tab');
    await eventually(async () => expect(await links.nth(1).evaluate(isFocused)).toBe(true));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pipeline', level: 1 }).waitFor();
    await eventually(async () =>
      expect(await links.nth(1).getAttribute('aria-current')).toBe('page'),
    );
  });

  it('opens the menu of the person by keyboard', async () => {
    const person = page.getByRole('button', { name: 'Rita Rep Sales rep: your account' });
    await person.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Profile' }).waitFor();
    await keepScreenshot(page, 'person-menu-1440');
    await expectNoBarriers(page);
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await person.evaluate(isFocused)).toBe(true));
  });

  it('is a drawer on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'light' });
    const unread = page.getByRole('link', { name: /^Notifications \d+ unread$/ });
    await unread.waitFor();
    const button = page.getByRole('button', { name: 'Menu', exact: true });
    await button.click();
    const drawer = page.getByRole('dialog', { name: 'Menu' });
    await expectNoOverflow(page);
    await expectNoBarriers(page);
    await keepScreenshot(page, 'drawer-light-390');
    await page.emulateMedia({ colorScheme: 'dark' });
    await keepScreenshot(page, 'drawer-dark-390');

    await drawer.getByRole('button', { name: /: your account$/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor({ state: 'detached' });
    await eventually(async () => expect(await drawer.isVisible()).toBe(true));
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await eventually(async () => expect(await button.evaluate(isFocused)).toBe(true));

    await page.keyboard.press('Enter');
    await drawer.getByRole('link', { name: 'Leads' }).click();
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
    await drawer.waitFor({ state: 'detached' });
    // To where one is already.
    await button.click();
    await drawer.getByRole('link', { name: 'Leads' }).click();
    await drawer.waitFor({ state: 'detached' });
    await button.click();
    await page.mouse.click(380, 400);
    await drawer.waitFor({ state: 'detached' });
    await unread.click();
    await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

function isFocused(element: Element): boolean {
  return element.ownerDocument.activeElement === element;
}
