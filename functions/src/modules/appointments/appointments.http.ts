import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  appointmentViewSchema,
  listAppointmentsSchema,
  newAppointmentSchema,
  overlapSchema,
  toAppointmentView,
  updateAppointmentSchema,
} from './appointments.schema.ts';
import {
  createAppointment,
  deleteAppointment,
  getAppointment,
  listAppointments,
  restoreAppointment,
  type Saved,
  updateAppointment,
} from './appointments.service.ts';

const PATH = '/api/appointments';

const answerSchema = z.object(appointmentViewSchema.shape).openapi('Appointment');
const listedSchema = answerSchema.extend({
  contact: z.object({ firstName: z.string(), lastName: z.string() }).nullable(),
});
const listSchema = z.object({
  appointments: z.array(listedSchema),
  nextCursor: z.string().nullable(),
});
/** A saved appointment names what its owner has at the same time: to warn, not to refuse. */
const savedSchema = answerSchema.extend({
  overlaps: z.array(overlapSchema),
  warnings: z.array(z.string()),
});
const paramsSchema = z.strictObject({ id: idSchema });

/** Adds the routes of appointments of the `/api` door. */
export function registerAppointmentRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
  registerBin(api);
}

function toSaved({ appointment, overlaps }: Saved): z.infer<typeof savedSchema> {
  const warnings = overlaps.map(
    ({ title, startTime }) => `The owner has “${title}” at that time, from ${startTime} on`,
  );
  return { ...toAppointmentView(appointment), overlaps, warnings };
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: listAppointmentsSchema },
      responses: answers(200, listSchema, 'Appointments by when they start, with their contacts'),
    }),
    async (c) => {
      const { listed, nextCursor } = await listAppointments(c.var.caller, c.req.valid('query'));
      const appointments = listed.map(({ appointment, contact }) => ({
        ...toAppointmentView(appointment),
        contact: contact && { firstName: contact.firstName, lastName: contact.lastName ?? '' },
      }));
      return c.json({ appointments, nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { body: jsonBody(newAppointmentSchema.extend({}).openapi('NewAppointment')) },
      responses: answers(201, savedSchema, 'The new appointment, and what is at the same time'),
    }),
    async (c) => c.json(toSaved(await createAppointment(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{id}`,
      request: { params: paramsSchema },
      responses: answers(200, answerSchema, 'The appointment'),
    }),
    async (c) => {
      const found = await getAppointment(c.var.caller, { appointmentId: c.req.valid('param').id });
      return c.json(toAppointmentView(found), 200);
    },
  );
  const change = updateAppointmentSchema.omit({ appointmentId: true }).openapi('AppointmentChange');
  for (const method of ['patch', 'put'] as const) {
    api.openapi(
      createRoute({
        method,
        path: `${PATH}/{id}`,
        request: { params: paramsSchema, body: jsonBody(change) },
        responses: answers(200, savedSchema, 'The appointment with the given fields changed'),
      }),
      async (c) => {
        const appointmentId = c.req.valid('param').id;
        const input = { ...c.req.valid('json'), appointmentId };
        return c.json(toSaved(await updateAppointment(c.var.caller, input)), 200);
      },
    );
  }
}

function registerBin(api: Api): void {
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${PATH}/{id}`,
      request: { params: paramsSchema },
      responses: answers(200, deletedSchema, 'The appointment is in the bin for 30 days'),
    }),
    async (c) => {
      await deleteAppointment(c.var.caller, { appointmentId: c.req.valid('param').id });
      return c.json({ success: true as const, message: 'Appointment deleted' }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{id}/restore`,
      request: { params: paramsSchema },
      responses: answers(200, answerSchema, 'The appointment'),
    }),
    async (c) => {
      const appointmentId = c.req.valid('param').id;
      const restored = await restoreAppointment(c.var.caller, { appointmentId });
      return c.json(toAppointmentView(restored), 200);
    },
  );
}
