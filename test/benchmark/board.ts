/**
 * How long somebody who is signed in waits for the board, with nothing cached: from the navigation until
 * a card has answered a click, on a browser that is slowed down.
 */
import type { Page } from 'playwright-core';
import { openDoor, signIn } from '../../local/import/door.ts';
import { freshSignIn } from '../../local/import/sales-opportunities.ts';
import { launchChromium } from '../browser/support/chromium.ts';

interface Measured {
  readonly deals: number;
  readonly runs: number;
  /** How many times slower the browser's processor is made. */
  readonly slowdown: number;
}

export interface BoardFigures {
  /** Until the first cards are there, and until one has answered: a figure for each run, in order. */
  readonly shownMs: readonly number[];
  readonly interactiveMs: readonly number[];
  /** What came over the wire, as Hosting sends it. */
  readonly scriptBytes: number;
}

/** Measures the board of a fresh organisation of the platform at `url`. */
export async function measureBoard(
  url: string,
  { deals, runs, slowdown }: Measured,
  tell: (line: string) => void,
): Promise<BoardFigures> {
  const { domain, password } = freshSignIn();
  const admin = { email: `admin@${domain}`, password };
  await openDoor(url, undefined).request('POST /api/signup', {
    ...{ ...admin, name: 'Administrator', businessName: 'Board benchmark' },
  });
  const door = openDoor(url, await signIn(url, admin.email, admin.password));
  for (let n = 0; n < deals; n += 1) {
    await door.request('POST /api/deals', { title: `Deal ${n}`, value: 1000 + n });
  }
  tell(`${deals} deals`);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await openBoard(page, url, admin);
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Network.enable');
    await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const figures = { shownMs: [] as number[], interactiveMs: [] as number[], scriptBytes: 0 };
    for (let run = 0; run < runs; run += 1) {
      const { shownMs, interactiveMs } = await timeReload(page);
      figures.shownMs.push(shownMs);
      figures.interactiveMs.push(interactiveMs);
      figures.scriptBytes = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
          .reduce((sum, entry) => sum + Number(entry.toJSON().transferSize), 0),
      );
    }
    return figures;
  } finally {
    await browser.close();
  }
}

async function openBoard(
  page: Page,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('article').first().waitFor();
}

async function timeReload(page: Page): Promise<{ shownMs: number; interactiveMs: number }> {
  const beganMs = performance.now();
  await page.reload({ waitUntil: 'commit' });
  const first = page.getByRole('article').first();
  await first.waitFor();
  const shownMs = performance.now() - beganMs;
  await first.getByRole('button', { name: /^Move .* to…$/ }).click();
  await page.getByRole('menuitem').first().waitFor();
  return { shownMs, interactiveMs: performance.now() - beganMs };
}
