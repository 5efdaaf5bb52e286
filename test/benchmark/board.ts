/// <reference lib="dom" />
/**
 * How long somebody who is signed in waits for the board, with nothing cached: from the navigation until
 * a card has answered a click, on a browser that is slowed down.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { openDoor, signIn } from '../../local/import/door.ts';
import { freshSignIn } from '../../local/import/sales-opportunities.ts';
import { launchChromium } from '../browser/support/chromium.ts';

interface Measured {
  readonly deals: number;
  readonly runs: number;
  /** How many times slower the browser's processor is made. */
  readonly slowdown: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is waited for, by the mark that the page sets for it. */
const MARKS = {
  shown: '.card',
  answered: '.card [aria-expanded="true"]',
  menu: '[role="menuitem"]',
} as const;
type Mark = keyof typeof MARKS;

/** Milliseconds from the navigation on. */
type Times = Readonly<Record<Mark, number>>;

export interface BoardFigures {
  /** Of each run, in order: the first cards, the answer to a click on one, and the menu it opens. */
  readonly times: readonly Times[];
  /** What came over the wire until then, as Hosting sends it. */
  readonly scriptBytes: number;
}

/** Measures the board of a fresh organisation of the platform at `url`. */
export async function measureBoard(
  url: string,
  { deals, runs, slowdown }: Measured,
  tell: (line: string) => void,
): Promise<BoardFigures> {
  const admin = await signUp(url, deals);
  tell(`${deals} deals`);
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const place = await openBoard(context, url, admin);
    await context.addInitScript(setMarks, MARKS);
    const times: Times[] = [];
    let scriptBytes = 0;
    for (let run = 0; run < runs; run += 1) {
      const page = await openSlowPage(context, slowdown);
      times.push(await timeBoard(page, url, place));
      scriptBytes = await page.evaluate(sumScripts);
      await page.close();
    }
    return { times, scriptBytes };
  } finally {
    await browser.close();
  }
}

type SignIn = Readonly<Record<'email' | 'password', string>>;

/** An organisation whose deals stand in all of its open stages. */
async function signUp(url: string, deals: number): Promise<SignIn> {
  const { domain, password } = freshSignIn();
  const admin = { email: `admin@${domain}`, password };
  await openDoor(url, undefined).request('POST /api/signup', {
    ...{ ...admin, name: 'Administrator', businessName: 'Board benchmark' },
  });
  const door = openDoor(url, await signIn(url, admin.email, admin.password));
  const stages = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION'];
  for (let n = 0; n < deals; n += 1) {
    const stage = stages[n % stages.length];
    await door.request('POST /api/deals', { title: `Deal ${n}`, value: 1000 + n, stage });
  }
  return admin;
}

/** Signs in, which the context keeps. Answers where the first card has its button. */
async function openBoard(context: BrowserContext, url: string, admin: SignIn): Promise<Place> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const button = page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /^Move / });
  const box = await button.boundingBox();
  if (box === null) throw new Error('The first card has no button');
  await page.close();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function openSlowPage(context: BrowserContext, slowdown: number): Promise<Page> {
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return page;
}

/** Clicks by place: to search a slow page for the button would slow it down further. */
async function timeBoard(page: Page, url: string, { x, y }: Place): Promise<Times> {
  const shown = heard(page, 'shown');
  const menu = heard(page, 'menu');
  const answered = heard(page, 'answered');
  await page.goto(url, { waitUntil: 'commit' });
  await shown;
  await page.mouse.click(x, y);
  return { shown: await shown, answered: await answered, menu: await menu };
}

/** When the page set the mark. */
async function heard(page: Page, mark: Mark): Promise<number> {
  const message = await page.waitForEvent('console', {
    predicate: (each) => each.text().startsWith(`${mark} at `),
  });
  return Number(message.text().split(' ').at(-1));
}

/** Runs in the page: says when what is waited for has been painted, each thing once. */
function setMarks(marks: Readonly<Record<string, string>>): void {
  const awaited = new Map(Object.entries(marks));
  const look = () => {
    for (const [mark, selector] of awaited) {
      if (document.querySelector(selector) === null) continue;
      awaited.delete(mark);
      requestAnimationFrame(() => setTimeout(() => console.log(`${mark} at ${performance.now()}`)));
    }
  };
  new MutationObserver(look).observe(document, {
    ...{ childList: true, subtree: true, attributeFilter: ['aria-expanded', 'role'] },
  });
}

/** Runs in the page: the bytes of all scripts, as they were sent. */
function sumScripts(): number {
  return performance
    .getEntriesByType('resource')
    .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    .reduce((sum, entry) => sum + Number(entry.toJSON().transferSize), 0);
}
