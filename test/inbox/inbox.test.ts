import { describe, expect, it, jest } from '@jest/globals';
import { StripePermanentError } from '../../functions/src/integrations/stripe/stripe.port.ts';
import {
  driveInbox,
  type InboxHandler,
  type InboxHandlers,
  InboxRefusal,
  processEntry,
  receiveDelivery,
} from '../../functions/src/modules/inbox/inbox.public.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Log } from '../../functions/src/platform/log.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { storedEntry } from '../support/inbox.ts';
import { invocationAt } from '../support/jobs.ts';
import { ownSpan } from '../support/window.ts';

/** In a far future of its own: the sweep goes through all there is. */
const span = ownSpan();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

async function received(
  fields: { type?: string; account?: string | null; payload?: Record<string, unknown> } = {},
): Promise<string> {
  const eventId = `evt_${newId()}`;
  const { duplicate } = await receiveDelivery(invocationAt(span.at(0)), {
    ...{ provider: 'stripe', eventId, type: 'charge.refunded', occurredAt: new Date(0) },
    ...{ livemode: false, account: null, payload: { id: 'ch_1' }, ...fields },
  });
  expect(duplicate).toBe(false);
  return eventId;
}

function handling(
  run: InboxHandler['run'],
  source: InboxHandler['source'] = 'platform',
): InboxHandlers {
  return { stripe: { 'charge.refunded': { source, run } } };
}

const process = (eventId: string, handlers: InboxHandlers, ms = 1000) =>
  processEntry(invocationAt(span.at(ms)), handlers, `stripe_${eventId}`);

describe('an entry', () => {
  it('is processed once, and stays so when the trigger comes again', async () => {
    const eventId = await received();
    const seen: string[] = [];
    const handlers = handling(async (_, { payload, id }) => {
      seen.push(`${id} ${String(payload.id)}`);
    });
    expect(await process(eventId, handlers)).toBe('processed');
    expect(await process(eventId, handlers)).toBe('processed');
    expect(seen).toEqual([`stripe_${eventId} ch_1`]);
    expect(await storedEntry(eventId)).toMatchObject({
      ...{ status: 'processed', attempts: 1, error: null, dueAt: null },
      ...{ finishedAt: span.at(1000), expiresAt: expect.any(Date) },
    });
  });

  it('is kept as ignored when its type has no handler', async () => {
    const eventId = await received({ type: 'customer.created' });
    expect(
      await process(
        eventId,
        handling(async () => undefined),
      ),
    ).toBe('ignored');
    expect(await storedEntry(eventId)).toMatchObject({ status: 'ignored', attempts: 0 });
  });

  it.each([
    ['platform', 'acct_1'],
    ['connected', null],
  ] as const)('is ignored when it is for the %s and of account %s', async (source, account) => {
    const eventId = await received({ account });
    const run = jest.fn(async () => undefined);
    expect(await process(eventId, handling(run, source))).toBe('ignored');
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ['a refusal', new InboxRefusal('There is no such deal')],
    ['a rule', new AppError('failed-precondition', 'There is no such deal')],
    ['Stripe’s word', new StripePermanentError('resource_missing', 'There is no such deal')],
  ])('is failed, visibly, for good: %s', async (_, error) => {
    const eventId = await received();
    const log: Log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
    const run = jest.fn(() => Promise.reject(error));
    const ctx = { ...invocationAt(span.at(1000)), log };
    expect(await processEntry(ctx, handling(run), `stripe_${eventId}`)).toBe('failed');
    expect(await process(eventId, handling(run))).toBe('failed');
    expect(run).toHaveBeenCalledTimes(1);
    expect(await storedEntry(eventId)).toMatchObject({
      ...{ status: 'failed', attempts: 1, error: 'There is no such deal', dueAt: null },
      // Nobody has looked at it yet.
      expiresAt: null,
    });
    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ inboxId: `stripe_${eventId}` }),
      'delivery failed for good',
    );
  });

  it('fails when its content is too large to be kept', async () => {
    const payload = { id: 'ch_1', padding: 'x'.repeat(100_001) };
    const eventId = await received({ payload });
    expect(await storedEntry(eventId)).toMatchObject({
      payload: {},
      error: expect.stringContaining('larger'),
    });
  });

  it('throws what may pass, and is tried again when its pause is over', async () => {
    const eventId = await received();
    const run = jest.fn<InboxHandler['run']>(() => Promise.reject(new Error('busy')));
    await expect(process(eventId, handling(run), 1000)).rejects.toThrow('busy');
    expect(await storedEntry(eventId)).toMatchObject({
      ...{ status: 'pending', attempts: 1, error: 'busy', dueAt: span.at(11_000) },
    });
    expect(await process(eventId, handling(run), 5000)).toBe('later');
    expect(run).toHaveBeenCalledTimes(1);
    expect(
      await process(
        eventId,
        handling(async () => undefined),
        11_000,
      ),
    ).toBe('processed');
    expect(await storedEntry(eventId)).toMatchObject({ attempts: 2, error: null });
  });

  it('is given up visibly three days after the first attempt, no sooner', async () => {
    const eventId = await received();
    const handlers = handling(() => Promise.reject(new Error('not there yet')));
    let ms = 0;
    for (let attempt = 1; attempt < 24; attempt += 1) {
      await expect(process(eventId, handlers, ms)).rejects.toThrow('not there yet');
      const due = (await storedEntry(eventId))?.dueAt;
      ms = Number(due) - span.at(0).getTime();
    }
    expect(ms).toBeGreaterThan(72 * HOUR_MS);
    expect(await process(eventId, handlers, ms)).toBe('failed');
    expect(await storedEntry(eventId)).toMatchObject({
      ...{ status: 'failed', attempts: 24 },
      error: 'Given up after 24 attempts: not there yet',
    });
  });

  it.each([
    ['before', 1],
    ['after', 1],
    ['before', 2],
    ['after', 2],
  ] as const)('survives a process that dies %s its call %d', async (when, call) => {
    const eventId = await received();
    const done = new Set<string>();
    const handlers = handling(async (_, { id }) => {
      done.add(id);
    });
    const dying = invocationAt(span.at(1000), { meter: new DyingMeter(call, when) });
    await expect(processEntry(dying, handlers, `stripe_${eventId}`)).rejects.toThrow(Killed);
    expect(await process(eventId, handlers, 2000)).toBe('processed');
    expect([...done]).toEqual([`stripe_${eventId}`]);
  });

  it('has one outcome when two are at it', async () => {
    const eventId = await received();
    const handlers = handling(async () => undefined);
    const outcomes = await Promise.all([process(eventId, handlers), process(eventId, handlers)]);
    expect(outcomes).toContain('processed');
    expect(await storedEntry(eventId)).toMatchObject({ status: 'processed', attempts: 1 });
  });
});

describe('the sweep', () => {
  it('takes up what no trigger has seen for two minutes, and what waits for another attempt', async () => {
    const ofSweep = ownSpan();
    const at = (ms: number) => invocationAt(ofSweep.at(ms));
    const eventIds = [`evt_${newId()}`, `evt_${newId()}`];
    for (const eventId of eventIds) {
      await receiveDelivery(at(0), {
        ...{ provider: 'stripe', eventId, type: 'charge.refunded', occurredAt: new Date(0) },
        ...{ livemode: false, account: null, payload: {} },
      });
    }
    let isBusy = true;
    const ran: string[] = [];
    const handlers = handling(async (_, { eventId }) => {
      // Of other tests there may be entries of earlier centuries.
      if (!eventIds.includes(eventId)) return;
      ran.push(eventId);
      if (eventId === eventIds[0] && isBusy) throw new Error('busy');
    });
    await driveInbox(at(2 * MINUTE_MS - 1), handlers);
    expect(ran).toEqual([]);
    await driveInbox(at(2 * MINUTE_MS), handlers);
    expect(ran.toSorted()).toEqual(eventIds.toSorted());
    isBusy = false;
    await driveInbox(at(3 * MINUTE_MS), handlers);
    expect(ran).toHaveLength(3);
    await driveInbox(at(4 * MINUTE_MS), handlers);
    expect(ran).toHaveLength(3);
    for (const eventId of eventIds) {
      expect(await storedEntry(eventId)).toMatchObject({ status: 'processed', dueAt: null });
    }
  });
});
