import { beforeAll, describe, expect, it } from '@jest/globals';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { rollupKinds } from '../../functions/src/app/rollup-kinds.ts';
import { getOverview } from '../../functions/src/modules/analytics/overview.service.ts';
import {
  type Appointment,
  appointmentSchema,
} from '../../functions/src/modules/appointments/appointments.schema.ts';
import {
  createAppointment,
  listAppointments,
  updateAppointment,
} from '../../functions/src/modules/appointments/appointments.service.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { handOverStep } from '../../functions/src/workflows/hand-over.ts';
import { BIN_MS, purgeBin } from '../../functions/src/workflows/purge-bin.ts';
import { as, idsIn, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { eventsOf } from '../support/events.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn } from '../support/request.ts';
import { ownSpan } from '../support/window.ts';

let org: Organisation;
let dealId: string;
let contactId: string;
beforeAll(async () => {
  org = await createOrganisation();
  contactId = await made(org.rep, 'contacts', { firstName: 'Alice' });
  dealId = await storeDeal(org.orgId, dealOf(org.rep.principal));
});

const hour = (day: number, hours: number) => new Date(Date.UTC(2030, 0, day, hours));
async function book(
  person: Member,
  fields: Partial<Parameters<typeof createAppointment>[1]> = {},
): Promise<string> {
  const { appointment } = await createAppointment(contextOf(person.principal), {
    ...{ title: 'Call', startTime: hour(1, 9), endTime: hour(1, 10), contactId },
    ...{ dealId: null, location: null, notes: null },
    ...fields,
  });
  return appointment.id;
}
async function at(id: string): Promise<Appointment | undefined> {
  const found = await firestore().doc(`orgs/${org.orgId}/appointments/${id}`).get();
  return found.exists ? appointmentSchema.parse(timestampsToDates(found.data())) : undefined;
}
const contact = (firstName: string) => made(org.rep, 'contacts', { firstName });

describe('an appointment', () => {
  it('stands in the timelines of its contact and its deal, and on the contact’s page', async () => {
    const alice = await contact('Alice');
    const id = await book(org.rep, { contactId: alice, dealId, title: 'Visit' });
    const other = await book(org.rep, { contactId: alice });
    const timeline = async (recordType: string, recordId: string) => {
      const line = `GET /api/timeline?recordType=${recordType}&recordId=${recordId}`;
      return listIn((await as(org.rep, line)).body, 'items');
    };
    const entry = { kind: 'appointment', at: hour(1, 9).toISOString() };
    expect(await timeline('contact', alice)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...entry, appointment: expect.objectContaining({ id }) }),
        expect.objectContaining({ ...entry, appointment: expect.objectContaining({ id: other }) }),
      ]),
    );
    const ofDeal = (await timeline('deal', dealId)).filter(
      (item) => Object(item).kind === 'appointment',
    );
    expect(ofDeal).toMatchObject([{ appointment: { id, title: 'Visit', dealId } }]);
    const page = await as(org.rep, `GET /api/contacts/${alice}`);
    expect(idsIn(listIn(page.body, 'appointments')).sort()).toEqual([id, other].sort());
    await as(org.rep, `DELETE /api/appointments/${id}`);
    expect(await timeline('deal', dealId)).toEqual([]);
  });

  it('goes to whoever takes over, unless it is over', async () => {
    const { colleague, rep2 } = org;
    const dora = await made(org.admin, 'contacts', { firstName: 'Dora', ownerId: colleague.uid });
    const open = await book(colleague, { contactId: dora });
    const over = await book(colleague, { contactId: dora });
    await updateAppointment(contextOf(colleague.principal), {
      ...{ appointmentId: over, status: 'NO_SHOW' },
    });
    const input = { fromUserId: colleague.uid, toUserId: rep2.uid };
    let cursor: string | null = null;
    for (let isDone = false; !isDone; ) {
      const step = await handOverStep(contextOf(org.admin.principal), { input, cursor, limit: 50 });
      cursor = step.cursor;
      isDone = step.done;
    }
    expect(await at(open)).toMatchObject({ ownerId: rep2.uid, teamId: org.teams.west, version: 2 });
    expect(await at(over)).toMatchObject({ ownerId: colleague.uid, version: 2 });
  });

  it('follows its contact into the one that it is merged into', async () => {
    const [kept, gone] = [await contact('Alice'), await contact('Alicia')];
    const id = await book(org.rep, { contactId: gone });
    const merged = await as(org.rep, `POST /api/contacts/${kept}/merge`, { otherId: gone });
    expect(merged.status).toBe(200);
    expect(await at(id)).toMatchObject({ contactId: kept, version: 2 });
  });

  it('is purged with its contact, and outlives its deal', async () => {
    const binnedAt = new Date('2001-01-01T00:00:00Z');
    const whenOver = new Date(binnedAt.getTime() + BIN_MS + 60_000);
    const bin = (path: string, fields: object = {}) =>
      firestore()
        .doc(`orgs/${org.orgId}/${path}`)
        .update({ deletedAt: binnedAt, ...fields });
    const [alice, bert, kept] = [await contact('A'), await contact('B'), await contact('C')];
    const deal = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const binned = await book(org.rep);
    const withAlice = await book(org.rep, { contactId: alice });
    const withMerged = await book(org.rep, { contactId: bert });
    const aboutDeal = await book(org.rep, { dealId: deal });
    await bin(`appointments/${binned}`);
    await bin(`contacts/${alice}`);
    await bin(`contacts/${bert}`, { mergedInto: kept });
    await bin(`deals/${deal}`);
    await purgeBin(invocationAt(whenOver));
    expect([await at(binned), await at(withAlice)]).toEqual([undefined, undefined]);
    expect(await at(withMerged)).toMatchObject({ contactId: kept, version: 2 });
    expect(await at(aboutDeal)).toMatchObject({ contactId, dealId: null, version: 2 });
  });

  it('counts on its day in the overview, unless it is cancelled or binned', async () => {
    const other = await createOrganisation();
    const { at: when, ...span } = ownSpan();
    const alice = await made(other.rep, 'contacts', { firstName: 'Alice' });
    const ids = await Promise.all(
      [1, 1, 2, 3].map((day) =>
        createAppointment(contextOf(other.rep.principal), {
          ...{ title: 'Call', startTime: hour(day, 9), endTime: hour(day, 10) },
          ...{ contactId: alice, dealId: null, location: null, notes: null },
        }),
      ),
    );
    const change = (index: number, fields: object) =>
      firestore()
        .doc(`orgs/${other.orgId}/appointments/${ids[index]?.appointment.id}`)
        .update({ updatedAt: when(index), ...fields });
    await change(0, {});
    await change(1, { status: 'CANCELLED' });
    await change(2, { status: 'COMPLETED' });
    await change(3, { deletedAt: new Date() });
    const rollUp = async () => {
      for (const roll of rollupKinds) await roll(startInvocation('rollup'), span);
    };
    await rollUp();
    await rollUp();
    const january = { startDate: '2030-01-01', endDate: '2030-01-31' };
    for (const person of [other.admin, other.manager, other.rep]) {
      const { metrics } = await getOverview(contextOf(person.principal), january);
      expect(metrics.appointmentsScheduled).toBe(2);
    }
    const { metrics } = await getOverview(contextOf(other.rep2.principal), january);
    expect(metrics.appointmentsScheduled).toBe(0);
  });

  it.each<[object, string[]]>([
    [{ title: 'B' }, ['appointment.updated']],
    [{ startTime: hour(1, 8) }, ['appointment.rescheduled']],
    [{ status: 'CANCELLED' }, ['appointment.cancelled']],
    [
      { status: 'COMPLETED', endTime: hour(1, 11) },
      ['appointment.completed', 'appointment.rescheduled'],
    ],
    [{ status: 'NO_SHOW' }, ['appointment.no_show']],
    [{ deletedAt: new Date() }, ['appointment.deleted']],
  ])('after a change of %j has the event %j', async (fields, types) => {
    const recordId = await book(org.rep);
    const ref = firestore().doc(`orgs/${org.orgId}/appointments/${recordId}`);
    const before = (await ref.get()).data();
    await ref.update({ ...fields, version: 2 });
    const ctx = contextOf(org.admin.principal);
    const delivery = { orgId: org.orgId, recordId };
    const after = (await ref.get()).data();
    await recordChange(ctx, recordKinds.appointments, {
      ...delivery,
      before: undefined,
      after: before,
    });
    await recordChange(ctx, recordKinds.appointments, { ...delivery, before, after });
    await recordChange(ctx, recordKinds.appointments, { ...delivery, before, after });
    const events = await eventsOf(org.orgId);
    expect(events[`${recordId}_1`]).toMatchObject({
      ...{ types: ['appointment.created'], participantIds: [org.rep.uid] },
    });
    expect(events[`${recordId}_2`]?.types).toEqual(types);
  });

  it('restored has the event appointment.restored', () => {
    const state = { status: 'SCHEDULED', startTime: hour(1, 9), endTime: hour(1, 10) } as const;
    const { nameChanges } = recordKinds.appointments;
    const whole = appointmentSchema.parse({
      ...{ ...state, title: 'A', contactId, dealId: null, location: null, notes: null },
      ...{ ownerId: 'a', teamId: null, version: 2, createdAt: hour(1, 1), createdBy: 'a' },
      ...{ updatedAt: hour(1, 1), updatedBy: 'a', cause: null, deletedAt: null },
    });
    expect(nameChanges({ ...whole, deletedAt: hour(1, 2) }, whole)).toEqual([
      'appointment.restored',
    ]);
  });
});

describe('what appointments cost', () => {
  it('making one: contact and what is around it; with a deal for somebody else two reads more', async () => {
    const alice = await contact('Alice');
    const own = contextOf(org.rep.principal);
    const times = { startTime: hour(20, 9), endTime: hour(20, 10) };
    const input = { title: 'A', ...times, contactId: alice, location: null, notes: null };
    await createAppointment(own, { ...input, dealId: null });
    expect(own.store.meter).toMatchObject({ reads: 2, writes: 1, roundTrips: 2 });
    const other = contextOf(org.admin.principal);
    await createAppointment(other, { ...input, dealId, ownerId: org.rep2.uid });
    expect(other.store.meter).toMatchObject({ reads: 4, writes: 1, roundTrips: 2 });
  });

  it('changing one: one read and one write, and a read for what is around a new time', async () => {
    const id = await book(org.rep, { startTime: hour(21, 9), endTime: hour(21, 10) });
    const ctx = contextOf(org.rep.principal);
    await updateAppointment(ctx, { appointmentId: id, notes: 'B' });
    expect(ctx.store.meter).toMatchObject({ reads: 1, writes: 1, roundTrips: 2 });
    const moving = contextOf(org.rep.principal);
    await updateAppointment(moving, { appointmentId: id, endTime: hour(21, 11) });
    // Around its time is itself.
    expect(moving.store.meter).toMatchObject({ reads: 2, writes: 1, roundTrips: 3 });
  });

  it('listing: one read each, one for each contact, and one for the zone of a day', async () => {
    const [a, b] = [await contact('A'), await contact('B')];
    const times = { startTime: hour(25, 9), endTime: hour(25, 10) };
    for (const contactId of [a, a, b]) await book(org.rep, { contactId, ...times });
    const query = { order: 'asc', limit: 50 } as const;
    const byDay = contextOf(org.rep.principal);
    const day = { startDate: '2030-01-25', endDate: '2030-01-25' };
    expect((await listAppointments(byDay, { ...query, ...day })).listed).toHaveLength(3);
    expect(byDay.store.meter).toMatchObject({ reads: 6, writes: 0, roundTrips: 3 });
    const byTime = contextOf(org.rep.principal);
    await listAppointments(byTime, { ...query, startDate: hour(25, 0), endDate: hour(26, 0) });
    expect(byTime.store.meter).toMatchObject({ reads: 5, writes: 0, roundTrips: 2 });
  });

  it('days are the organisation’s, however long they are', async () => {
    const other = await createOrganisation();
    await firestore().doc(`orgs/${other.orgId}`).update({ timeZone: 'Europe/Berlin' });
    const alice = await made(other.rep, 'contacts', { firstName: 'Alice' });
    const ctx = contextOf(other.rep.principal);
    const starts = [
      '2030-03-30T22:59:00Z',
      '2030-03-30T23:00:00Z',
      '2030-03-31T21:59:00Z',
      '2030-03-31T22:00:00Z',
    ];
    for (const start of starts) {
      const startTime = new Date(start);
      const endTime = new Date(startTime.getTime() + 60_000);
      await createAppointment(ctx, {
        ...{ title: start, startTime, endTime, contactId: alice },
        ...{ dealId: null, location: null, notes: null },
      });
    }
    // Clocks go forward on this day, which has 23 hours.
    const day = { startDate: '2030-03-31', endDate: '2030-03-31' };
    const { listed } = await listAppointments(ctx, { ...day, order: 'asc', limit: 50 });
    expect(listed.map(({ appointment }) => appointment.title)).toEqual(starts.slice(1, 3));
  });
});
