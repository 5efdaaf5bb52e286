import { nameBinChange } from '../subjects/subjects.events.ts';
import type { Appointment } from './appointments.schema.ts';

const byStatus: Readonly<Partial<Record<Appointment['status'], string>>> = {
  CANCELLED: 'appointment.cancelled',
  COMPLETED: 'appointment.completed',
  NO_SHOW: 'appointment.no_show',
};

type State = Pick<Appointment, 'status' | 'startTime' | 'endTime' | 'deletedAt'>;

/** Names what happened to an appointment between two of its states. */
export function nameAppointmentChanges(before: State | undefined, after: State): string[] {
  const binned = nameBinChange('appointment', before, after);
  const names = binned === undefined ? [] : [binned];
  if (before === undefined) return names;
  const ended = before.status === after.status ? undefined : byStatus[after.status];
  if (ended !== undefined) names.push(ended);
  if (+before.startTime !== +after.startTime || +before.endTime !== +after.endTime) {
    names.push('appointment.rescheduled');
  }
  return names.length === 0 ? ['appointment.updated'] : names;
}
