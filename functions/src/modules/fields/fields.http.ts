import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { defineField, redefineField } from '../../workflows/define-fields.ts';
import {
  fieldChangeSchema,
  fieldKeySchema,
  fieldRecordTypeSchema,
  fieldSchema,
  newFieldSchema,
} from './fields.schema.ts';
import { listFields } from './fields.service.ts';

const PATH = '/api/settings/fields';
const ofRecordTypeSchema = z.strictObject({ recordType: fieldRecordTypeSchema });
const keyParamSchema = z.strictObject({ key: fieldKeySchema });
const fieldViewSchema = z.object(fieldSchema.shape).openapi('CustomField');

/** Adds the routes by which administrators define custom fields. */
export function registerFieldRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: ofRecordTypeSchema },
      responses: answers(
        200,
        z.object({ fields: z.array(fieldViewSchema) }),
        'The custom fields of a kind of record, archived ones included',
      ),
    }),
    async (c) => {
      const fields = await listFields(c.var.caller, c.req.valid('query').recordType);
      return c.json({ fields }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { query: ofRecordTypeSchema, body: jsonBody(newFieldSchema) },
      responses: answers(201, fieldViewSchema, 'The new field'),
    }),
    async (c) => {
      const { recordType } = c.req.valid('query');
      return c.json(await defineField(c.var.caller, recordType, c.req.valid('json')), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: `${PATH}/{key}`,
      request: {
        params: keyParamSchema,
        query: ofRecordTypeSchema,
        body: jsonBody(fieldChangeSchema),
      },
      responses: answers(200, fieldViewSchema, 'The changed field'),
    }),
    async (c) => {
      const { recordType } = c.req.valid('query');
      const { key } = c.req.valid('param');
      const field = { recordType, key };
      return c.json(await redefineField(c.var.caller, field, c.req.valid('json')), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${PATH}/{key}`,
      request: { params: keyParamSchema, query: ofRecordTypeSchema },
      responses: answers(
        200,
        fieldViewSchema,
        'The archived field: records keep its values, and none takes a new one',
      ),
    }),
    async (c) => {
      const { recordType } = c.req.valid('query');
      const { key } = c.req.valid('param');
      const field = { recordType, key };
      return c.json(await redefineField(c.var.caller, field, { archived: true }), 200);
    },
  );
}
