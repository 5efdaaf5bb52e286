import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { inboxHandlers } from '../../functions/src/app/inbox-handlers.ts';
import { processEntry } from '../../functions/src/modules/inbox/inbox.public.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import type { FakeText } from '../fakes/fake-text.ts';
import { launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { expectNoBarriers, keepLooks, keepUsableLooks } from './support/look.ts';
import { openApi, type Person, signUpOrganisation } from './support/platform.ts';
import { goTo, openWindow, signInAt } from './support/visitor.ts';

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let page: Page;
const ourNumber = freshPhone();
const phone = freshPhone();
let contactId: string;
let processing: Promise<void> | undefined;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  await api.post('/api/twilio/phone-numbers', { phoneNumber: ourNumber });
  contactId = await api.post('/api/contacts', {
    ...{ firstName: 'Bea', lastName: 'Berg', phone, email: 'bea@bakery.example' },
  });
  const visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, admin);
  processing = keepProcessing();
});

afterAll(async () => {
  isOver = true;
  await processing;
  await browser?.close();
});

function freshPhone(): string {
  return `+1${randomInt(201, 989)}555${String(randomInt(10_000)).padStart(4, '0')}`;
}

/** Where the local Twilio is. */
function twilioUrl(path: string): URL {
  const base = process.env.SPLITLINE_TWILIO_URL;
  if (base === undefined || base === '') {
    throw new Error('SPLITLINE_TWILIO_URL is not set: start these tests with npm test');
  }
  return new URL(path, base);
}

/** A contact texts us: the local Twilio signs it and posts it to the platform. */
async function text(from: string, body: string): Promise<void> {
  const form = new URLSearchParams({ from, to: ourNumber, body });
  const answer = await fetch(twilioUrl('/write'), {
    ...{ method: 'POST', body: form, redirect: 'manual' },
  });
  expect(answer.status).toBe(303);
}

/**
 * Processes what Twilio has delivered about our texts, as the trigger does: whoever comes first does
 * it. Behind the thousands of deals of another test the trigger may come after minutes.
 */
async function processDeliveries(): Promise<void> {
  const sent: FakeText[] = await (await fetch(twilioUrl('/sent'))).json();
  const ours = sent.filter(({ from, to }) => [from, to].includes(ourNumber));
  const entries = ours.flatMap(({ sid }) => ['', '_sent', '_delivered'].map((end) => sid + end));
  for (const entry of entries) {
    await processEntry(startInvocation('inbox'), inboxHandlers, `twilio_${entry}`);
  }
}

let isOver = false;
async function keepProcessing(): Promise<void> {
  while (!isOver) {
    // One that the trigger is at is tried again, as everything is that may still succeed.
    await processDeliveries().catch(() => undefined);
    await setTimeout(300);
  }
}

/** The line of the list that has all these words. */
function row(...words: string[]): Locator {
  const lines = page.getByRole('list', { name: 'Conversations' }).getByRole('link');
  return words.reduce((found, hasText) => found.filter({ hasText }), lines);
}

const read = () => row('Bea Berg', 'SMS').filter({ hasNotText: 'unread' });

const thread = (name = 'Bea Berg') =>
  page.getByRole('region', { name: `Conversation with ${name}` });
const messages = () => thread().getByRole('log');
const composer = () => thread().getByRole('textbox', { name: 'Message to Bea' });

describe('the inbox', () => {
  it('says how to begin', async () => {
    await goTo(page, 'Inbox');
    await page.getByText('No conversations yet.').waitFor();
    await page.getByRole('heading', { name: 'No conversation is open' }).waitFor();
    await keepUsableLooks(page, 'inbox-empty');
  });

  it('shows a text that comes in by itself, unread until it is opened', async () => {
    await text(phone, 'Do you deliver on Sundays?');
    await row('Bea Berg', 'SMS', '1 unread').waitFor();
    await page.getByRole('button', { name: 'Unread' }).click();
    await row('Bea Berg', 'SMS', '1 unread').click();
    await messages().getByText('Do you deliver on Sundays?').waitFor();
    await thread().getByText(phone).waitFor();
    await read().waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await text(phone, 'Or on Mondays?');
    await messages().getByText('Or on Mondays?').waitFor();
    await read().waitFor();
  });

  it('sends a reply and follows it until it is delivered', async () => {
    await composer().fill('We do, from 8 to noon.');
    await thread().getByText('22 characters · 1 SMS').waitFor();
    await composer().press('Control+Enter');
    const reply = messages().getByRole('article').filter({ hasText: 'from 8 to noon' });
    await reply.getByText('Delivered').waitFor();
    await eventually(async () => expect(await composer().inputValue()).toBe(''));
    await row('Bea Berg', 'SMS').getByText('You: We do, from 8 to noon.').waitFor();
  });

  it('has a message drafted, which fills the composer and is not sent', async () => {
    await composer().fill('half a thought');
    await thread().getByRole('button', { name: 'Draft with AI…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Draft with AI' });
    await dialog.getByLabel('What is the message for?').fill('Say when we open');
    await dialog.getByLabel('Tone').selectOption('Friendly');
    await keepUsableLooks(page, 'inbox-draft');
    await dialog.getByRole('button', { name: 'Write draft' }).click();
    await dialog.waitFor({ state: 'detached' });
    const draft = await composer().inputValue();
    expect(draft).not.toBe('half a thought');
    expect(draft.trim()).not.toBe('');
    await eventually(async () => expect(await messages().getByText(draft).count()).toBe(0));
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(await composer().inputValue()).toBe('half a thought'));
    await composer().fill('');
  });

  it('keeps a message that could not be sent, and sends it once', async () => {
    const isSending = (url: URL) => url.pathname === '/api/messages';
    await page.route(isSending, async (route) => {
      // It arrives, and the answer is lost on the way back.
      if (route.request().method() === 'POST') await route.fetch();
      await route.abort();
    });
    await composer().fill('See you on Sunday!');
    await thread().getByRole('button', { name: 'Send', exact: true }).click();
    await thread().getByText('Not sent. Splitline could not be reached.').waitFor();
    await page.unroute(isSending);
    await thread().getByRole('button', { name: 'Send again' }).click();
    await thread().getByText('Not sent.').waitFor({ state: 'detached' });
    const sent = messages().getByRole('article').filter({ hasText: 'See you on Sunday!' });
    await sent.getByText('Delivered').waitFor();
    await eventually(async () => expect(await sent.count()).toBe(1));
    await keepLooks(page, 'inbox');
    await expectNoBarriers(page);
  });

  it('begins a conversation with a contact that was looked for, by e-mail', async () => {
    await page.getByRole('button', { name: 'New message' }).click();
    await page.getByRole('dialog', { name: 'New message' }).getByRole('combobox').fill('berg');
    await page.getByRole('option', { name: /Bea Berg/ }).waitFor();
    await keepUsableLooks(page, 'inbox-new-message');
    await page.getByRole('option', { name: /Bea Berg/ }).click();
    await thread().getByRole('button', { name: 'E-mail' }).click();
    await messages().getByText('Nothing has been said yet.').waitFor();
    await thread().getByRole('textbox', { name: 'Subject' }).fill('Our hours');
    await composer().fill('Dear Bea, we open at 8.');
    await thread().getByRole('button', { name: 'Send', exact: true }).click();
    const mail = messages().getByRole('article').filter({ hasText: 'we open at 8' });
    await mail.getByText('Sent', { exact: true }).waitFor();
    await mail.getByText('Our hours').waitFor();
    await row('Bea Berg', 'E-mail').waitFor();
    await page.getByLabel('Channel', { exact: true }).first().selectOption('SMS');
    await row('Bea Berg', 'E-mail').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('No conversation fits.').waitFor();
    await page.getByRole('searchbox').fill('bea');
    await row('Bea Berg', 'SMS').click();
  });

  it('says when a message will go out that is written in quiet hours', async () => {
    const hour = (offset: number) =>
      new Date(Date.now() + offset * 3_600_000).toISOString().slice(11, 16);
    await api.patch('/api/messages/settings', {
      quietHours: { start: hour(-1), end: hour(2) },
    });
    await page.reload();
    await thread().getByText('Bea is in quiet hours.').waitFor();
    await composer().fill('Good night');
    await thread().getByRole('button', { name: 'Schedule' }).click();
    const held = messages().getByRole('article').filter({ hasText: 'Good night' });
    await held.getByText('Scheduled for').waitFor();
    await api.patch('/api/messages/settings', { quietHours: null });
  });

  it('leads to the contact and to the deals with them', async () => {
    await api.createDeal({ title: 'New ovens', value: 4200, contactIds: [contactId] });
    await thread().getByRole('button', { name: 'Show deals' }).click();
    await thread().getByRole('link', { name: 'New ovens' }).waitFor();
    await thread().getByRole('button', { name: 'Hide deals' }).click();
    await thread().getByRole('link', { name: 'Bea Berg' }).click();
    await page.getByRole('complementary', { name: 'Contact' }).waitFor();
    await page.goBack();
  });

  it('notes that a contact wants no messages, and takes it back', async () => {
    await thread().getByRole('button', { name: 'Note opt-out…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Write no more to Bea Berg by SMS?' });
    await dialog.getByRole('button', { name: 'Note opt-out' }).click();
    await thread().getByText('noted that Bea wants no SMS messages').waitFor();
    await eventually(async () => expect(await composer().count()).toBe(0));
    await thread().getByRole('button', { name: 'Take the opt-out back' }).click();
    await composer().waitFor();
  });

  it('lets nobody write to a contact who has opted out', async () => {
    await text(phone, 'STOP');
    await thread().getByText('Bea has opted out of SMS').waitFor();
    await thread().getByText('until they write START themselves').waitFor();
    await eventually(async () => expect(await composer().count()).toBe(0));
    await keepLooks(page, 'inbox-opted-out');
    await text(phone, 'START');
    await composer().waitFor();
  });

  it('shows one thing at a time on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await row('Bea Berg', 'SMS').waitFor({ state: 'detached' });
    await thread().getByRole('button', { name: 'Back to the inbox' }).click();
    await row('Bea Berg', 'SMS').waitFor();
    await eventually(async () => expect(await thread().count()).toBe(0));
    await keepLooks(page, 'inbox-list');
    await expectNoBarriers(page);
  });
});
