import { randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { expectNoBarriers, keepLooks } from './support/look.ts';
import {
  addPerson,
  addRep,
  freshEmail,
  invitationLink,
  openApi,
  type Person,
  pageUrl,
  signUpOrganisation,
} from './support/platform.ts';
import { column, goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

/** A number that the fake Twilio account does not have; it has every other one. */
const MISSING_NUMBER = '+15005550001';

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, admin);
  await goTo(page, 'Settings');
});

afterAll(async () => {
  await browser?.close();
});

afterEach(() => {
  expect(visitor.complaints).toEqual([]);
});

/** Opens a section by the navigation of the settings. */
async function open(section: string, within = page): Promise<void> {
  const link = within
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link', { name: section, exact: true });
  await link.click();
  await within.getByRole('heading', { level: 2 }).first().waitFor();
  await expectCurrent(link);
}

async function expectCurrent(link: Locator): Promise<void> {
  await link.and(page.locator('[aria-current=page]')).waitFor();
}

function region(name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

function dialog(name: string): Locator {
  return page.getByRole('dialog', { name, exact: true });
}

function item(list: string, name: string): Locator {
  return page
    .getByRole('list', { name: list, exact: true })
    .getByRole('listitem', { name, exact: true });
}

async function choose(person: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${person}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** What the page looks like, and that nothing keeps people from using it. */
async function look(name: string): Promise<void> {
  await keepLooks(page, `settings-${name}`);
  await expectNoBarriers(page);
}

describe('the profile', () => {
  it('is what the page begins with', async () => {
    const link = page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Profile' });
    await expectCurrent(link);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await look('profile');
  });
});

describe('the organisation', () => {
  it('is renamed, which the frame shows at once, and refuses a change based on an older state', async () => {
    await open('Organisation');
    const section = region('Organisation');
    await section.getByLabel('Name').fill('Harbour Bakery Ltd');
    await section.getByLabel('Industry').fill('Food');
    await section.getByLabel('Time zone').selectOption('Europe/Berlin');
    await section.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Harbour Bakery Ltd').first().waitFor();
    await eventually(async () =>
      expect(await api.get('/api/settings/organisation')).toMatchObject({
        ...{ name: 'Harbour Bakery Ltd', industry: 'Food', timeZone: 'Europe/Berlin', version: 2 },
      }),
    );
    await look('organisation');

    await api.patch('/api/settings/organisation', { name: 'Changed meanwhile' });
    await section.getByLabel('Name').fill('Changed here');
    await section.getByRole('button', { name: 'Save changes' }).click();
    await section.getByText('Somebody else has changed this meanwhile.').waitFor();
  });
});

describe('users and teams', () => {
  it('adds a team, renames it, and tells what stands in the way of deleting it', async () => {
    await open('Users and teams');
    await page.getByRole('button', { name: 'Add team…' }).click();
    await dialog('Add team').getByLabel('Name').fill('East');
    await dialog('Add team').getByRole('button', { name: 'Add team' }).click();
    await item('Teams', 'East').getByText('0 members · no manager').waitFor();
    await page.getByRole('button', { name: 'Rename… East' }).click();
    await dialog('Rename East').getByLabel('Name').fill('East coast');
    await dialog('Rename East').getByRole('button', { name: 'Rename team' }).click();
    await item('Teams', 'East coast').waitFor();
  });

  it('invites somebody by mail, says at the field what is wrong, and takes the invitation back', async () => {
    await page.getByRole('button', { name: 'Invite somebody…' }).click();
    const invite = dialog('Invite somebody');
    const email = freshEmail();
    await invite.getByLabel('Name').fill('Ina Invited');
    await invite.getByLabel('E-mail').fill('no address');
    await invite.getByLabel('Role').selectOption('Manager');
    await invite.getByLabel('Team').selectOption('East coast');
    await invite.getByRole('checkbox', { name: 'East coast' }).check();
    await invite.getByRole('button', { name: 'Send invitation' }).click();
    await invite.getByRole('alert').waitFor();
    await eventually(async () =>
      expect(await invite.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true'),
    );
    await look('invite');
    await invite.getByLabel('E-mail').fill(email);
    await invite.getByRole('button', { name: 'Send invitation' }).click();
    await item('Invitations', 'Ina Invited').getByText('Manager').waitFor();
    const first = await invitationLink(email);

    await page.getByRole('button', { name: 'Resend the invitation of Ina Invited' }).click();
    await page.getByText('Ina Invited was sent a new link.').waitFor({ state: 'attached' });
    await eventually(async () => expect(await invitationLink(email)).not.toBe(first));

    await page.getByRole('button', { name: 'Revoke… the invitation of Ina Invited' }).click();
    await page.getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByText('Nobody has an open invitation.').waitFor();
  });

  it('changes a role, which counts at once in the browser of that person', async () => {
    const rita = await addRep(admin.orgId, 'Rita Rep');
    const other = await openWindow(browser);
    await signInAt(other.page, rita);
    const disputes = other.page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Disputes' });
    await eventually(async () => expect(await disputes.count()).toBe(0));
    await choose('Rita Rep', 'Change role and team…');
    const change = dialog('Change Rita Rep');
    await change.getByLabel('Role').selectOption('Manager');
    await change.getByLabel('Team').selectOption('East coast');
    await change.getByRole('checkbox', { name: 'East coast' }).check();
    await change.getByRole('button', { name: 'Save changes' }).click();
    await item('Users', 'Rita Rep').getByText('manages East coast').waitFor();
    await disputes.waitFor();
    await item('Teams', 'East coast').getByText('managed by Rita Rep').waitFor();
    await other.context.close();

    await page.getByRole('button', { name: 'Delete… East coast' }).click();
    const refusal = dialog('Delete East coast?');
    await refusal.getByText('Still on it or managing it: Rita Rep.').waitFor();
    await refusal.getByRole('button', { name: 'Delete team' }).click();
    await refusal
      .getByRole('alert')
      .getByText(/give them another team first/)
      .waitFor();
    await refusal.getByRole('button', { name: 'Cancel' }).click();
  });

  it('deactivates somebody, hands the records over, and takes the membership up again', async () => {
    const max = await addPerson(admin.orgId, 'Max Mover');
    const dealId = await (await openApi(max)).createDeal({ title: 'New ovens', value: 4200 });
    await choose('Max Mover', 'Deactivate…');
    const deactivate = dialog('Deactivate Max Mover?');
    await deactivate.getByText(/sees nothing of the organisation/).waitFor();
    await deactivate.getByLabel('Hand open records to').selectOption('Rita Rep');
    await look('deactivate');
    await deactivate.getByRole('button', { name: 'Deactivate' }).click();
    await item('Users', 'Max Mover').waitFor({ state: 'detached' });
    await page
      .getByText(/Handing over the records of Max Mover is done: 1 record\./)
      // The first job of a run waits for the functions to start.
      .waitFor({ timeout: TRIGGER_MS });
    await eventually(async () =>
      expect(await api.getDeal(dealId)).toMatchObject({
        ownerId: idOf(await api.get('/api/users'), 'Rita Rep'),
      }),
    );
    await look('users');

    await page.getByRole('button', { name: 'Deactivated' }).click();
    await choose('Max Mover', 'Reactivate…');
    await page.getByRole('button', { name: 'Reactivate', exact: true }).click();
    await page.getByText('Nobody was deactivated.').waitFor();
  });

  it('keeps the last administrator, and says why', async () => {
    await page.getByRole('button', { name: 'Active', exact: true }).click();
    await choose('Ada Adler', 'Change role and team…');
    const change = dialog('Change Ada Adler');
    await change.getByLabel('Role').selectOption('Sales rep');
    await change.getByRole('button', { name: 'Save changes' }).click();
    await change.getByText(/last active administrator/).waitFor();
    await look('change-person');
    await change.getByRole('button', { name: 'Cancel' }).click();
  });
});

describe('stages', () => {
  const names = async () =>
    page
      .getByRole('list', { name: 'Stages' })
      .getByRole('listitem')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));

  it('adds a stage and moves it by its buttons, and by dragging', async () => {
    await open('Stages');
    await page.getByRole('button', { name: 'Add stage…' }).click();
    const add = dialog('Add stage');
    await add.getByLabel('Name').fill('Tasting');
    await add.getByLabel('Probability of winning').fill('40');
    await add.getByRole('radio', { name: 'pink' }).check({ force: true });
    await look('stage-dialog');
    await add.getByRole('button', { name: 'Add stage' }).click();
    await item('Stages', 'Tasting').getByText('Open · 40% likely').waitFor();
    const start = await names();
    expect(start.at(-1)).toBe('Tasting');

    const up = page.getByRole('button', { name: 'Move Tasting up' });
    await up.focus();
    await page.keyboard.press('Enter');
    await page.getByText(`Tasting is now ${start.length - 1} of ${start.length}.`).waitFor({
      state: 'attached',
    });
    await eventually(async () => expect((await names()).at(-2)).toBe('Tasting'));
    await eventually(async () =>
      expect(await up.evaluate((button) => button === document.activeElement)).toBe(true),
    );

    await item('Stages', 'Tasting').getByTitle('Drag to move').dragTo(item('Stages', 'Qualified'));
    await page.getByText(`Tasting is now 2 of ${start.length}.`).waitFor({ state: 'attached' });
    await eventually(async () => expect((await names())[1]).toBe('Tasting'));
    await look('stages');
  });

  it('changes it, and the board shows it where it stands', async () => {
    await page.getByRole('button', { name: 'Change… Tasting' }).click();
    const change = dialog('Change Tasting');
    await change.getByLabel('Name').fill('Sampling');
    await change.getByRole('button', { name: 'Save changes' }).click();
    await item('Stages', 'Sampling').waitFor();
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Pipeline' })
      .click();
    await column(page, 'Sampling').waitFor();
  });

  it('deletes it: its deals move, with progress', async () => {
    const stages = await api.get('/api/stages');
    const stage = idOf(stages, 'Sampling');
    await api.createDeal({ title: 'Rye for the harbour', value: 100, stage });
    await goTo(page, 'Settings');
    await open('Stages');
    await page.getByRole('button', { name: 'Delete… Sampling' }).click();
    const remove = dialog('Delete Sampling?');
    await remove.getByLabel('Move its deals to').selectOption('Qualified');
    await look('stage-delete');
    await remove.getByRole('button', { name: 'Delete stage' }).click();
    await page.getByText(/Moving the deals of Sampling is done: 1 record\./).waitFor();
  });
});

describe('custom fields', () => {
  it('adds a field which a contact then has, archives it and takes that back', async () => {
    const contactId = await api.post('/api/contacts', { firstName: 'Bea', lastName: 'Berg' });
    await open('Custom fields');
    await page.getByRole('button', { name: 'Contacts' }).click();
    await page.getByText('Contacts have no custom field yet.').waitFor();
    await page.getByRole('button', { name: 'Add contact field…' }).click();
    const add = dialog('Add contact field');
    await add.getByLabel('Label').fill('Favourite bread');
    await eventually(async () =>
      expect(await add.getByLabel('Key').inputValue()).toBe('favouriteBread'),
    );
    await add.getByLabel('Type').selectOption('One of several options');
    await add.getByRole('button', { name: 'Add field' }).click();
    await add.getByText(/Give the options/).waitFor();
    await look('field-dialog');
    await add.getByLabel('Options').fill('Rye\nWheat');
    await add.getByRole('button', { name: 'Add field' }).click();
    const row = item('Fields of contacts', 'Favourite bread');
    await row.getByText('Rye, Wheat').waitFor();
    await look('fields');

    await page.getByRole('button', { name: 'Change… Favourite bread' }).click();
    const change = dialog('Change Favourite bread');
    await change.getByLabel('Options').fill('Rye\nWheat\nSpelt');
    await change.getByRole('button', { name: 'Save changes' }).click();
    await row.getByText('Rye, Wheat, Spelt').waitFor();

    await page.getByRole('button', { name: 'Archive Favourite bread' }).click();
    await row.getByText('Archived').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.getByText('Archived').waitFor({ state: 'detached' });

    await page.goto(pageUrl(`/contacts/${contactId}`));
    await page
      .getByRole('complementary', { name: 'Contact' })
      .getByLabel('Favourite bread')
      .selectOption('Spelt');
    await goTo(page, 'Settings');
  });
});

describe('API keys', () => {
  it('makes a key that works, shows it once, and revokes it', async () => {
    await open('API keys');
    await page.getByText('There is no API key.').waitFor();
    await page.getByRole('button', { name: 'Add API key…' }).click();
    const add = dialog('Add API key');
    await add.getByLabel('Name').fill('Website');
    await add.getByRole('checkbox', { name: 'Read records' }).uncheck();
    await add.getByRole('button', { name: 'Add API key' }).click();
    await add.getByText('Choose at least one.').waitFor();
    await look('key-dialog');
    await add.getByRole('checkbox', { name: 'Read records' }).check();
    await add.getByRole('button', { name: 'Add API key' }).click();
    const shown = dialog('The key for Website');
    const secret = await shown.getByLabel('Secret').inputValue();
    expect(secret).toMatch(/^ak_/);
    await page.keyboard.press('Escape');
    await look('new-key');
    await eventually(async () => expect(await statusWith(secret)).toBe(200));
    await shown.getByRole('button', { name: 'I have stored it' }).click();
    await item('API keys', 'Website').getByText('may read').waitFor();
    expect(await page.content()).not.toContain(secret);
    await look('api-keys');

    await page.getByRole('button', { name: 'Revoke… Website' }).click();
    await dialog('Revoke Website?').getByRole('button', { name: 'Revoke key' }).click();
    await item('API keys', 'Website').getByText('Revoked', { exact: true }).waitFor();
    await eventually(async () => expect(await statusWith(secret)).toBe(401));
  });
});

describe('messages', () => {
  it('sets quiet hours, and says at the field that a number is not ours', async () => {
    await open('Messages');
    const sending = region('Sending');
    await sending.getByRole('checkbox', { name: /Text nobody at night/ }).check();
    await sending.getByLabel('From', { exact: true }).fill('22:00');
    await sending.getByLabel('Most messages a day').fill('250');
    await sending.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor({ state: 'attached' });
    await eventually(async () =>
      expect(await api.get('/api/messages/settings')).toMatchObject({
        ...{ quietHours: { start: '22:00', end: '08:00' }, dailyBudget: 250 },
      }),
    );
    await page.getByRole('button', { name: 'Add number…' }).click();
    const add = dialog('Add number');
    await add.getByLabel('Number', { exact: false }).first().fill(MISSING_NUMBER);
    await add.getByRole('button', { name: 'Add number' }).click();
    await add.getByText(/Twilio account does not have/).waitFor();
    const number = `+1212${randomInt(2_000_000, 9_999_999)}`;
    await add.getByLabel('Number', { exact: false }).first().fill(number);
    await add.getByRole('button', { name: 'Add number' }).click();
    await item('Sender numbers', number).getByText('unknown senders go to Ada Adler').waitFor();
    await eventually(async () =>
      expect(await sending.getByLabel('Texts are sent from').inputValue()).toBe(number),
    );
    await look('messages');

    await page.getByRole('button', { name: `Give up… ${number}` }).click();
    await page.getByRole('button', { name: 'Give up number' }).click();
    await page.getByText('There is no number yet').waitFor();
  });
});

describe('providers', () => {
  it('says what is set up and which address to enter, and never shows a secret', async () => {
    await open('Providers');
    const stripe = item('Providers', 'Stripe');
    await stripe.getByText('/api/payments/stripe/webhook').first().waitFor();
    await item('Providers', 'Twilio').getByText('/api/twilio/sms-webhook').waitFor();
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await stripe.getByRole('button', { name: 'Copy' }).first().click();
    await stripe.getByRole('button', { name: 'Copied' }).waitFor();
    await eventually(async () =>
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http.*webhook$/),
    );
    await look('providers');
  });
});

describe('a rep', () => {
  it('sees the profile alone and is told why the rest is closed', async () => {
    const rep = await openWindow(browser);
    await signInAt(rep.page, await addRep(admin.orgId, 'Rosa Rep'));
    await goTo(rep.page, 'Settings');
    const links = rep.page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    await eventually(async () => expect(await links.allInnerTexts()).toEqual(['Profile']));
    await rep.page.getByText(/looked after by its administrators/).waitFor();
    for (const closed of ['organisation', 'users', 'stages', 'fields', 'api-keys', 'providers']) {
      await rep.page.goto(pageUrl(`/settings/${closed}`));
      await rep.page.getByRole('heading', { name: 'For administrators' }).waitFor();
    }
    await keepLooks(rep.page, 'settings-closed');
    await expectNoBarriers(rep.page);
    await rep.page.goto(pageUrl('/settings/nonsense'));
    await rep.page.getByRole('heading', { name: 'There is no such section' }).waitFor();
    expect(rep.complaints).toEqual([]);
    await rep.context.close();
  });
});

/** What the REST door answers to somebody with the key. */
async function statusWith(secret: string): Promise<number> {
  const headers = { Authorization: `Bearer ${secret}` };
  return (await fetch(pageUrl('/api/deals'), { headers })).status;
}

/** The id of what is called so, in the one list of an answer. */
function idOf(answer: unknown, name: string): string {
  const named = z.array(z.object({ id: z.string(), name: z.string() }));
  const lists: unknown[] = Object.values(answer ?? {});
  const found = lists
    .flatMap((list) => named.safeParse(list).data ?? [])
    .find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not in ${JSON.stringify(answer)}`);
  return found.id;
}
