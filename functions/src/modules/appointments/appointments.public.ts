export { appointmentKind } from './appointments.kind.ts';
export {
  appointments,
  findAppointmentsOfContact,
  whereAppointmentsOf,
} from './appointments.repository.ts';
export { createAppointment, updateAppointment } from './appointments.service.ts';
