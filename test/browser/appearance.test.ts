import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { expectNoBarriers, expectNoFaintText, expectNoOverflow } from './support/look.ts';
import { openApi, pageUrl, signUpOrganisation } from './support/platform.ts';
import {
  card,
  keepScreenshot,
  moveButton,
  openWindow,
  signInAt,
  type Visitor,
} from './support/visitor.ts';

const deals = [
  { title: 'Website relaunch for Harbour Bakery', value: 15_000, stage: 'LEAD' },
  { title: 'Annual support contract', value: 4_800, stage: 'LEAD' },
  { title: 'Trade fair stand', value: 22_500.5, stage: 'QUALIFIED' },
  { title: 'Photo library migration', value: 9_300, stage: 'QUALIFIED', currency: 'EUR' },
  {
    title: 'Brand refresh and packaging for the spring collection',
    value: 48_000,
    stage: 'PROPOSAL',
  },
  { title: 'Online shop', value: 61_250, stage: 'NEGOTIATION' },
  { title: 'Newsletter redesign', value: 3_200, stage: 'CLOSED_WON' },
  { title: 'Intranet', value: 18_000, stage: 'CLOSED_LOST' },
];

let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  visitor = await openWindow(browser);
  page = visitor.page;
  const admin = await signUpOrganisation('Ada Adler');
  const api = await openApi(admin);
  const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  for (const deal of deals) await api.createDeal({ ...deal, expectedCloseDate: nextMonth });
  await page.goto(pageUrl());
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signInAt(page, admin);
  await card(page, 'Online shop').waitFor();
});

afterAll(async () => {
  await browser?.close();
});

describe.each([
  ['light', 1440, 900],
  ['dark', 1440, 900],
  ['light', 390, 844],
  ['dark', 390, 844],
] as const)('%s at %i px', (colorScheme, width, height) => {
  beforeAll(async () => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.goto(pageUrl());
    await card(page, 'Online shop').waitFor();
  });

  it('fits the pipeline', async () => {
    await expectNoOverflow(page);
    await keepScreenshot(page, `pipeline-${colorScheme}-${width}`);
  });

  it('fits the menu of stages', async () => {
    await moveButton(page, 'Website relaunch for Harbour Bakery').click();
    await page.getByRole('menuitem', { name: 'Qualified' }).waitFor();
    await expectNoOverflow(page);
    await expectNoBarriers(page);
    await keepScreenshot(page, `menu-${colorScheme}-${width}`);
    await page.keyboard.press('Escape');
  });

  it('fits a deal', async () => {
    await card(page, 'Annual support contract').getByRole('link').click();
    const panel = page.getByRole('complementary', { name: 'Deal' });
    await panel.getByText('created the deal').waitFor();
    for (const stage of ['Qualified', 'Lead']) {
      await panel.getByRole('button', { name: `Move to ${stage}` }).click();
      await panel.getByText(`to ${stage}.`).first().waitFor();
    }
    await page.getByText('Recording the latest change').waitFor({ state: 'detached' });
    await expectNoOverflow(page);
    await keepScreenshot(page, `deal-${colorScheme}-${width}`);
    await page.getByRole('button', { name: 'Close deal' }).click();
  });

  it('has a board without barriers', async () => {
    await expectNoBarriers(page);
  });

  it('has text that stands out from what is behind it', async () => {
    await expectNoFaintText(page);
  });
});
