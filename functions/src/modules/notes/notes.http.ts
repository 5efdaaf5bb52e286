import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  listNotesSchema,
  newNoteSchema,
  noteViewSchema,
  toNoteView,
  updateNoteSchema,
} from './notes.schema.ts';
import {
  createNote,
  deleteNote,
  getNote,
  listNotes,
  restoreNote,
  updateNote,
} from './notes.service.ts';

const noteAnswerSchema = z.object(noteViewSchema.shape).openapi('Note');
const noteListSchema = z.object({
  notes: z.array(noteAnswerSchema),
  nextCursor: z.string().nullable(),
});
const noteParamsSchema = z.strictObject({ id: idSchema });

/** Adds the routes of notes of the `/api` door. */
export function registerNoteRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
  registerBin(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/notes',
      request: { query: listNotesSchema },
      responses: answers(200, noteListSchema, 'Notes, newest first'),
    }),
    async (c) => {
      const { records, nextCursor } = await listNotes(c.var.caller, c.req.valid('query'));
      return c.json({ notes: records.map(toNoteView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/notes',
      request: { body: jsonBody(newNoteSchema.extend({}).openapi('NewNote')) },
      responses: answers(201, noteAnswerSchema, 'The new note'),
    }),
    async (c) => c.json(toNoteView(await createNote(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/notes/{id}',
      request: { params: noteParamsSchema },
      responses: answers(200, noteAnswerSchema, 'The note'),
    }),
    async (c) => {
      const found = await getNote(c.var.caller, { noteId: c.req.valid('param').id });
      return c.json(toNoteView(found), 200);
    },
  );
  const change = updateNoteSchema.omit({ noteId: true }).openapi('NoteChange');
  for (const method of ['patch', 'put'] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/api/notes/{id}',
        request: { params: noteParamsSchema, body: jsonBody(change) },
        responses: answers(200, noteAnswerSchema, 'The note after the change of the given fields'),
      }),
      async (c) => {
        const noteId = c.req.valid('param').id;
        const changed = await updateNote(c.var.caller, { ...c.req.valid('json'), noteId });
        return c.json(toNoteView(changed), 200);
      },
    );
  }
}

function registerBin(api: Api): void {
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/notes/{id}',
      request: { params: noteParamsSchema },
      responses: answers(200, deletedSchema, 'The note is in the bin for 30 days'),
    }),
    async (c) => {
      await deleteNote(c.var.caller, { noteId: c.req.valid('param').id });
      return c.json({ success: true as const, message: 'Note deleted' }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/notes/{id}/restore',
      request: { params: noteParamsSchema },
      responses: answers(200, noteAnswerSchema, 'The note'),
    }),
    async (c) => {
      const restored = await restoreNote(c.var.caller, { noteId: c.req.valid('param').id });
      return c.json(toNoteView(restored), 200);
    },
  );
}
