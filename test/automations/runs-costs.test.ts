import { beforeEach, describe, expect, it } from '@jest/globals';
import { createCompany } from '../../functions/src/modules/companies/companies.public.ts';
import {
  createContact,
  updateContact,
} from '../../functions/src/modules/contacts/contacts.public.ts';
import { updateDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { createLead } from '../../functions/src/modules/leads/leads.public.ts';
import { newPlanSchema } from '../../functions/src/modules/plans/plans.schema.ts';
import { createPlan } from '../../functions/src/modules/plans/plans.service.ts';
import { createSubscription } from '../../functions/src/modules/subscriptions/subscriptions.service.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { storeText } from '../support/messages.ts';
import { note, onDeal, RunWorld } from './run-world.ts';

const memory = MemoryFirestore.install();
let world: RunWorld;

beforeEach(async () => {
  memory.clear();
  world = new RunWorld(memory, 'runs');
  await world.company.open();
  world.changes.splice(0);
});

describe('what workflows cost', () => {
  /**
   * What one write of a person sets going until all is quiet: the trigger of what was written, one for
   * each record whose derived fields follow, and a task for each workflow it starts, each subscription
   * that hears it and each alert it raises.
   */
  const invocations = {
    'a write that nobody hears': { triggers: 1, tasks: [] },
    'a write that two workflows hear': { triggers: 1, tasks: ['runWorkflow', 'runWorkflow'] },
    'a write that one hears whose conditions do not hold': { triggers: 1, tasks: [] },
    'a write that a subscription hears': { triggers: 1, tasks: ['deliverWebhook'] },
    'a write that people are told of': { triggers: 1, tasks: ['handOutAlert'] },
    'a deal that is won, with what it pays': { triggers: 1, tasks: ['handOutAlert'] },
    'a contact that is linked to a deal': { triggers: 1, tasks: [] },
    'a contact on two deals that is renamed': { triggers: 3, tasks: [] },
    'a contact with three messages that is given away': { triggers: 4, tasks: [] },
    'a title that the web client writes': { triggers: 2, tasks: [] },
  };

  const countOf = async (write: () => Promise<unknown>) => {
    await world.settle();
    await write();
    let triggers = 0;
    for (let change = world.changes.shift(); change !== undefined; change = world.changes.shift()) {
      triggers += 1;
      await world.deliver(change);
    }
    return { triggers, tasks: world.asked.splice(0).map(({ queue }) => queue) };
  };

  it('in invocations is what is declared', async () => {
    const condition = { field: 'title', operator: 'equals', value: 'Nobody' };
    const ofLeads = (more: object = {}) => ({
      trigger: { kind: 'event', types: ['lead.created'] },
      ...more,
    });
    await world.workflow(onDeal([note('one', 'One')], ofLeads()));
    await world.workflow(onDeal([note('two', 'Two')], ofLeads()));
    const types = ['deal.value_changed'];
    await world.workflow(
      onDeal([note('no', 'No')], { condition, trigger: { kind: 'event', types } }),
    );
    const [dealId, otherId] = [await world.newDeal(), await world.newDeal()];
    const phone = '+14155550101';
    const { id: contactId } = await createContact(world.as('rep1'), { firstName: 'Ada', phone });
    await createPlan(
      world.as('admin1'),
      newPlanSchema.parse({
        name: 'Ten per cent',
        terms: { rules: [{ kind: 'percent', rateBps: 1000 }], assignment: { everyone: true } },
      }),
    );
    const ctx = { ...world.as('admin1'), tasks: world };
    const url = 'https://hooks.example.com/companies';
    await createSubscription(ctx, { url, types: ['company.*'] });
    const counted = {
      'a write that nobody hears': await countOf(() =>
        createContact(world.as('rep1'), { firstName: 'Bea' }),
      ),
      'a write that two workflows hear': await countOf(() =>
        createLead(world.as('rep1'), { businessName: 'Bakery' }),
      ),
      'a write that one hears whose conditions do not hold': await countOf(() =>
        updateDeal(world.as('rep1'), { dealId, value: { amountMinor: 5 } }),
      ),
      'a write that a subscription hears': await countOf(() =>
        createCompany(world.as('rep1'), { name: 'Bakery' }),
      ),
      'a write that people are told of': await countOf(() =>
        updateDeal(world.as('admin1'), { dealId, ownerId: 'rep2' }),
      ),
      'a deal that is won, with what it pays': await countOf(async () => {
        await updateDeal(world.as('rep1'), { dealId: otherId, stage: 'CLOSED_WON' });
      }),
      'a contact that is linked to a deal': await countOf(async () => {
        await updateDeal(world.as('admin1'), { dealId, contactIds: [contactId] });
      }),
      'a contact on two deals that is renamed': await countOf(async () => {
        await updateDeal(world.as('admin1'), { dealId: otherId, contactIds: [contactId] });
        await world.settle();
        await updateContact(world.as('admin1'), contactId, { firstName: 'Adele' });
      }),
      'a contact with three messages that is given away': await countOf(async () => {
        for (let n = 0; n < 3; n += 1) await storeText('runs', contactId);
        await world.settle();
        await updateContact(world.as('admin1'), contactId, { ownerId: 'rep3' });
      }),
      'a title that the web client writes': await countOf(async () => {
        const deal = firestore().doc(`orgs/runs/deals/${dealId}`);
        const version = Number((await deal.get()).get('version')) + 1;
        await deal.update({ title: 'Webshop', version, updatedBy: 'rep2' });
      }),
    };
    expect(counted).toEqual(invocations);
    expect(await world.all('ledger')).not.toEqual([]);
  });

  it('in reads, writes and round trips is bounded', async () => {
    const costs: Record<string, number[]> = {};
    const measured = async (name: string, steps: object[], conditions: object = {}) => {
      const workflowId = await world.workflow(onDeal(steps, conditions));
      await world.newDeal();
      for (const change of world.changes.splice(0)) await world.deliver(change);
      for (const task of world.asked.splice(0)) {
        const meter = new Meter();
        await world.perform(task, meter);
        costs[name] = [meter.reads, meter.writes, meter.roundTrips];
      }
      const { archiveWorkflow } = await import(
        '../../functions/src/modules/automations/automations.service.ts'
      );
      await archiveWorkflow(world.as('admin1'), workflowId);
      await world.settle();
    };
    await measured('nothing: stop', [{ id: 'stop', type: 'STOP', config: {} }]);
    await measured('add a tag', [{ id: 'tag', type: 'ADD_TAG', config: { tag: 'new' } }]);
    await measured('create a note', [note('note', 'Note')]);
    await measured('notify two', [
      { id: 'tell', type: 'NOTIFY', config: { uids: ['rep1', 'rep2'], title: 'New' } },
    ]);
    // Billed reads, billed writes, sequential round trips.
    expect(costs).toEqual({
      'nothing: stop': [2, 1, 3],
      'add a tag': [4, 3, 6],
      'create a note': [5, 3, 6],
      'notify two': [4, 4, 5],
    });
  });
});
