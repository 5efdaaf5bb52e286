/** Each action of workflows cut at each of its calls, and gone on with: the effect is there once. */
import { describe, expect, it, jest } from '@jest/globals';
import { createContact } from '../../functions/src/modules/contacts/contacts.public.ts';
import { createDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { DyingMeter, Killed, LostReplyMeter, ReplyLost } from '../support/faults.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { MINUTE_MS, RunWorld } from './run-world.ts';

const memory = MemoryFirestore.install();
const MOST_CALLS = 60;
jest.setTimeout(120_000);

const effects: Readonly<Record<string, { type: string; config: object }>> = {
  'send an e-mail to the contact': {
    type: 'SEND_EMAIL',
    config: { to: 'contact', subject: 'Hi', body: 'Hi {{contact.firstName}}' },
  },
  'send an e-mail to the owner': {
    type: 'SEND_EMAIL',
    config: { to: 'owner', subject: 'Hi', body: 'Hi {{owner.name}}' },
  },
  'add a tag': { type: 'ADD_TAG', config: { tag: 'new' } },
  'remove a tag': { type: 'REMOVE_TAG', config: { tag: 'old' } },
  'update fields': {
    type: 'UPDATE_FIELDS',
    config: {
      fields: { description: 'Of {{owner.name}}', value: { amountMinor: 7, currency: 'USD' } },
    },
  },
  'move the stage': { type: 'MOVE_STAGE', config: { stage: 'QUALIFIED' } },
  'assign in turn': { type: 'ASSIGN', config: { strategy: 'roundRobin', uids: ['rep2', 'rep3'] } },
  'assign to who has least': {
    type: 'ASSIGN',
    config: { strategy: 'leastLoaded', uids: ['rep2', 'rep3'] },
  },
  'create a task': { type: 'CREATE_TASK', config: { title: 'Call', dueInMinutes: 5 } },
  'create a note': { type: 'CREATE_NOTE', config: { text: 'Call' } },
  'create an appointment': {
    type: 'CREATE_APPOINTMENT',
    config: { title: 'Demo', startsInMinutes: 60 },
  },
  'create a deal': {
    type: 'CREATE_DEAL',
    config: { title: 'Next', value: { amountMinor: 5, currency: 'USD' } },
  },
  notify: { type: 'NOTIFY', config: { roles: ['admin'], owner: true, title: 'New' } },
  'call a webhook': { type: 'CALL_WEBHOOK', config: { url: 'https://example.com/hook' } },
  'draft a message': { type: 'DRAFT_MESSAGE', config: { context: 'Say hello' } },
};

/** What is there in the end, without ids and times, which a second try makes anew. */
async function stateOf(world: RunWorld) {
  const told = async (collection: string, ...fields: string[]) => {
    const all = await world.all(collection);
    return all
      .map((each) => fields.map((field) => JSON.stringify(each[field])).join(' '))
      .toSorted();
  };
  return {
    deals: await told(
      'deals',
      'title',
      'ownerId',
      'tags',
      'stageKey',
      'valueMinor',
      'description',
      'version',
    ),
    ...{ tasks: await told('tasks', 'title'), notes: await told('notes', 'text') },
    appointments: await told('appointments', 'title'),
    messages: await told('messages', 'content'),
    notices: (await world.all('notifications')).filter(({ kind }) => kind === 'workflow').length,
    deliveries: (await world.all('deliveries')).length,
    turns: await told('turns', 'taken'),
    runs: (await world.runs()).map(({ status, log }) => [
      status,
      log.map(({ outcome }) => outcome),
    ]),
    // Told again by a killed worker, under the same id.
    mails: [...new Set(world.mails)].length,
  };
}

/** A deal whose workflow has been started and has done nothing yet. */
async function prepared({ type, config }: { type: string; config: object }): Promise<RunWorld> {
  memory.clear();
  const world = new RunWorld(memory, 'cuts');
  await world.company.open();
  const trigger = { kind: 'event', types: ['deal.created'] };
  const condition = { field: 'title', operator: 'equals', value: 'Website' };
  const note = { id: 'last', type: 'CREATE_NOTE', config: { text: 'Last' } };
  await world.workflow({ trigger, condition, steps: [{ id: 'step', type, config }, note] });
  const { id } = await createContact(world.as('rep1'), {
    ...{ firstName: 'Ada', email: 'ada@example.com' },
  });
  await createDeal(world.as('rep1'), {
    ...{ title: 'Website', value: { amountMinor: 100 }, contactIds: [id], tags: ['old'] },
  });
  for (const change of world.changes.splice(0)) await world.deliver(change);
  return world;
}

/** Goes on as tasks and sweeps do. */
async function goOn(world: RunWorld): Promise<void> {
  await world.settle();
  for (let sweeps = 0; sweeps < 3; sweeps += 1) await world.passAndSettle(3 * MINUTE_MS);
}

const cuts = {
  'before the call': (call: number) => new DyingMeter(call, 'before'),
  'after the call': (call: number) => new DyingMeter(call, 'after'),
  'with the reply lost': (call: number) => new LostReplyMeter(call),
};

describe.each(Object.entries(effects))('%s', (_name, step) => {
  it('cut anywhere and gone on with is there once', async () => {
    const whole = await prepared(step);
    await goOn(whole);
    const expected = await stateOf(whole);
    expect(expected.runs).toEqual([['done', ['done', 'done']]]);
    for (const meterAt of Object.values(cuts)) {
      for (let call = 1; ; call += 1) {
        if (call > MOST_CALLS) throw new Error(`more than ${MOST_CALLS} calls`);
        const world = await prepared(step);
        const meter = meterAt(call);
        for (const task of world.asked.splice(0)) {
          await world.perform(task, meter).catch((error: unknown) => {
            if (!(error instanceof Killed || error instanceof ReplyLost)) throw error;
          });
        }
        if (meter.calls < call) break;
        await goOn(world);
        expect({ call, ...(await stateOf(world)) }).toEqual({ call, ...expected });
      }
    }
  });
});
