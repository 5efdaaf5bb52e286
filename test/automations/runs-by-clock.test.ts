/** Runs that the clock or a person starts. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  createAppointment,
  updateAppointment,
} from '../../functions/src/modules/appointments/appointments.public.ts';
import { createContact } from '../../functions/src/modules/contacts/contacts.public.ts';
import { createDeal, updateDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { startDueRuns } from '../../functions/src/workflows/start-due-runs.ts';
import { startByHand } from '../../functions/src/workflows/start-runs.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { MINUTE_MS, RunWorld } from './run-world.ts';

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const memory = MemoryFirestore.install();
let world: RunWorld;

beforeEach(async () => {
  memory.clear();
  world = new RunWorld(memory, 'clock');
  await world.company.open();
  world.changes.splice(0);
});

const steps = [{ id: 'note', type: 'CREATE_NOTE', config: { text: 'Look at it' } }];
const by = (trigger: object, condition: object | null = null) =>
  world.workflow({ trigger, condition, steps });

/** The sweep, twice at once, as overlapping ones are. */
async function tick(ms = 0): Promise<void> {
  world.pass(ms);
  await world.settle();
  await Promise.all([startDueRuns(world.as('admin1')), startDueRuns(world.as('admin1'))]);
  await world.settle();
}

async function newDeal(fields: object = {}): Promise<string> {
  const value = { amountMinor: 100_000 };
  return (await createDeal(world.as('rep1'), { title: 'Website', value, ...fields })).id;
}

const noted = async () => (await world.all('notes')).map(({ recordId }) => recordId).toSorted();

describe('a stalled deal', () => {
  it('is told of once for each time that it stalls', async () => {
    await by({ kind: 'stalled', days: 3 });
    const [stays, moves, won] = [await newDeal(), await newDeal(), await newDeal()];
    await tick(2 * DAY_MS);
    await updateDeal(world.as('rep1'), { dealId: moves, stage: 'QUALIFIED' });
    await updateDeal(world.as('rep1'), { dealId: won, stage: 'CLOSED_WON' });
    await updateDeal(world.as('rep1'), { dealId: stays, title: 'Another' });
    await tick();
    expect(await noted()).toEqual([]);
    await tick(DAY_MS);
    expect(await noted()).toEqual([stays]);
    await tick(DAY_MS);
    expect(await noted()).toEqual([stays]);
    await tick(DAY_MS);
    expect(await noted()).toEqual([stays, moves].toSorted());
    await updateDeal(world.as('rep1'), { dealId: stays, stage: 'PROPOSAL' });
    await tick();
    await tick(4 * DAY_MS);
    expect(await noted()).toEqual([stays, stays, moves].toSorted());
  });
});

describe('an appointment', () => {
  it('is told of when it comes near, and again when it was moved', async () => {
    await by({ kind: 'appointment_soon', minutesBefore: 60 });
    await tick();
    const { id: contactId } = await createContact(world.as('rep1'), { firstName: 'Ada' });
    const at = (inMs: number) => new Date(world.now.getTime() + inMs);
    const meet = async (inMs: number) => {
      const times = { startTime: at(inMs), endTime: at(inMs + HOUR_MS) };
      const fields = { title: 'Demo', contactId, dealId: null, location: null, notes: null };
      return (await createAppointment(world.as('rep1'), { ...fields, ...times })).appointment.id;
    };
    const appointmentId = await meet(5 * HOUR_MS);
    await tick(HOUR_MS);
    expect(await world.runs()).toEqual([]);
    await tick(3 * HOUR_MS);
    expect((await world.runs()).map(({ recordId }) => recordId)).toEqual([appointmentId]);
    await tick(MINUTE_MS);
    await updateAppointment(world.as('rep1'), {
      ...{ appointmentId, startTime: at(40 * MINUTE_MS), endTime: at(90 * MINUTE_MS) },
    });
    // One that is made when it is near already.
    const late = await meet(10 * MINUTE_MS);
    await tick(MINUTE_MS);
    expect((await world.runs()).map(({ recordId }) => recordId).toSorted()).toEqual(
      [appointmentId, appointmentId, late].toSorted(),
    );
    // The note is about the contact whom it is with.
    expect(await noted()).toEqual([contactId, contactId, contactId]);
  });
});

describe('the calendar', () => {
  it('starts a workflow on the records whose conditions hold, page by page, in its own zone', async () => {
    const condition = { field: 'tags', operator: 'contains', value: 'weekly' };
    // Monday, nine o'clock in Berlin, which is eight in UTC.
    const cron = { kind: 'schedule', cron: '0 9 * * 1', timeZone: 'Europe/Berlin' };
    await by({ ...cron, recordType: 'deal' }, condition);
    const chosen: string[] = [];
    for (let n = 0; n < 230; n += 1) {
      if (n % 10 === 0) chosen.push(await newDeal({ tags: ['weekly'] }));
      else await newDeal();
    }
    world.changes.splice(0);
    // It is Monday, the 5th, nine o'clock in UTC: that time has passed before anybody looked.
    await tick();
    await tick(MINUTE_MS);
    expect(await world.runs()).toEqual([]);
    world.company.now = new Date('2026-01-12T07:59:00Z');
    await tick();
    expect(await world.runs()).toEqual([]);
    world.company.now = new Date('2026-01-12T08:00:30Z');
    await tick();
    await tick(MINUTE_MS);
    await tick(MINUTE_MS);
    await tick(MINUTE_MS);
    expect(await noted()).toEqual(chosen.toSorted());
  });
});

describe('a workflow that is started by hand', () => {
  it('runs on the record that it is started on', async () => {
    const workflowId = await by({ kind: 'manual', recordType: 'deal' });
    const recordId = await newDeal();
    await world.settle();
    const ref = { recordType: 'deal', recordId } as const;
    await startByHand(world.as('boss1'), workflowId, ref);
    await world.settle();
    expect(await noted()).toEqual([recordId]);
    expect(await world.run()).toMatchObject({ origin: 'manual', status: 'done' });
    for (const uid of ['rep1', 'rep3']) {
      await expect(startByHand(world.as(uid), workflowId, ref)).rejects.toThrow();
    }
  });

  it('is refused for what it is not made for', async () => {
    const recordId = await newDeal();
    const ref = { recordType: 'deal', recordId } as const;
    const start = (workflowId: string) => startByHand(world.as('admin1'), workflowId, ref);
    const condition = { field: 'title', operator: 'equals', value: 'Shop' };
    const refused = async (workflowId: string, field: string) =>
      expect(start(workflowId)).rejects.toMatchObject({ code: 'failed-precondition', field });
    await refused(await by({ kind: 'manual', recordType: 'contact' }), 'recordType');
    await refused(await by({ kind: 'stalled', days: 3 }), 'trigger');
    await refused(await by({ kind: 'manual', recordType: 'deal' }, condition), 'condition');
    await expect(start('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });
});
