import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, whereVisible } from '../access/access.public.ts';
import type { Subject } from '../subjects/subjects.public.ts';
import {
  type Appointment,
  appointmentSchema,
  type ListAppointments,
} from './appointments.schema.ts';

export const appointments: Collection<Appointment> = orgCollection(
  'appointments',
  'Appointment',
  appointmentSchema,
);

const filters = ['ownerId', 'teamId', 'contactId', 'dealId', 'status'] as const;

/** The composite indexes of lists, timelines and overlaps. */
export const appointmentIndexes: readonly CompositeIndex[] = [
  ...['startTime', 'startTime desc'].flatMap((order) => [
    compositeIndex('appointments', 'deletedAt', order),
    ...filters.map((filter) => compositeIndex('appointments', 'deletedAt', filter, order)),
  ]),
];

/** The span of start times that is asked for; its end is not in it. */
interface Span {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

/** Narrows a query to the appointments asked for that the caller can see. */
export function selectAppointments(
  caller: Principal,
  wanted: Pick<ListAppointments, 'status' | 'contactId' | 'dealId' | 'ownerId'>,
  { from, to }: Span,
) {
  return (query: Query): Query => {
    let narrowed = query.where('deletedAt', '==', null);
    for (const field of ['status', 'contactId', 'dealId', 'ownerId'] as const) {
      const value = wanted[field];
      if (value !== undefined) narrowed = narrowed.where(field, '==', value);
    }
    if (from !== undefined) narrowed = narrowed.where('startTime', '>=', from);
    if (to !== undefined) narrowed = narrowed.where('startTime', '<', to);
    const owner = { ownerId: wanted.ownerId ?? null, teamId: null, participantIds: [] };
    return isAllowed(caller, 'read', 'appointment', owner)
      ? narrowed
      : whereVisible(narrowed, caller, 'appointment');
  };
}

/** Narrows a query to the appointments with a contact, or about a deal, and with those merged into it. */
export function whereAppointmentsOf(query: Query, { recordType, ids }: Subject): Query {
  const field = recordType === 'contact' ? 'contactId' : 'dealId';
  const [only, ...others] = ids;
  return others.length === 0 ? query.where(field, '==', only) : query.where(field, 'in', [...ids]);
}

/** How many of a contact's appointments its page shows. */
const MAX_OF_CONTACT = 50;

/** A contact's appointments, the latest first. */
export function findAppointmentsOfContact(
  unit: UnitOfWork,
  contactId: string,
): Promise<Stored<Appointment>[]> {
  return unit.query(appointments, (query) =>
    query
      .where('contactId', '==', contactId)
      .where('deletedAt', '==', null)
      .orderBy('startTime', 'desc')
      .limit(MAX_OF_CONTACT),
  );
}

const MAX_LOOKED_AT = 20;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What else an owner has at that time. Looks at the 20 that begin last before the end, none more
 * than a day before the start: one billed read each, at least one.
 */
export async function findOverlapping(
  unit: UnitOfWork,
  ownerId: string,
  { startTime, endTime }: Pick<Appointment, 'startTime' | 'endTime'>,
): Promise<Stored<Appointment>[]> {
  const found = await unit.query(appointments, (query) =>
    query
      .where('deletedAt', '==', null)
      .where('ownerId', '==', ownerId)
      .where('status', '==', 'SCHEDULED')
      .where('startTime', '>', new Date(startTime.getTime() - DAY_MS))
      .where('startTime', '<', endTime)
      .orderBy('startTime', 'desc')
      .limit(MAX_LOOKED_AT),
  );
  return found.filter((other) => other.endTime > startTime);
}
