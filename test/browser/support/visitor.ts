import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, jest } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { eventually, PATIENCE_MS, TRIGGER_MS } from './eventually.ts';
import { type Person, pageUrl } from './platform.ts';

const SCREENSHOTS = path.resolve(import.meta.dirname, '../../../.artifacts/screenshots');

// A test waits for the page more than once, and the first one for the functions to start.
jest.setTimeout(2 * TRIGGER_MS);

/** A browser window of its own, without anybody signed in. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about that nobody asked for. */
  readonly complaints: readonly string[];
}

/** Opens a window; its locale and zone are fixed, so that texts can be compared. */
export async function openWindow(browser: Browser): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, context, complaints };
}

/** Signs in by hand and waits for the pipeline. */
export async function signInAt(page: Page, person: Person): Promise<void> {
  await page.goto(pageUrl());
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Pipeline' }).waitFor();
}

/** Goes to a page by the navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
  await link.click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await eventually(async () => expect(await link.getAttribute('aria-current')).toBe('page'));
}

/** Signs out by the menu of the person. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /: your account$/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

/** The column of a stage. */
export function column(page: Page, stage: string): Locator {
  return page
    .getByRole('list', { name: 'Stages' })
    .getByRole('listitem', { name: stage, exact: true });
}

/** The card of a deal within a column or the page. */
export function card(within: Page | Locator, title: string): Locator {
  return within.getByRole('article', { name: title, exact: true });
}

/** The button on a deal's card that opens the menu of stages. */
export function moveButton(page: Page, title: string): Locator {
  return card(page, title).getByRole('button', { name: `Move ${title} to…`, exact: true });
}

/** Moves a deal by the menu on its card. */
export async function moveByMenu(page: Page, title: string, stage: string): Promise<void> {
  await moveButton(page, title).click();
  await page.getByRole('menuitem', { name: stage, exact: true }).click();
}

/** Keeps what a person would see. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
}
