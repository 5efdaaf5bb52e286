import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page, Request } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openApi, signUpOrganisation } from './support/platform.ts';
import { goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

const SETTLED_MS = 1_000;

let browser: Browser;
let visitor: Visitor;
let listeners: OpenListeners;

beforeAll(async () => {
  browser = await launchChromium();
  const admin = await signUpOrganisation('Ada Adler');
  const api = await openApi(admin);
  await api.createDeal({ title: 'Website', value: 1000 });
  await api.post('/api/contacts', { firstName: 'Bea', lastName: 'Berg' });
  visitor = await openWindow(browser);
  listeners = new OpenListeners(visitor.page);
  await signInAt(visitor.page, admin);
});

afterAll(async () => {
  await browser?.close();
});

/** The Firestore listeners that a page holds, by what it tells the server over its channel. */
class OpenListeners {
  /** What is listened to, by the number that the client gives it. */
  readonly #targets = new Map<number, string>();

  constructor(page: Page) {
    page.on('request', (request) => this.#take(request));
  }

  get all(): string[] {
    return [...this.#targets.values()].toSorted();
  }

  #take(request: Request): void {
    if (!request.url().includes('/google.firestore.v1.Firestore/Listen/')) return;
    const sent = new URLSearchParams(request.postData() ?? '');
    for (const [name, text] of sent) {
      if (!name.endsWith('__data__')) continue;
      const { addTarget, removeTarget } = JSON.parse(text);
      if (addTarget !== undefined) {
        const { targetId, query, documents } = addTarget;
        this.#targets.set(targetId, JSON.stringify(query?.structuredQuery ?? documents));
      }
      if (removeTarget !== undefined) this.#targets.delete(removeTarget);
    }
  }
}

/** Waits until the page listens to exactly this; a listener ends a moment after its page. */
async function expectListeners(expected: readonly string[]): Promise<void> {
  await eventually(async () => expect(listeners.all).toEqual(expected));
}

/** What the page listens to once it has begun all of it: something, and the same for a while. */
async function settledListeners(): Promise<string[]> {
  let all: string[] = [];
  await eventually(async () => {
    all = listeners.all;
    await visitor.page.waitForTimeout(SETTLED_MS);
    expect(all).not.toEqual([]);
    expect(listeners.all).toEqual(all);
  });
  return all;
}

const quietPage = 'Import';

it('are closed when their page is left, whichever it is', async () => {
  const { page } = visitor;
  await goTo(page, quietPage);
  const ofTheFrame = await settledListeners();
  const names = await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.textContent?.trim() ?? ''));
  expect(names.length).toBeGreaterThan(10);
  let most = 0;
  for (const name of names.filter((each) => each !== quietPage)) {
    await goTo(page, name);
    await page.waitForTimeout(300);
    most = Math.max(most, listeners.all.length);
    await goTo(page, quietPage);
    await expectListeners(ofTheFrame);
  }
  // Otherwise this would hold for a page that never listens, or a test that never hears it.
  expect(most).toBeGreaterThan(ofTheFrame.length);
});

it('of a deal are closed with the deal', async () => {
  const { page } = visitor;
  await goTo(page, 'Pipeline');
  await page.getByRole('article', { name: 'Website', exact: true }).waitFor();
  const ofTheBoard = await settledListeners();
  await page
    .getByRole('article', { name: 'Website', exact: true })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('complementary').waitFor();
  await eventually(async () => expect(listeners.all.length).toBeGreaterThan(ofTheBoard.length));
  await page.keyboard.press('Escape');
  await expectListeners(ofTheBoard);
});

it('are all bounded', () => {
  const unbounded = listeners.all.filter(
    (query) => query.includes('"from"') && !query.includes('"limit"'),
  );
  expect(unbounded).toEqual([]);
});
