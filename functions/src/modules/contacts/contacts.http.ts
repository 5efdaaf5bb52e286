import { createRoute, z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { mergeContacts } from '../../workflows/merge-contacts.ts';
import { showContact } from '../../workflows/show-contact.ts';
import { appointmentViewSchema, toAppointmentView } from '../appointments/appointments.schema.ts';
import type { Note } from '../notes/notes.schema.ts';
import { listShape, registerOwnedRoutes, toListView } from '../owned-records/owned-http.public.ts';
import { recordParamsSchema } from '../owned-records/owned-records.schema.ts';
import {
  contactChangeSchema,
  listContactsSchema,
  mergeContactsSchema,
  newContactSchema,
} from './contacts.schema.ts';
import { createContact, listContacts, updateContact } from './contacts.service.ts';
import { contactType } from './contacts.type.ts';
import { contactViewSchema, toContactView } from './contacts.view.ts';

const PATH = '/api/contacts';
/** This door's clients name custom fields that nobody defined; they become texts. */
const DEFINING = { unknownFields: 'define' } as const;

const relatedSchema = z.object({ id: z.string(), content: z.string(), createdAt: z.string() });
const noteSchema = relatedSchema.extend({ authorId: z.string(), pinned: z.boolean() });
const contactPageSchema = contactViewSchema
  .extend({
    messages: z.array(relatedSchema.extend({ direction: z.string() })),
    appointments: z.array(z.object(appointmentViewSchema.shape)),
    notes: z.array(noteSchema),
  })
  .openapi('ContactPage');

/** Adds the contact routes of the `/api` door. */
export function registerContactRoutes(api: Api): void {
  registerListAndCreate(api);
  registerReadAndUpdate(api);
  registerMerge(api);
  registerOwnedRoutes(api, {
    path: PATH,
    noun: 'Contact',
    type: contactType,
    viewSchema: contactViewSchema,
    toView: toContactView,
  });
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: listContactsSchema },
      responses: answers(
        200,
        z.object({ contacts: z.array(contactViewSchema), ...listShape }),
        'The contacts visible to the caller with any of the tags, latest change first',
      ),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const found = await listContacts(c.var.caller, query);
      const contacts = found.records.map(toContactView);
      return c.json({ contacts, ...toListView(found, query) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { body: jsonBody(newContactSchema) },
      responses: answers(201, contactViewSchema, 'The new contact'),
    }),
    async (c) => {
      const contact = await createContact(c.var.caller, c.req.valid('json'), DEFINING);
      return c.json(toContactView(contact), 201);
    },
  );
}

function registerReadAndUpdate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{id}`,
      request: { params: recordParamsSchema },
      responses: answers(200, contactPageSchema, 'The contact and what belongs to it'),
    }),
    async (c) => {
      const { contact, notes, appointments, ...related } = await showContact(
        c.var.caller,
        c.req.valid('param').id,
      );
      const page = {
        ...{ ...toContactView(contact), ...related },
        ...{ appointments: appointments.map(toAppointmentView), notes: notes.map(toNote) },
      };
      return c.json(page, 200);
    },
  );
  for (const method of ['put', 'patch'] as const) {
    api.openapi(
      createRoute({
        method,
        path: `${PATH}/{id}`,
        request: { params: recordParamsSchema, body: jsonBody(contactChangeSchema) },
        responses: answers(200, contactViewSchema, 'The contact with the given fields changed'),
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const contact = await updateContact(c.var.caller, id, c.req.valid('json'), DEFINING);
        return c.json(toContactView(contact), 200);
      },
    );
  }
}

function toNote({ id, text, ownerId, pinned, createdAt }: Stored<Note>) {
  return { id, content: text, authorId: ownerId, pinned, createdAt: createdAt.toISOString() };
}

function registerMerge(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{id}/merge`,
      request: { params: recordParamsSchema, body: jsonBody(mergeContactsSchema) },
      responses: answers(200, contactViewSchema, 'The contact that the other was merged into'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(toContactView(await mergeContacts(c.var.caller, id, c.req.valid('json'))), 200);
    },
  );
}
