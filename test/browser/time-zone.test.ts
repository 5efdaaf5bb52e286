import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { keepUsableLooks } from './support/look.ts';
import { openApi, type Person, pageUrl, signUpOrganisation, tell } from './support/platform.ts';
import { goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

/** Where the organisation is; the browser is in Berlin. */
const NEW_YORK = 'America/New_York';
const TOKYO = 'Asia/Tokyo';

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let visitor: Visitor;
let page: Page;
let dealId: string;
let runId: string;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  await api.patch('/api/settings/organisation', { timeZone: NEW_YORK });
  dealId = await api.createDeal({ title: 'Ovens', value: 1200 });
  const about = { recordType: 'deal', recordId: dealId };
  const workflowId = await api.post('/api/workflows', {
    ...{ name: 'By hand', status: 'ACTIVE' },
    definition: {
      trigger: { kind: 'manual', recordType: 'deal' },
      condition: { field: 'title', operator: 'is_not_empty' },
      steps: [{ id: 'note', type: 'CREATE_NOTE', config: { text: 'Call them' } }],
    },
  });
  runId = await api.post(`/api/workflows/${workflowId}/runs`, about);
  await tell(admin, ['Look at this'], about);
  visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, admin);
});

afterAll(async () => {
  await browser?.close();
});

function momentIn(timeZone: string, iso: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return plain(new Intl.DateTimeFormat('en-US', { ...style, timeZone }).format(new Date(iso)));
}

/** Browsers put one kind of space or another before AM and PM. */
function plain(text: string): string {
  return text.replaceAll(/\s/g, ' ');
}

/** Expects every moment within to be told in the zone, which it names to whoever points at it. */
async function expectTold(within: Locator, timeZone: string): Promise<void> {
  const moments = within.locator('time');
  await moments.first().waitFor();
  const told = await moments.evaluateAll((elements) =>
    elements.map((element) => ({
      text: element.textContent ?? '',
      at: element.getAttribute('datetime') ?? '',
      title: element.getAttribute('title') ?? '',
    })),
  );
  for (const { text, at, title } of told) {
    expect(plain(text)).toBe(momentIn(timeZone, at));
    expect(plain(title)).toBe(`${momentIn(timeZone, at)} ${timeZone.replace('_', ' ')}`);
    // Otherwise this would hold for the reader's zone as well.
    expect(plain(text)).not.toBe(momentIn('Europe/Berlin', at));
  }
}

function panel(): Locator {
  return page.getByRole('complementary', { name: 'Deal' });
}

const notifications = () => page.getByRole('list', { name: 'Notifications' });

/** A time on the day of a call, as the history of the deal tells it. */
function called(text: string): Locator {
  const history = panel().getByRole('region', { name: 'History' });
  return history.getByRole('listitem').filter({ hasText: 'First call' }).getByText(text);
}

it('takes a time as one of the organisation’s zone, and tells it so', async () => {
  await page.getByRole('article', { name: 'Ovens' }).getByRole('link').first().click();
  await panel().getByRole('button', { name: 'Log activity…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Log activity' });
  await dialog.getByLabel('What was it about?').fill('First call');
  await dialog.getByLabel('When (now, if left out; America/New York)').fill('2026-07-01T22:30');
  await dialog.getByRole('button', { name: 'Log activity' }).click();
  await called('Jul 1, 2026, 10:30 PM').waitFor();
  await eventually(async () =>
    expect(await called('Jul 1, 2026').getAttribute('datetime')).toBe('2026-07-02T02:30:00.000Z'),
  );
  await expectTold(panel(), NEW_YORK);
});

it('says whose time it is to somebody elsewhere who makes a task', async () => {
  const contactId = await api.post('/api/contacts', { firstName: 'Bea', lastName: 'Berg' });
  await goTo(page, 'Contacts');
  await page.getByRole('link', { name: 'Bea Berg' }).click();
  const tasks = page.getByRole('region', { name: 'Tasks' });
  await tasks.getByLabel('New task').fill('Send the offer');
  await tasks.getByLabel('Due (optional)').fill('2026-12-24T18:00');
  await tasks.getByText('This is a time in America/New York').waitFor();
  await tasks.getByText('Nothing to do.').waitFor();
  await tasks.getByRole('button', { name: 'Add task' }).scrollIntoViewIfNeeded();
  await keepUsableLooks(page, 'task-time-zone');
  await tasks.getByRole('button', { name: 'Add task' }).click();
  await tasks.getByText('Dec 24, 2026, 6:00 PM').waitFor();
  const found = await api.get(`/api/tasks?recordType=contact&recordId=${contactId}`);
  expect(found).toMatchObject({ tasks: [{ dueAt: '2026-12-24T23:00:00.000Z' }] });
});

it('tells of a run and of notifications in the same zone', async () => {
  await page.goto(pageUrl(`/workflows/runs/${runId}`));
  const steps = page.getByRole('list', { name: 'Steps of the run' });
  const refresh = page.getByRole('button', { name: 'Refresh' });
  await refresh.waitFor();
  await steps.getByRole('listitem').first().waitFor({ timeout: TRIGGER_MS });
  await expectTold(steps, NEW_YORK);
  const { createdAt } = JSON.parse(JSON.stringify(await api.get(`/api/runs/${runId}`)));
  await page.getByText(momentIn(NEW_YORK, createdAt)).first().waitFor();
  await goTo(page, 'Notifications');
  await expectTold(notifications(), NEW_YORK);
});

it('tells all of it in another zone as soon as the organisation is there', async () => {
  await page.evaluate(() => Object.assign(window, { wasNotReloaded: true }));
  const [before] = await notifications().locator('time').allTextContents();
  await api.patch('/api/settings/organisation', { timeZone: TOKYO });
  await notifications()
    .locator('time', { hasNotText: before ?? '' })
    .first()
    .waitFor();
  await expectTold(notifications(), TOKYO);
  await goTo(page, 'Pipeline');
  await page.getByRole('article', { name: 'Ovens' }).getByRole('link').first().click();
  await called('Jul 2, 2026, 11:30 AM').waitFor();
  await expectTold(panel(), TOKYO);
  await eventually(async () =>
    expect(await page.evaluate(() => Reflect.get(window, 'wasNotReloaded'))).toBe(true),
  );
});

it('follows the settings, where an administrator moves the organisation', async () => {
  await goTo(page, 'Settings');
  await page.getByRole('link', { name: 'Organisation' }).click();
  await page.getByLabel('Time zone').selectOption(NEW_YORK);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('The organisation is saved.').first().waitFor({ state: 'attached' });
  await goTo(page, 'Notifications');
  await expectTold(notifications(), NEW_YORK);
  await eventually(async () =>
    expect(await page.evaluate(() => Reflect.get(window, 'wasNotReloaded'))).toBe(true),
  );
  expect(visitor.complaints).toEqual([]);
});
