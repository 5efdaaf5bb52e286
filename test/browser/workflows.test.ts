import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { keepUsableLooks } from './support/look.ts';
import {
  addPerson,
  addRep,
  openApi,
  type Person,
  pageUrl,
  signUpOrganisation,
} from './support/platform.ts';
import { goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

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
});

afterAll(async () => {
  await browser?.close();
});

const NAME = 'Celebrate a win';

function step(number: number): Locator {
  return page.getByRole('region', { name: new RegExp(`^Step ${number}: `) });
}

function titleOf(number: number): Locator {
  return step(number).getByRole('textbox', { name: 'Title' });
}

async function addStep(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add step to “Steps”' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

function row(list: string, name: string): Locator {
  return page
    .getByRole('list', { name: list, exact: true })
    .getByRole('listitem')
    .filter({ hasText: name });
}

function path(): string {
  return new URL(page.url()).pathname;
}

async function saveDraft(): Promise<void> {
  await page.getByRole('button', { name: 'Save draft' }).click();
}

/** Wins a deal as an integrator does; answers its id. */
async function win(title: string): Promise<string> {
  const id = await api.createDeal({ title, value: 1200 });
  await api.patch(`/api/deals/${id}/stage`, { stage: 'CLOSED_WON' });
  return id;
}

/** Waits until it is recorded that the deal was won: with that, its workflows were started. */
async function isWonFor(dealId: string): Promise<void> {
  const end = Date.now() + TRIGGER_MS;
  for (;;) {
    const timeline = JSON.stringify(
      await api.get(`/api/timeline?recordType=deal&recordId=${dealId}`),
    );
    if (timeline.includes('deal.won')) return;
    if (Date.now() > end) throw new Error(`no win is in ${timeline}`);
    await page.waitForTimeout(500);
  }
}

describe('the builder', () => {
  it('begins with templates where there is no workflow', async () => {
    await goTo(page, 'Workflows');
    await page.getByRole('heading', { name: 'No workflows yet' }).waitFor();
    const templates = page.getByRole('list', { name: 'Templates' });
    await templates.getByRole('link', { name: /Won hand-over/ }).waitFor();
    await keepUsableLooks(page, 'workflows-beginning');
    await templates.getByRole('link', { name: /Blank workflow/ }).click();
    await page.getByRole('heading', { name: 'New workflow' }).waitFor();
  });

  it('says at each place what is missing', async () => {
    await addStep('Create a task');
    await saveDraft();
    await page.getByText('Give it a name.').waitFor();
    await step(1).getByRole('alert').getByText('Fill this in.').waitFor();
    await eventually(async () =>
      expect(await titleOf(1).getAttribute('aria-invalid')).toBe('true'),
    );
    await page.getByRole('textbox', { name: 'Name' }).fill(NAME);
    await titleOf(1).fill('Send flowers for ');
    await step(1).getByRole('button', { name: 'Insert field into Title' }).click();
    await page.getByRole('combobox', { name: 'Find a field' }).fill('deal title');
    await page.getByRole('combobox', { name: 'Find a field' }).press('Enter');
    await expectValue(titleOf(1), 'Send flowers for {{deal.title}}');
  });

  it('places what the server refuses at the step', async () => {
    await addStep('Notify people');
    await step(2).getByLabel('The owner of the record').uncheck();
    await step(2).getByLabel('Manager').check();
    await titleOf(2).fill('{{deal.titel}} is won');
    await saveDraft();
    await step(2).getByRole('alert').getByText('there is no merge field').waitFor();
    await keepUsableLooks(page, 'workflow-problem');
    await titleOf(2).fill('{{deal.title}} is won');
    await step(2).getByRole('alert').waitFor({ state: 'detached' });
  });

  it('moves steps by keys, and takes conditions by the type of the field', async () => {
    await titleOf(2).press('Alt+ArrowUp');
    await page.getByRole('region', { name: 'Step 1: Notify people' }).waitFor();
    await page.getByRole('button', { name: 'Move step 1 down' }).press('Enter');
    await page.getByRole('region', { name: 'Step 1: Create a task' }).waitFor();
    await page.getByRole('button', { name: 'Add condition' }).click();
    const condition = page.getByRole('group', { name: 'Condition 1' });
    await condition.getByLabel('Field', { exact: true }).selectOption({ label: 'Value' });
    await condition.getByLabel('Is asked').selectOption({ label: 'is at least' });
    await condition.getByLabel('Value').fill('1000');
  });

  it('asks before unsaved changes are lost', async () => {
    await page.getByRole('link', { name: 'Contacts' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await eventually(async () => expect(path()).toBe('/workflows/new'));
    await page.goBack();
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await expectValue(page.getByRole('textbox', { name: 'Name' }), NAME);
  });

  it('saves a draft, tries it on a record and on history, and activates it', async () => {
    await saveDraft();
    await page.getByRole('heading', { name: 'Edit workflow' }).waitFor();
    await page.getByText('Version 1 is saved. It does not run until you activate it.').waitFor();
    const past = await win('Past win');
    await page.getByRole('combobox', { name: 'Find a deal to try it on' }).fill('past win');
    await page.getByRole('option', { name: /Past win/ }).click();
    const would = page.getByRole('list', { name: 'What it would do' });
    await would.getByText('Send flowers for Past win').waitFor();
    await keepUsableLooks(page, 'workflow-builder');
    await page.getByRole('button', { name: 'On history' }).click();
    await isWonFor(past);
    await page.getByRole('button', { name: 'Run backtest' }).click();
    await page.getByText('It would have run 1 time on 1 record.').waitFor();
    await page.getByRole('link', { name: 'Past win' }).waitFor();
    await keepUsableLooks(page, 'workflow-backtest');
    await page.getByRole('button', { name: 'Activate…' }).click();
    const dialog = page.getByRole('dialog', { name: `Activate version 1 of ${NAME}?` });
    await dialog.getByText('It runs for what happens from now on').waitFor();
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('heading', { name: NAME }).getByText('Active').waitFor();
    await page.getByText('Value is at least $1,000').waitFor();
  });
});

describe('runs', () => {
  it('shows what each step did, and leaves what failed for a person', async () => {
    await win('Big win');
    await page.goto(pageUrl('/workflows/runs'));
    const failed = row('Runs', 'Big win');
    await refreshUntil(failed.getByText('Failed'));
    await failed.getByRole('link', { name: NAME }).click();
    const log = page.getByRole('list', { name: 'Steps of the run' });
    await log.getByText('Send flowers for Big win').waitFor();
    await log.getByText('none of the people to be notified is active').waitFor();
    await page.getByRole('button', { name: 'Replay the decisions' }).click();
    await page.getByText('Every decision comes out as it was.').waitFor();
    await keepUsableLooks(page, 'workflow-run');
  });

  it('re-drives what failed once its cause is gone', async () => {
    await addPerson(admin.orgId, 'Max Manager', { role: 'manager' });
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('button', { name: 'Failed', exact: true }).click();
    await page.getByRole('list', { name: 'Failed runs' }).waitFor();
    await page.getByLabel('Select all shown').check();
    await keepUsableLooks(page, 'workflow-failed');
    await page.getByRole('button', { name: 'Re-drive 1…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Re-drive this run?' });
    await dialog.getByText('what its earlier steps did is not done again').waitFor();
    await dialog.getByRole('button', { name: 'Re-drive', exact: true }).click();
    await page.getByText('Nothing has failed.').waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await refreshUntil(row('Runs', 'Big win').getByText('Done'));
    const { tasks } = tasksIn(await api.get('/api/tasks'));
    expect(tasks.map(({ title }) => title)).toEqual(['Send flowers for Big win']);
  });
});

describe('the list', () => {
  it('pauses a workflow, which then starts for nothing, and takes that back', async () => {
    await goTo(page, 'Workflows');
    const listed = row('Workflows', NAME);
    await listed.getByText('Deal won').waitFor();
    await listed.getByRole('button', { name: `Pause ${NAME}` }).click();
    await listed.getByText('Paused').waitFor();
    await isWonFor(await win('Quiet win'));
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await listed.getByText('Active').waitFor();
    await listed.getByRole('link', { name: '1 run', exact: true }).waitFor();
    await keepUsableLooks(page, 'workflows');
  });

  it('archives after naming the consequence', async () => {
    await row('Workflows', NAME).getByRole('link', { name: NAME }).click();
    await page.getByRole('list', { name: 'Versions' }).getByText('Runs').waitFor();
    await keepUsableLooks(page, 'workflow');
    await page.getByRole('button', { name: 'Archive…' }).click();
    const dialog = page.getByRole('dialog', { name: `Archive ${NAME}?` });
    await dialog.getByText('this cannot be taken back').waitFor();
    await dialog.getByText('Runs under way go on to their end.').waitFor();
    await dialog.getByRole('button', { name: 'Archive workflow' }).click();
    await page.getByRole('heading', { name: NAME }).getByText('Archived').waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('opens a template in the builder', async () => {
    await page.goto(pageUrl('/workflows/new?template=speed-to-lead'));
    await expectValue(page.getByRole('textbox', { name: 'Name' }), 'Speed to lead');
    await page
      .getByRole('region', { name: 'Step 4: Branch' })
      .getByLabel('Field', { exact: true })
      .waitFor();
    await keepUsableLooks(page, 'workflow-template');
  });
});

describe('who may see what', () => {
  it('shows a manager the runs about their teams, and no workflow', async () => {
    const own = await openWindow(browser);
    await signInAt(own.page, await addPerson(admin.orgId, 'Mia Manager', { role: 'manager' }));
    await goTo(own.page, 'Workflows');
    await own.page.getByText('with the records of your teams').waitFor();
    await own.page.getByText('Nothing has run yet.').waitFor();
    await eventually(async () => expect(own.page.url()).toContain('/workflows/runs'));
    await eventually(async () =>
      expect(await own.page.getByRole('link', { name: 'New workflow' }).count()).toBe(0),
    );
    await own.context.close();
  });

  it('tells a rep whom it is for', async () => {
    const own = await openWindow(browser);
    await signInAt(own.page, await addRep(admin.orgId, 'Rita Rep'));
    await own.page.goto(pageUrl('/workflows'));
    await own.page.getByRole('heading', { name: 'For administrators and managers' }).waitFor();
    await own.context.close();
  });
});

async function expectValue(input: Locator, value: string): Promise<void> {
  await input.waitFor();
  await eventually(async () => expect(await input.inputValue()).toBe(value));
}

/** Asks for the list anew until something is in it: a run begins and ends by itself. */
async function refreshUntil(sought: Locator): Promise<void> {
  const end = Date.now() + TRIGGER_MS;
  while (Date.now() < end) {
    const isThere = await sought.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await page.getByRole('button', { name: 'Refresh' }).click();
  }
  await sought.waitFor({ timeout: 1 });
}

interface Titled {
  readonly title: string;
}

function tasksIn(answer: unknown): { readonly tasks: readonly Titled[] } {
  if (typeof answer !== 'object' || answer === null || !('tasks' in answer)) {
    throw new Error(`there are no tasks in ${JSON.stringify(answer)}`);
  }
  return { tasks: Array.isArray(answer.tasks) ? answer.tasks : [] };
}
