import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { until } from '../support/until.ts';
import { launchChromium } from './support/chromium.ts';
import { eventually, TRIGGER_MS } from './support/eventually.ts';
import { expectNoBarriers, keepLooks } from './support/look.ts';
import { addRep, openApi, type Person, pageUrl, signUpOrganisation } from './support/platform.ts';
import { goTo, openWindow, signInAt, type Visitor } from './support/visitor.ts';

/** What the endpoint got, and how it answers. */
const endpoint = {
  url: '',
  received: [] as { headers: IncomingHttpHeaders; body: string }[],
  status: 200,
  answer: 'ok',
};
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  endpoint.received.push({ headers: request.headers, body });
  response.writeHead(endpoint.status).end(endpoint.answer);
});

let browser: Browser;
let admin: Person;
let api: Awaited<ReturnType<typeof openApi>>;
let visitor: Visitor;
let page: Page;
let secret: string;
/** The subscription at the REST door. */
let apiPath: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  // On the local platform, webhooks may go to this machine.
  endpoint.url = `http://127.0.0.1:${port}/hooks`;
  browser = await launchChromium();
  admin = await signUpOrganisation('Ada Adler');
  api = await openApi(admin);
  visitor = await openWindow(browser);
  page = visitor.page;
  await signInAt(page, admin);
});

afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function log(): Locator {
  return page.getByRole('list', { name: 'Deliveries' });
}

/** The line of a delivery, by the type of its event. */
function line(type: string): Locator {
  return log().getByRole('listitem').filter({ hasText: type });
}

function panel(): Locator {
  return page.getByRole('complementary', { name: 'Delivery' });
}

async function choose(item: string): Promise<void> {
  await page.getByRole('button', { name: 'More about this webhook' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The message of an event type that came last. */
function lastOf(type: string) {
  return endpoint.received.findLast(({ body }) => body.includes(`"${type}"`));
}

/** Waits for a message that says something. */
function arrival(type: string, text: string) {
  const check = async () => (lastOf(type)?.body.includes(text) ? true : undefined);
  return until(`${type} about ${text}`, check, TRIGGER_MS);
}

describe('a webhook', () => {
  it('says at the fields what is missing or wrong', async () => {
    await goTo(page, 'Webhooks');
    await page.getByText('No webhooks yet.').waitFor();
    await page.getByRole('button', { name: 'Add webhook' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add webhook' });
    await dialog.getByLabel('Search events').waitFor();
    await dialog.getByRole('button', { name: 'Add webhook' }).click();
    await dialog.getByText('Enter the address that events are sent to.').waitFor();
    await dialog.getByText('Choose at least one type of event.').waitFor();
    await dialog.getByLabel('Address').fill('ftp://example.com/hooks');
    await dialog.getByLabel('Search events').fill('deal created');
    await dialog.getByRole('checkbox', { name: 'deal.created' }).check();
    await dialog.getByRole('button', { name: 'Add webhook' }).click();
    await dialog.getByText('Must begin with https://').waitFor();
  });

  it('is added with two types, and its secret is shown this once', async () => {
    const dialog = page.getByRole('dialog', { name: 'Add webhook' });
    await dialog.getByLabel('Address').fill(endpoint.url);
    await dialog.getByLabel('Description').fill('The warehouse');
    await dialog.getByLabel('Search events').fill('moved stage');
    await dialog.getByRole('checkbox', { name: 'deal.stage_changed' }).check();
    await dialog.getByLabel('Search events').fill('');
    await dialog.getByRole('button', { name: 'Add header' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('X-Api-Key');
    await dialog.getByRole('textbox', { name: 'Value' }).fill('of the warehouse');
    await keepLooks(page, 'webhook-add');
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Add webhook' }).click();
    const shown = page.getByRole('dialog', { name: 'Signing secret' });
    secret = await shown.getByRole('textbox', { name: 'Signing secret' }).inputValue();
    expect(secret).toMatch(/^whsec_.{40,}$/);
    await keepLooks(page, 'webhook-secret');
    await expectNoBarriers(page);
    await shown.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: endpoint.url }).waitFor();
    await page.getByText('Nothing was sent yet.').waitFor();
    apiPath = new URL(page.url()).pathname.replace('/subscriptions', '/api/webhooks');
    await page.reload();
    await page.getByText('Shown once when it was made.').waitFor();
    expect(await page.content()).not.toContain('whsec_');
    await eventually(async () =>
      expect(await api.get(apiPath)).toMatchObject({
        ...{ types: ['deal.created', 'deal.stage_changed'], description: 'The warehouse' },
        headerNames: ['X-Api-Key'],
      }),
    );
  });

  it('is tried out with a test event, signed with the secret', async () => {
    await page.getByRole('button', { name: 'Send test event' }).click();
    await panel().getByText('Delivered', { exact: true }).waitFor({ timeout: TRIGGER_MS });
    await panel().getByRole('region', { name: 'Attempts' }).getByText('200').waitFor();
    const came = lastOf('webhook.test');
    if (came === undefined) throw new Error('the test event has not come');
    const headers = Object.entries(came.headers).map(([name, value]) => [name, String(value)]);
    expect(new Webhook(secret).verify(came.body, Object.fromEntries(headers))).toMatchObject({
      type: 'webhook.test',
    });
    expect(came.headers['x-api-key']).toBe('of the warehouse');
    await panel().press('Escape');
    await line('webhook.test').getByText('Delivered').waitFor();
  });
});

describe('the delivery log', () => {
  let dealId: string;

  it('shows a change of a deal as it was sent and taken', async () => {
    dealId = await api.createDeal({ title: 'Ovens for the quay', value: 900 });
    await arrival('deal.created', 'Ovens for the quay');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await line('deal.created').getByText('Delivered').waitFor();
    await line('deal.created').getByText('200').waitFor();
    await line('deal.created').getByRole('button').click();
    const request = panel().getByRole('region', { name: 'Request' });
    await request.getByText('Ovens for the quay').waitFor();
    await request.getByText('x-api-key').waitFor();
    await eventually(async () =>
      expect(await request.textContent()).not.toContain('of the warehouse'),
    );
    await keepLooks(page, 'webhook-delivery');
    await expectNoBarriers(page);
    await panel().press('Escape');
  });

  it('shows why a delivery fails and when it is tried next, and sends it again', async () => {
    endpoint.status = 503;
    endpoint.answer = 'closed for stocktaking';
    await api.patch(`/api/deals/${dealId}/stage`, { stage: 'QUALIFIED' });
    await arrival('deal.stage_changed', dealId);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await line('deal.stage_changed').getByText('503').waitFor();
    await line('deal.stage_changed')
      .getByText(/^(Next try|Being sent)/)
      .waitFor();
    await page.getByRole('button', { name: 'Pending', exact: true }).click();
    await line('deal.created').waitFor({ state: 'detached' });
    await keepLooks(page, 'webhook-log');
    await expectNoBarriers(page);
    await line('deal.stage_changed').getByRole('button').click();
    await panel().getByText('closed for stocktaking').first().waitFor();
    endpoint.status = 200;
    endpoint.answer = 'ok';
    const sentBefore = endpoint.received.length;
    await panel().getByRole('button', { name: 'Redeliver' }).click();
    await panel().getByText('Delivered', { exact: true }).waitFor({ timeout: TRIGGER_MS });
    expect(endpoint.received.length).toBeGreaterThan(sentBefore);
    expect(lastOf('deal.stage_changed')?.headers['webhook-id']).toContain(dealId);
    await panel().press('Escape');
    await page.getByText('No delivery is pending.').waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await line('deal.stage_changed').getByText('Delivered').waitFor();
  });

  it('sends again what failed since a time, if there is any', async () => {
    await page.getByRole('button', { name: 'Redeliver failed…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Redeliver what was not taken?' });
    await dialog.getByLabel('Since').fill('2026-01-01T00:00');
    await dialog.getByRole('button', { name: 'Redeliver' }).click();
    await dialog.getByText('Nothing since then has to be sent again.').waitFor();
    await keepLooks(page, 'webhook-redeliver');
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
});

describe('looking after a webhook', () => {
  it('pauses it, which skips what waits, and resumes it', async () => {
    endpoint.status = 500;
    await api.createDeal({ title: 'Nobody takes it', value: 1 });
    await arrival('deal.created', 'Nobody takes it');
    await choose('Pause…');
    const dialog = page.getByRole('dialog', { name: 'Pause this webhook?' });
    await dialog.getByRole('button', { name: 'Pause webhook' }).click();
    await page.getByText('It is paused.').waitFor();
    const before = endpoint.received.length;
    await api.createDeal({ title: 'While paused', value: 1 });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('It is paused.').waitFor({ state: 'detached' });
    endpoint.status = 200;
    expect(endpoint.received.slice(before).map(({ body }) => body)).not.toContain('While paused');
  });

  it('edits it without touching its headers', async () => {
    await page.getByRole('button', { name: 'Edit…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    await dialog.getByText('X-Api-Key, whose values are not shown').waitFor();
    await dialog.getByRole('button', { name: 'Remove deal.created' }).click();
    await dialog.getByRole('checkbox', { name: 'deal.*' }).check();
    await dialog.getByRole('button', { name: 'Save webhook' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Events' }).getByText('deal.*').waitFor();
    await eventually(async () =>
      expect(await api.get(apiPath)).toMatchObject({
        ...{ types: ['deal.*'], headerNames: ['X-Api-Key'] },
      }),
    );
  });

  it('shows whose records it is about when it is edited again', async () => {
    const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
    const owner = dialog.getByLabel('Only records owned by');
    await page.getByRole('button', { name: 'Edit…' }).click();
    await owner.selectOption({ label: 'Ada Adler' });
    await dialog.getByRole('button', { name: 'Save webhook' }).click();
    await page.getByText('owned by Ada Adler').waitFor();
    await page.getByRole('button', { name: 'Edit…' }).click();
    // The people come when the dialog is there already.
    await owner.getByRole('option', { name: 'Ada Adler' }).waitFor({ state: 'attached' });
    await eventually(async () =>
      expect(await owner.locator('option:checked').textContent()).toBe('Ada Adler'),
    );
    await owner.selectOption({ label: 'Everybody' });
    await dialog.getByRole('button', { name: 'Save webhook' }).click();
    await page.getByText('owned by Ada Adler').waitFor({ state: 'detached' });
  });

  it('rotates the secret, and both are valid for a while', async () => {
    await choose('Rotate secret…');
    const dialog = page.getByRole('dialog', { name: 'Rotate the secret?' });
    await dialog.getByRole('button', { name: 'Rotate secret' }).click();
    const shown = page.getByRole('dialog', { name: 'Signing secret' });
    const next = await shown.getByRole('textbox', { name: 'Signing secret' }).inputValue();
    expect(next).toMatch(/^whsec_/);
    expect(next).not.toBe(secret);
    await shown.getByRole('button', { name: 'Done' }).click();
    await page.getByText('The one before is valid as well until').waitFor();
  });

  it('is listed, and deleted after naming the consequence', async () => {
    await page.getByRole('link', { name: 'All webhooks' }).click();
    const list = page.getByRole('list', { name: 'Webhooks' });
    await list.getByText('Active').waitFor();
    await keepLooks(page, 'webhooks');
    await expectNoBarriers(page);
    await list.getByRole('link', { name: endpoint.url }).click();
    await choose('Delete…');
    const dialog = page.getByRole('dialog', { name: 'Delete this webhook?' });
    await dialog.getByText('This cannot be undone.').waitFor();
    await dialog.getByRole('button', { name: 'Delete webhook' }).click();
    await page.getByText('No webhooks yet.').waitFor();
  });

  it('says what to do when the list cannot be loaded', async () => {
    await page.route('**/api/webhooks', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'The webhooks cannot be shown' }).waitFor();
    await page.unroute('**/api/webhooks');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No webhooks yet.').waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('is for administrators', async () => {
    const rep = await addRep(admin.orgId, 'Rita Rep');
    const own = await openWindow(browser);
    await signInAt(own.page, rep);
    const navigation = own.page.getByRole('navigation', { name: 'Main' });
    await eventually(async () =>
      expect(await navigation.getByRole('link', { name: 'Webhooks' }).count()).toBe(0),
    );
    await own.page.goto(pageUrl('/subscriptions'));
    await own.page.getByRole('heading', { name: 'For administrators' }).waitFor();
    await expectNoBarriers(own.page);
    expect(own.complaints).toEqual([]);
  });
});
