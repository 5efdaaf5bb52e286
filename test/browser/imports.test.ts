import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { expectNoBarriers, keepLooks } from './support/look.ts';
import { addRep, openApi, type Person, pageUrl, signUpOrganisation } from './support/platform.ts';
import { goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let visitor: Visitor;
let page: Page;
let jobPath: string;

beforeAll(async () => {
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  await api.defineField('contact', { key: 'nickname', label: 'Nickname', type: 'text' });
  visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, admin);
});

afterAll(async () => {
  await browser?.close();
});

/** Uploads a file as somebody with a mouse would. */
async function upload(of: Page, name: string, content: string | Buffer): Promise<void> {
  const buffer = Buffer.from(content);
  await of.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await of.getByRole('button', { name: 'Upload file' }).click();
}

/** Written by a spreadsheet: a mark in front, semicolons, names of several scripts. */
const PEOPLE = `\uFEFFGiven  NAME;Surname;E-Mail Address;Spitzname 🦄;employer
Zoë 🎉;Ōkami;zoe@harbour.example;Zo 🐺;Harbour; Bakery
محمد;العربي;mohamed@harbour.example;أبو علي;مخبز الميناء
דנה;לוי;dana@harbour.example;;
Bad;Row;no address;;
`.replace('Harbour; Bakery', '"Harbour; Bakery"');

function choice(column: string): Locator {
  return page.getByLabel(`Import ${column} as`);
}

describe('the file', () => {
  it('is refused with the reason and what to do', async () => {
    await goTo(page, 'Import');
    await page.getByText('None yet.').waitFor();
    await page.getByRole('button', { name: 'Upload file' }).click();
    await page.getByText('Choose a CSV file first.').waitFor();
    await upload(page, 'latin.csv', Buffer.from('Name\nJos\xe9\n', 'latin1'));
    await page.getByText('The text is not UTF-8; save it as "CSV UTF-8"').waitFor();
    await upload(page, 'empty.csv', '\n\nAda,Adler\n');
    await page.getByText('There is no header line').waitFor();
    await upload(page, 'header.csv', 'Name,E-mail\n');
    await page.getByText('There are no rows below the header line').waitFor();
    await upload(page, 'large.csv', Buffer.alloc(10 * 1024 * 1024, 'a'));
    await page.getByText('The file is larger than 10 MB.').waitFor();
    await keepLooks(page, 'import-file');
    await expectNoBarriers(page);
  });
});

describe('an import of contacts', () => {
  it('guesses the columns, and names what it leaves out', async () => {
    await upload(page, 'people.csv', PEOPLE);
    await choice('Given NAME').waitFor();
    await eventually(async () => expect(await choice('Given NAME').inputValue()).toBe('firstName'));
    await eventually(async () => expect(await choice('Surname').inputValue()).toBe('lastName'));
    await eventually(async () => expect(await choice('E-Mail Address').inputValue()).toBe('email'));
    await eventually(async () => expect(await choice('employer').inputValue()).toBe('company'));
    await page.getByText('Not imported: “Spitzname 🦄”.').waitFor();
    await page.getByText('Zoë 🎉 · محمد · דנה').waitFor();
    await choice('employer').selectOption('E-mail');
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByText('“E-Mail Address” fills this already.').waitFor();
    await choice('employer').selectOption('Company');
    await choice('Spitzname 🦄').selectOption('Nickname');
    await page.getByText('Every column is imported.').waitFor();
    await page.getByLabel('Tags for all of them').fill('fair, harbour');
    await keepLooks(page, 'import-columns');
    await expectNoBarriers(page);
  });

  it('is checked before anything is written', async () => {
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'Some rows cannot be imported' }).waitFor();
    const problems = page.getByRole('region', { name: 'Problems' });
    const row = problems.getByRole('row').filter({ hasText: 'E-mail' });
    await row.getByRole('rowheader', { name: '4' }).waitFor();
    await row.getByText(/e-?mail address/i).waitFor();
    await page.getByText('To be created').waitFor();
    const download = page.waitForEvent('download');
    await problems.getByRole('button', { name: 'Download problems' }).click();
    expect((await download).suggestedFilename()).toMatch(/^import-problems-.*\.csv$/);
    await keepLooks(page, 'import-check');
    await expectNoBarriers(page);
    await eventually(async () =>
      expect(await api.get('/api/contacts')).toMatchObject({ contacts: [] }),
    );
    // The columns stay as they were chosen.
    await page.getByRole('button', { name: 'Back to the columns' }).click();
    const nickname = choice('Spitzname 🦄').locator('option[value="customFields.nickname"]');
    // Custom fields are asked for anew.
    await nickname.waitFor({ state: 'attached' });
    await eventually(async () =>
      expect(await choice('Spitzname 🦄').inputValue()).toBe('customFields.nickname'),
    );
    await page.getByRole('button', { name: 'Check the rows' }).click();
  });

  it('is done by a job that can be left and come back to', async () => {
    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.waitForURL(/\/import\/[^?]+$/);
    jobPath = new URL(page.url()).pathname;
    await goTo(page, 'Companies');
    await page.goto(pageUrl(jobPath));
    await page
      .getByRole('heading', { name: 'The import is done' })
      // The first job of a run waits for the functions to start.
      .waitFor({ timeout: TRIGGER_MS });
    await page
      .getByRole('region', { name: 'Problems' })
      .getByRole('rowheader', { name: '4' })
      .waitFor();
    await keepLooks(page, 'import-done');
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'Show contacts' }).click();
    const list = page.getByRole('list', { name: 'Contacts' });
    await list.getByRole('link', { name: 'محمد العربي' }).waitFor();
    await list.getByRole('link', { name: 'דנה לוי' }).waitFor();
    await list.getByRole('link', { name: 'Zoë 🎉 Ōkami' }).click();
    const contact = page.getByRole('complementary', { name: 'Contact' });
    await contact.getByRole('button', { name: 'Remove the tag harbour' }).waitFor();
    await eventually(async () =>
      expect(await contact.getByLabel('Nickname').inputValue()).toBe('Zo 🐺'),
    );
  });

  it('is undone after naming what stays', async () => {
    await goTo(page, 'Import');
    await page.getByRole('list', { name: 'Your earlier imports' }).getByText('people.csv').click();
    await page.getByRole('button', { name: 'Undo import…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo this import?' });
    await dialog.getByText('The 3 contacts that it created go into the bin.').waitFor();
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Undo import' }).click();
    await page
      .getByRole('heading', { name: 'The import is undone' })
      .waitFor({ timeout: TRIGGER_MS });
    await eventually(async () =>
      expect(await page.getByRole('button', { name: 'Undo import…' }).count()).toBe(0),
    );
    await keepLooks(page, 'import-undone');
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'Show contacts' }).click();
    await page.getByText('No contacts yet.').waitFor();
  });
});

describe('an import of deals', () => {
  it('replaces a stage that is not known here', async () => {
    await goTo(page, 'Import');
    await page.getByRole('radio', { name: /Deals/ }).check();
    await upload(
      page,
      'deals.csv',
      'Deal,Amount,Phase\nOvens,1200,Verhandlung\nFlour,90,Verhandlung\n',
    );
    await choice('Phase').waitFor();
    await eventually(async () => expect(await choice('Phase').inputValue()).toBe('stage'));
    // What is in the address is found again.
    await page.reload();
    await choice('Phase').waitFor();
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByText('Not known here: Stage “Verhandlung”').waitFor();
    await page.getByRole('button', { name: 'Replace them…' }).click();
    await eventually(async () =>
      expect(await page.getByLabel('Read').inputValue()).toBe('Verhandlung'),
    );
    await page.getByRole('combobox', { name: 'As', exact: true }).fill('Negotiation');
    await keepLooks(page, 'import-replace');
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'All rows can be imported' }).waitFor();
    await page.getByText('Stage is replaced in 2 rows').waitFor();
    await page.getByRole('button', { name: 'Import 2 rows' }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

describe('who may import', () => {
  it('lets a rep import what they then own, and shows nobody else’s imports', async () => {
    const rep = await addRep(admin.orgId, 'Rita Rep');
    const own = await openWindow(browser);
    await signInAt(own.page, rep);
    await goTo(own.page, 'Import');
    await own.page.getByText('None yet.').waitFor();
    await upload(own.page, 'own.csv', `Name,Owner email\nBea Berg,\nHers,${admin.email}\n`);
    await own.page.getByText('Is imported as').waitFor();
    await eventually(async () =>
      expect(await own.page.getByLabel('Owner of rows that name none').count()).toBe(0),
    );
    await own.page.getByRole('button', { name: 'Check the rows' }).click();
    await own.page.getByRole('button', { name: 'Import 1 row' }).waitFor();
    const problems = own.page.getByRole('region', { name: 'Problems' });
    await problems.getByRole('rowheader', { name: '2' }).waitFor();
    await own.page.goto(pageUrl(jobPath));
    await own.page.getByRole('heading', { name: 'This import cannot be shown' }).waitFor();
    await expectNoBarriers(own.page);
    expect(own.complaints).toEqual([]);
  });
});
