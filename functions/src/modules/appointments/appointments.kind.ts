import type { Audience } from '../../platform/principal.schema.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameAppointmentChanges } from './appointments.events.ts';
import { appointments } from './appointments.repository.ts';
import type { Appointment } from './appointments.schema.ts';

/** Who is concerned by an appointment. */
export function audienceOfAppointment({
  ownerId,
  teamId,
}: Pick<Appointment, 'ownerId' | 'teamId'>): Audience {
  return { ownerId, teamId, participantIds: [ownerId] };
}

/** How changes of appointments become events. */
export const appointmentKind: RecordKind<Appointment> = {
  recordType: 'appointment',
  collection: appointments,
  audienceOf: audienceOfAppointment,
  nameChanges: nameAppointmentChanges,
};
