import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';

/** What is longer than this is a mistake rather than an appointment. */
export const MAX_DURATION_MS = 31 * 24 * 60 * 60 * 1000;

const statusSchema = z.enum(['SCHEDULED', 'COMPLETED', 'CANCELLED', 'NO_SHOW']);

/**
 * A time that somebody has agreed on with a contact, `orgs/{orgId}/appointments/{appointmentId}`.
 * Both times are instants; which hour of the clock that is depends on who looks.
 */
export const appointmentSchema = z.strictObject({
  ...recordShape,
  ownerId: idSchema,
  teamId: idSchema.nullable(),
  title: lineSchema(300),
  startTime: z.date(),
  endTime: z.date(),
  contactId: idSchema,
  /** The deal it is about. */
  dealId: idSchema.nullable(),
  location: lineSchema(500).nullable(),
  notes: textSchema(10_000).nullable(),
  status: statusSchema,
  deletedAt: z.date().nullable(),
});
export type Appointment = z.infer<typeof appointmentSchema>;

const { title, location, notes } = appointmentSchema.shape;

/** A new appointment, to come unless it is changed; the caller's own unless an owner is named. */
export const newAppointmentSchema = z.strictObject({
  title,
  startTime: instantSchema,
  endTime: instantSchema,
  contactId: idSchema,
  dealId: idSchema.nullable().default(null),
  location: location.default(null),
  notes: notes.default(null),
  ownerId: idSchema.optional(),
});
export type NewAppointment = z.infer<typeof newAppointmentSchema>;

/** A change of an appointment. `version` is the one it is based on; an outdated one is refused. */
export const updateAppointmentSchema = z.strictObject({
  appointmentId: idSchema,
  version: appointmentSchema.shape.version.optional(),
  title: title.optional(),
  startTime: instantSchema.optional(),
  endTime: instantSchema.optional(),
  contactId: idSchema.optional(),
  dealId: idSchema.nullable().optional(),
  location: location.optional(),
  notes: notes.optional(),
  status: statusSchema.optional(),
  ownerId: idSchema.optional(),
});
export type UpdateAppointment = z.infer<typeof updateAppointmentSchema>;

/** A day where the organisation is, or an instant. */
const whenSchema = z.union([z.iso.date(), instantSchema], {
  error: 'must be a day such as 2026-02-01, or an instant such as 2026-02-01T12:00:00Z',
});
export type When = z.infer<typeof whenSchema>;

/**
 * Which of the appointments visible to the caller to list: those that start in the range. The day
 * of `endDate` belongs to it, an instant does not.
 */
export const listAppointmentsSchema = z.strictObject({
  startDate: whenSchema.optional(),
  endDate: whenSchema.optional(),
  status: statusSchema.optional(),
  contactId: idSchema.optional(),
  dealId: idSchema.optional(),
  ownerId: idSchema.optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListAppointments = z.infer<typeof listAppointmentsSchema>;

/** Another appointment of the same owner at the same time. */
export const overlapSchema = z.object({
  id: z.string(),
  title: z.string(),
  startTime: z.string(),
  endTime: z.string(),
});
export type Overlap = z.infer<typeof overlapSchema>;

/** An appointment as the doors show it. */
export const appointmentViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  startTime: z.string(),
  endTime: z.string(),
  contactId: z.string(),
  dealId: z.string().nullable(),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  status: statusSchema,
  ownerId: z.string(),
  teamId: z.string().nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type AppointmentView = z.infer<typeof appointmentViewSchema>;

/** What the doors show of an appointment. */
export function toAppointmentView(
  appointment: Appointment & { readonly id: string },
): AppointmentView {
  const { id, title, contactId, dealId, location, notes, status } = appointment;
  const { ownerId, teamId, version } = appointment;
  return {
    ...{ id, title, contactId, dealId, location, notes, status, ownerId, teamId, version },
    startTime: appointment.startTime.toISOString(),
    endTime: appointment.endTime.toISOString(),
    createdAt: appointment.createdAt.toISOString(),
    updatedAt: appointment.updatedAt.toISOString(),
  };
}

/** What the callables answer. */
export const appointmentStateSchema = z.object({
  id: z.string(),
  version: z.int(),
  overlaps: z.array(overlapSchema),
});

/** What they answer of an appointment that was saved. */
export function toAppointmentState({
  appointment: { id, version },
  overlaps,
}: {
  readonly appointment: { readonly id: string; readonly version: number };
  readonly overlaps: Overlap[];
}): z.infer<typeof appointmentStateSchema> {
  return { id, version, overlaps };
}
