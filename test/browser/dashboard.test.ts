import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { rollupKinds } from '../../functions/src/app/rollup-kinds.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { expectNoBarriers, keepLooks } from './support/look.ts';
import { addPerson, addRep, openApi, type Person, signUpOrganisation } from './support/platform.ts';
import { goTo, openWindow, signInAt } from './support/visitor.ts';

let browser: Browser;
let admin: Person;
let rep: Person;
let page: Page;
let since: Date;

const inMonths = (months: number) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 15))
    .toISOString()
    .slice(0, 10);
};

/** Counts what has changed, as is done every minute. */
async function rollUp(): Promise<void> {
  const span = { since, until: new Date(Date.now() + 60_000), limit: 100 };
  for (const roll of rollupKinds) await roll(startInvocation('rollup'), span);
}

beforeAll(async () => {
  browser = await launchChromium();
  since = new Date(Date.now() - 1000);
  admin = await signUpOrganisation('Ada Adler');
  const api = await openApi(admin);
  const teamId = await api.post('/api/teams', { name: 'East' });
  await api.post('/api/teams', { name: 'West' });
  rep = await addPerson(admin.orgId, 'Rita Reyes', { teamId });
  const repApi = await openApi(rep);
  const stage = { won: { stage: 'CLOSED_WON' }, lost: { stage: 'CLOSED_LOST' } };
  const expectedCloseDate = inMonths(1);
  await api.createDeal({ title: 'Harbour', value: 4000, probability: 25, expectedCloseDate });
  await api.createDeal({ title: 'Island', value: 900, currency: 'EUR', stage: 'PROPOSAL' });
  await api.createDeal({ title: 'Signed', value: 7000, ...stage.won });
  await repApi.createDeal({ title: 'Mill', value: 1500, probability: 50, stage: 'PROPOSAL' });
  await repApi.createDeal({ title: 'Bakery', value: 2500, ...stage.won });
  await repApi.createDeal({ title: 'Lost one', value: 800, ...stage.lost });
  await repApi.createDeal({ title: 'Swiss one', value: 300, currency: 'EUR', ...stage.won });
  await rollUp();
  ({ page } = await openWindow(browser));
});

afterAll(async () => {
  await browser?.close();
});

/** Records the creation of the deals, as triggers do behind the change: the first to come records it. */
async function recordEvents(): Promise<void> {
  const { orgId } = admin;
  const { docs } = await firestore().collection(`orgs/${orgId}/deals`).get();
  for (const doc of docs) {
    const delivery = { orgId, recordId: doc.id, before: undefined, after: doc.data() };
    await recordChange(startInvocation('record'), recordKinds.deals, delivery);
  }
}

const chart = (name: string) => page.getByRole('figure', { name, exact: true });

/** The rows of a chart's table that are not all zero: their cells. */
async function table(name: string): Promise<string[][]> {
  const figure = chart(name);
  const toggle = figure.getByRole('button', { name: /(Show|Hide) table/ });
  await toggle.waitFor();
  if ((await toggle.textContent()) === 'Show table') await toggle.click();
  await figure.getByRole('table').waitFor();
  const rows = await figure
    .getByRole('table')
    .getByRole('row')
    .evaluateAll((all) =>
      all.slice(1).map((one) => [...one.querySelectorAll('th, td')].map((c) => c.textContent)),
    );
  return rows.filter(([, ...cells]) => cells.some((cell) => /[1-9]/.test(cell)));
}

/** A figure of the top line. */
function tile(name: string) {
  return page.getByRole('definition').locator(`xpath=../*`).filter({ hasText: name });
}

describe('the dashboard of an administrator', () => {
  it('has the figures of the organisation, in the table of each chart', async () => {
    await signInAt(page, admin);
    await goTo(page, 'Dashboard');
    await chart('Pipeline by stage').waitFor();
    await page.getByText('numbers of deals are those in all currencies').waitFor();
    await eventually(async () =>
      expect(await table('Pipeline by stage')).toEqual([
        ['Lead', '1', '$4,000', '$1,000'],
        ['Proposal', '2', '$1,500', '$750'],
      ]),
    );
    const month = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric' }).format(
      new Date(inMonths(1)),
    );
    await eventually(async () =>
      expect(await table('Forecast')).toEqual([
        [month, '1', '$4,000', '$1,000'],
        ['No date', '2', '$1,500', '$750'],
      ]),
    );
    await eventually(async () =>
      expect((await table('Won over time')).map(([, ...cells]) => cells)).toEqual([
        ['3', '$9,500'],
      ]),
    );
    await eventually(async () =>
      expect((await table('Won and lost')).map(([, ...cells]) => cells)).toEqual([
        ['3', '1', '75%'],
      ]),
    );
    await eventually(async () =>
      expect(await table('Leaderboard')).toEqual([
        ['Ada Adler', '1', '$7,000'],
        ['Rita Reyes', '2', '$2,500'],
      ]),
    );
    await tile('Open pipeline').first().waitFor();
    await page.getByText('$5,500', { exact: true }).waitFor();
    await page.getByText('3 won, 1 lost').waitFor();
    await page.getByText('0 days', { exact: true }).waitFor();
  });

  it('draws them', async () => {
    await page.reload();
    for (const name of ['Pipeline by stage', 'Won over time', 'Leaderboard']) {
      await chart(name).locator('svg .recharts-bar-rectangle').first().waitFor();
    }
    await keepLooks(page, 'dashboard');
    await expectNoBarriers(page);
  });

  it('keeps other currencies apart', async () => {
    await page.getByLabel('Currency').selectOption('EUR');
    await page.getByText('€900', { exact: true }).first().waitFor();
    await eventually(async () =>
      expect(await table('Pipeline by stage')).toEqual([
        ['Lead', '1', '€0', '€0'],
        ['Proposal', '2', '€900', expect.stringMatching(/^€/)],
      ]),
    );
    await eventually(async () =>
      expect((await table('Won over time')).map(([, ...cells]) => cells)).toEqual([['3', '€300']]),
    );
    await eventually(async () =>
      expect(new URL(page.url()).searchParams.get('currency')).toBe('EUR'),
    );
    await page.getByLabel('Currency').selectOption('USD');
  });

  it('is of one team when asked for one', async () => {
    await page.getByLabel('Team').selectOption('East');
    await page.getByText('2 won, 1 lost').waitFor();
    await eventually(async () =>
      expect(await table('Leaderboard')).toEqual([['Rita Reyes', '2', '$2,500']]),
    );
    await page.getByLabel('Team').selectOption('All teams');
    await page.getByText('3 won, 1 lost').waitFor();
  });

  it('is of the days in the address', async () => {
    await page.getByLabel('Date range').selectOption('Custom dates');
    await page.getByLabel('From', { exact: true }).fill('2020-01-01');
    await page.getByLabel('To', { exact: true }).fill('2020-01-31');
    await page.getByText('No deal was won in these days.').waitFor();
    // What is open is so now, whatever the days.
    await eventually(async () => expect((await table('Pipeline by stage')).length).toBe(2));
    await page.reload();
    await page.getByText('No deal was won in these days.').waitFor();
    await eventually(async () =>
      expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('2020-01-31'),
    );
    await page.getByLabel('Date range').selectOption('This year');
    await page.getByText('3 won, 1 lost').waitFor();
  });

  it('says what happened last to deals', async () => {
    await recordEvents();
    await page.getByRole('button', { name: 'Refresh' }).click();
    const activity = page.getByRole('region', { name: 'Latest activity' });
    await activity.getByRole('link', { name: 'Harbour' }).waitFor();
    await activity.getByText('Rita Reyes created the deal: Swiss one').waitFor();
  });

  it('says what to do when the figures cannot be loaded', async () => {
    await page.route('**/api/analytics/overview?*', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'The figures cannot be shown' }).waitFor();
    await page.unroute('**/api/analytics/overview?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('3 won, 1 lost').waitFor();
  });
});

describe('the dashboard of a rep', () => {
  it('has their own figures, and compares them with nobody', async () => {
    const own = (await openWindow(browser)).page;
    await signInAt(own, rep);
    await goTo(own, 'Dashboard');
    page = own;
    await page.getByText('Your own figures').waitFor();
    await eventually(async () =>
      expect(await table('Pipeline by stage')).toEqual([['Proposal', '1', '$1,500', '$750']]),
    );
    await eventually(async () =>
      expect((await table('Won over time')).map(([, ...cells]) => cells)).toEqual([
        ['2', '$2,500'],
      ]),
    );
    await page.getByText('67%', { exact: true }).first().waitFor();
    await eventually(async () => expect(await chart('Leaderboard').count()).toBe(0));
    await eventually(async () => expect(await page.getByText('Harbour').count()).toBe(0));
    await eventually(async () => expect(await page.getByLabel('Team').count()).toBe(0));
  });

  it('says that there is nothing yet to somebody who has sold nothing', async () => {
    const fresh = await addRep(admin.orgId, 'Noa New');
    page = (await openWindow(browser)).page;
    await signInAt(page, fresh);
    await goTo(page, 'Dashboard');
    await page.getByText('No deals are open.').first().waitFor();
    await page.getByText('Nothing has happened to deals yet.').waitFor();
  });
});
