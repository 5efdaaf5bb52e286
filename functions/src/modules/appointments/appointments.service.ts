import { DateTime } from 'luxon';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { changeRecord, firstVersion, requireVersion } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, requireAccess, requireCreate } from '../access/access.public.ts';
import type { Operation } from '../access/access.schema.ts';
import { contacts } from '../contacts/contacts.public.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { getOwner } from '../users/users.public.ts';
import { audienceOfAppointment } from './appointments.kind.ts';
import { requireLinks } from './appointments.links.ts';
import { appointments, findOverlapping, selectAppointments } from './appointments.repository.ts';
import {
  type Appointment,
  type ListAppointments,
  MAX_DURATION_MS,
  type NewAppointment,
  type Overlap,
  type UpdateAppointment,
  type When,
} from './appointments.schema.ts';

type Caller = Context<Principal>;

/** An appointment that was made or changed, and what its owner has at the same time. */
export interface Saved {
  readonly appointment: Stored<Appointment>;
  readonly overlaps: Overlap[];
}

/** An appointment with the contact's names as they are; null when the contact is no more. */
export interface ListedAppointment {
  readonly appointment: Stored<Appointment>;
  readonly contact: Pick<Contact, 'firstName' | 'lastName'> | null;
}

/**
 * Makes an appointment with a contact that the caller can see. One at the same time is no reason to
 * refuse it; the answer names it. Billed: the contact, the deal and the owner when they are given
 * and others than the caller, what the owner has around that time, and one write.
 * @throws AppError invalid-argument (contactId, dealId, ownerId, endTime), permission-denied
 */
export function createAppointment(ctx: Caller, input: NewAppointment): Promise<Saved> {
  const { principal, now } = ctx;
  const { ownerId = principal.uid, ...fields } = input;
  requireOrder(fields);
  const id = ctx.newId();
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const [owner, , others] = await Promise.all([
      getOwner(unit, principal, ownerId),
      requireLinks(unit, principal, fields),
      findOverlapping(unit, ownerId, fields),
    ]);
    const owned = { ownerId: owner.id, teamId: owner.teamId };
    requireCreate(principal, 'appointment', audienceOfAppointment(owned));
    const appointment = unit.create(appointments, id, {
      ...firstVersion({ actor: principal.uid, now }),
      ...owned,
      ...fields,
      ...{ status: 'SCHEDULED', deletedAt: null },
    });
    return { appointment, overlaps: toOverlaps(principal, others) };
  });
}

/** The appointment with this id. One billed read. @throws AppError not-found */
export function getAppointment(
  ctx: Caller,
  { appointmentId }: { appointmentId: string },
): Promise<Stored<Appointment>> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  return getForOperation(unit, ctx.principal, appointmentId, 'read');
}

/**
 * Changes an appointment; a change that leaves everything as it is makes no event. When its time or
 * owner changes, the answer names what the owner has at that time.
 * @throws AppError not-found, permission-denied, conflict (version), invalid-argument (contactId,
 * dealId, ownerId, endTime)
 */
export function updateAppointment(ctx: Caller, input: UpdateAppointment): Promise<Saved> {
  const { appointmentId, version, ownerId, ...change } = input;
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const before = await getForOperation(unit, principal, appointmentId, 'update');
    requireVersion(before, version);
    const { startTime = before.startTime, endTime = before.endTime } = change;
    requireOrder({ startTime, endTime });
    const owner = await ownerAfter(unit, principal, before, ownerId);
    await requireLinks(unit, principal, change, before);
    const patch = { ...change, ...owner };
    const by = { actor: principal.uid, now };
    const appointment = changeRecord(unit, appointments, before, patch, by);
    const others = isMoved(before, appointment)
      ? await findOverlapping(unit, appointment.ownerId, appointment)
      : [];
    const besides = others.filter(({ id }) => id !== appointmentId);
    return { appointment, overlaps: toOverlaps(principal, besides) };
  });
}

async function ownerAfter(
  unit: UnitOfWork,
  caller: Principal,
  before: Stored<Appointment>,
  ownerId: string | undefined,
): Promise<Pick<Appointment, 'ownerId' | 'teamId'>> {
  const { ownerId: current, teamId } = before;
  if (ownerId === undefined || ownerId === current) return { ownerId: current, teamId };
  requireAccess(caller, 'assign', 'appointment', {
    ...{ ...audienceOfAppointment(before), id: before.id },
  });
  const owner = await getOwner(unit, caller, ownerId);
  const after = { ownerId: owner.id, teamId: owner.teamId };
  requireCreate(caller, 'appointment', audienceOfAppointment(after));
  return after;
}

/** True when it takes up another time of somebody's than before, or takes one up again. */
function isMoved(before: Appointment, after: Appointment): boolean {
  if (after.status !== 'SCHEDULED') return false;
  return (
    before.status !== after.status ||
    before.ownerId !== after.ownerId ||
    before.startTime.getTime() !== after.startTime.getTime() ||
    before.endTime.getTime() !== after.endTime.getTime()
  );
}

function requireOrder({ startTime, endTime }: Pick<Appointment, 'startTime' | 'endTime'>): void {
  const durationMs = endTime.getTime() - startTime.getTime();
  if (durationMs <= 0) throw badEnd('must be after startTime');
  if (durationMs > MAX_DURATION_MS) throw badEnd('must be at most 31 days after startTime');
}

function badEnd(problem: string): AppError {
  return new AppError('invalid-argument', `endTime: ${problem}`, { field: 'endTime' });
}

function toOverlaps(caller: Principal, others: readonly Stored<Appointment>[]): Overlap[] {
  return others
    .filter((other) => isAllowed(caller, 'read', 'appointment', audienceOfAppointment(other)))
    .map(({ id, title, startTime, endTime }) => ({
      ...{ id, title, startTime: startTime.toISOString(), endTime: endTime.toISOString() },
    }));
}

/** Puts an appointment into the bin. @throws AppError not-found, permission-denied, conflict */
export function deleteAppointment(
  ctx: Caller,
  { appointmentId }: { appointmentId: string },
): Promise<{ id: string }> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const record = await getForOperation(unit, principal, appointmentId, 'delete');
    changeRecord(unit, appointments, record, { deletedAt: now }, { actor: principal.uid, now });
    return { id: appointmentId };
  });
}

/**
 * Takes an appointment out of the bin; one that is in use stays as it is.
 * @throws AppError not-found, permission-denied, conflict
 */
export function restoreAppointment(
  ctx: Caller,
  { appointmentId }: { appointmentId: string },
): Promise<Stored<Appointment>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const record = await getOrBinned(unit, principal, appointmentId, 'delete');
    const by = { actor: principal.uid, now };
    return changeRecord(unit, appointments, record, { deletedAt: null }, by);
  });
}

/**
 * A page of the appointments visible to the caller by when they start, with the names of their
 * contacts. Billed: one read each, one for each contact in one round trip, and the organisation's
 * time zone when a day is asked for.
 * @throws AppError invalid-argument (endDate, cursor)
 */
export async function listAppointments(
  ctx: Caller,
  { startDate, endDate, order, limit, cursor, ...wanted }: ListAppointments,
): Promise<{ listed: ListedAppointment[]; nextCursor: string | null }> {
  const { principal } = ctx;
  const unit = openUnit(ctx, principal.orgId);
  const asksForDay = [startDate, endDate].some((when) => typeof when === 'string');
  const timeZone = asksForDay ? (await getOrg(unit)).timeZone : 'UTC';
  const from = startDate === undefined ? undefined : startOf(startDate, timeZone);
  const to = endDate === undefined ? undefined : endOf(endDate, timeZone);
  if (from !== undefined && to !== undefined && from >= to) {
    throw new AppError('invalid-argument', 'endDate: must be after startDate, or the same day', {
      field: 'endDate',
    });
  }
  const { records, nextCursor } = await unit.page(
    appointments,
    selectAppointments(principal, wanted, { from, to }),
    { order: { field: 'startTime', direction: order }, limit, cursor },
  );
  const named = await unit.findMany(
    contacts,
    records.map(({ contactId }) => contactId),
  );
  const listed = records.map((appointment) => ({
    ...{ appointment, contact: named.get(appointment.contactId) ?? null },
  }));
  return { listed, nextCursor };
}

function startOf(when: When, zone: string): Date {
  return typeof when === 'string' ? DateTime.fromISO(when, { zone }).toJSDate() : when;
}

function endOf(when: When, zone: string): Date {
  if (typeof when !== 'string') return when;
  return DateTime.fromISO(when, { zone }).plus({ days: 1 }).toJSDate();
}

async function getForOperation(
  unit: UnitOfWork,
  caller: Principal,
  id: string,
  operation: Operation,
): Promise<Stored<Appointment>> {
  const record = await getOrBinned(unit, caller, id, operation);
  if (record.deletedAt !== null) throw notFound(appointments.label, id);
  return record;
}

async function getOrBinned(
  unit: UnitOfWork,
  caller: Principal,
  id: string,
  operation: Operation,
): Promise<Stored<Appointment>> {
  const record = await unit.get(appointments, id);
  const audience = audienceOfAppointment(record);
  // The same words as for an absent record.
  if (!isAllowed(caller, 'read', 'appointment', audience)) throw notFound(appointments.label, id);
  requireAccess(caller, operation, 'appointment', { ...audience, id });
  return record;
}
