import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, CDPSession, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, PATIENCE_MS } from './support/eventually.ts';
import { openApi, type Person, signUpOrganisation } from './support/platform.ts';
import { card, column, signInAt } from './support/visitor.ts';

/** Well above how long a finger rests on a card to take it. */
const HOLD_MS = 3_000;
/** In so many a finger is moved. */
const STEPS = 12;

interface Place {
  readonly x: number;
  readonly y: number;
}

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let context: BrowserContext;
let page: Page;
let devTools: CDPSession;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  for (let n = 0; n < 10; n += 1) {
    await api.createDeal({ title: `Beside it ${n}`, value: 10, stage: 'QUALIFIED' });
  }
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    ...{ locale: 'en-US', timezoneId: 'Europe/Berlin' },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  page = await context.newPage();
  devTools = await context.newCDPSession(page);
});

afterEach(async () => {
  await context.close();
});

/** Opens the board and waits for what follows fingers, which is fetched once it is there. */
async function openBoard(): Promise<void> {
  const fetched = page.waitForResponse((response) => response.url().includes('drag-by-touch'));
  await signInAt(page, admin);
  await (await fetched).finished();
}

type TouchType = 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel';

async function touch(type: TouchType, place?: Place): Promise<void> {
  const touchPoints = place === undefined ? [] : [{ ...place }];
  await devTools.send('Input.dispatchTouchEvent', { type, touchPoints });
}

/**
 * Rests a finger on a card until it is taken; answers where. One that came before the page follows fingers is
 * put down again.
 */
async function hold(title: string): Promise<Place> {
  let place: Place = { x: 0, y: 0 };
  await eventually(async () => {
    place = await placeOf(title);
    await touch('touchStart', place);
    try {
      await page.locator('.lifted-card').waitFor({ timeout: HOLD_MS });
    } catch (error) {
      await touch('touchCancel');
      throw error;
    }
  });
  return place;
}

/**
 * Puts a finger down, moves it on at once and lifts it. One whose every step waited for this process
 * might rest long enough to take a card.
 */
async function swipe(from: Place, to: Place): Promise<void> {
  await Promise.all([
    touch('touchStart', from),
    ...stepsOf(from, to).map((place) => touch('touchMove', place)),
    touch('touchEnd'),
  ]);
}

function stepsOf(from: Place, to: Place): Place[] {
  const at = (a: number, b: number, step: number) => a + ((b - a) * step) / STEPS;
  return Array.from({ length: STEPS }, (_, n) => ({
    x: at(from.x, to.x, n + 1),
    y: at(from.y, to.y, n + 1),
  }));
}

/** Moves the finger that is down, in steps as a hand does. */
async function slide(from: Place, to: Place): Promise<void> {
  for (const place of stepsOf(from, to)) {
    await touch('touchMove', place);
    await page.waitForTimeout(16);
  }
}

/** Swipes until something has scrolled; a swipe that meets a scroll under way only ends that one. */
async function swipeOn(from: Place, by: Place, scrolled: () => Promise<number>): Promise<void> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  while ((await scrolled()) < 100 && Date.now() < giveUpMs) {
    await swipe(from, { x: from.x + by.x, y: from.y + by.y });
    await page.waitForTimeout(500);
  }
  await eventually(async () => expect(await scrolled()).toBeGreaterThanOrEqual(100));
}

async function centreOf(element: Locator): Promise<Place> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('It is not to be seen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function placeOf(title: string): Promise<Place> {
  const box = await card(page, title).boundingBox();
  if (box === null) throw new Error(`${title} is not to be seen`);
  return { x: box.x + 80, y: box.y + box.height / 2 };
}

function boardScroll(): Promise<number> {
  return page.getByRole('list', { name: 'Stages' }).evaluate((board) => board.scrollLeft);
}

describe('the pipeline under a finger', () => {
  it('moves a deal that is held, to a stage that comes into sight at the edge', async () => {
    const id = await api.createDeal({ title: 'Taken by hand', value: 90 });
    await openBoard();
    const from = await hold('Taken by hand');
    const edge = { x: 380, y: from.y };
    await slide(from, edge);
    await page.locator('.column[data-touched="true"]', { hasText: 'Lost' }).waitFor();
    await touch('touchEnd');
    await card(column(page, 'Lost'), 'Taken by hand').waitFor();
    await page.getByText('Taken by hand is now in Lost.').waitFor({ state: 'attached' });
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'CLOSED_LOST', version: 2 }),
    );
    await eventually(async () => expect(new URL(page.url()).pathname).toBe('/'));
    await eventually(async () => expect(await page.locator('.lifted-card').count()).toBe(0));
  });

  it('scrolls under one that does not rest, and moves nothing', async () => {
    const id = await api.createDeal({ title: 'Scrolled past', value: 90 });
    await openBoard();
    const from = await placeOf('Scrolled past');
    await swipeOn({ ...from, x: 320 }, { x: -300, y: 0 }, boardScroll);
    const body = column(page, 'Qualified').locator('.column__body');
    await body.scrollIntoViewIfNeeded();
    const low = await centreOf(body);
    await swipeOn({ ...low, y: low.y + 150 }, { x: 0, y: -300 }, () =>
      body.evaluate((element) => element.scrollTop),
    );
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'LEAD', version: 1 }),
    );
  });

  it('leaves a deal that is let go where it was, and opens it by a tap', async () => {
    const id = await api.createDeal({ title: 'Tapped', value: 90 });
    await openBoard();
    const place = await hold('Tapped');
    await touch('touchEnd');
    await page.locator('.lifted-card').waitFor({ state: 'detached' });
    await eventually(async () => expect(new URL(page.url()).pathname).toBe('/'));
    await page.touchscreen.tap(place.x, place.y);
    await page.getByRole('complementary', { name: 'Deal' }).waitFor();
    await eventually(async () => expect(new URL(page.url()).pathname).toBe(`/deals/${id}`));
    await eventually(async () =>
      expect(await api.getDeal(id)).toMatchObject({ stage: 'LEAD', version: 1 }),
    );
  });
});
