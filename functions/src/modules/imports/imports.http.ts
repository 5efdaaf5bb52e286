import { createRoute, z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import type { Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import type { Api, ApiEnv } from '../../platform/http/api.ts';
import { isForm, readForm } from '../../platform/http/form.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import { parseInput } from '../../platform/validation.ts';
import { commitImport, dryRunImport, uploadImport } from '../../workflows/import-records.ts';
import { undoImport } from '../../workflows/import-undo.ts';
import type { Job } from '../jobs/jobs.schema.ts';
import { decodeCsv } from './csv.ts';
import {
  columnMappingSchema,
  IMPORTS_PATH,
  importDetailSchema,
  importPlanSchema,
  importTypeSchema,
  importViewSchema,
  listImportsSchema,
  type Upload,
  uploadSchema,
} from './imports.schema.ts';
import { listImports, showImport } from './imports.service.ts';

const uploadedSchema = z
  .object({
    importId: z.string(),
    recordType: importTypeSchema,
    rows: z.int(),
    columns: z.array(z.string()),
    mapping: z.array(columnMappingSchema),
    sampleRows: z.array(z.array(z.string())),
  })
  .openapi('UploadedImport');

const rowProblemSchema = z.object({
  row: z.int(),
  field: z.string().nullable(),
  error: z.string(),
});

const dryRunSchema = z
  .object({
    rows: z.int(),
    checkedRows: z.int(),
    failed: z.int(),
    counts: z.record(z.string(), z.int()),
    errors: z.array(rowProblemSchema),
  })
  .openapi('ImportDryRun');

const orderedSchema = z
  .object({ importId: z.string(), jobId: z.string(), status: z.string() })
  .openapi('ImportJob');

const listSchema = z.object({
  imports: z.array(importViewSchema.clone().openapi('Import')),
  nextCursor: z.string().nullable(),
});

const importParamsSchema = z.strictObject({ id: idSchema });
const planBody = jsonBody(importPlanSchema.clone().openapi('ImportPlan'));

/** Adds the routes that upload, check, do and undo an import. */
export function registerImportRoutes(api: Api): void {
  registerUpload(api);
  registerReading(api);
  api.openapi(
    createRoute({
      method: 'post',
      path: `${IMPORTS_PATH}/{id}/dry-run`,
      request: { params: importParamsSchema, body: planBody },
      responses: answers(200, dryRunSchema, 'What the import would do; nothing is written'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const { problems, ...found } = await dryRunImport(c.var.caller, id, c.req.valid('json'));
      return c.json({ ...found, errors: [...problems] }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${IMPORTS_PATH}/{id}/commit`,
      request: { params: importParamsSchema, body: planBody },
      responses: answers(200, orderedSchema, 'The job that does the import'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(toOrdered(id, await commitImport(c.var.caller, id, c.req.valid('json'))), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${IMPORTS_PATH}/{id}/undo`,
      request: { params: importParamsSchema },
      responses: answers(200, orderedSchema, 'The job that puts what was created into the bin'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(toOrdered(id, await undoImport(c.var.caller, id)), 200);
    },
  );
}

function registerReading(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: IMPORTS_PATH,
      request: { query: listImportsSchema },
      responses: answers(200, listSchema, 'What the caller has uploaded, the newest first'),
    }),
    async (c) => c.json(await listImports(c.var.caller, c.req.valid('query')), 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: `${IMPORTS_PATH}/{id}`,
      request: { params: importParamsSchema },
      responses: answers(
        200,
        importDetailSchema.clone().openapi('ImportDetail'),
        'The import with the beginning of its file',
      ),
    }),
    async (c) => c.json(await showImport(c.var.caller, c.req.valid('param').id), 200),
  );
}

function registerUpload(api: Api): void {
  const formSchema = z
    .object({ file: z.string().openapi({ format: 'binary' }), recordType: importTypeSchema })
    .openapi('ImportForm');
  // The body is read by hand: a file's bytes must be seen before they are taken for text.
  api.openAPIRegistry.registerPath({
    method: 'post',
    path: IMPORTS_PATH,
    request: {
      body: {
        required: true,
        content: {
          'application/json': { schema: uploadSchema.clone().openapi('ImportUpload') },
          'multipart/form-data': { schema: formSchema },
        },
      },
    },
    responses: answers(201, uploadedSchema, 'The stored file and the guessed mapping'),
  });
  api.post(IMPORTS_PATH, async (c) => {
    const { source, sampleRows } = await uploadImport(c.var.caller, await readUpload(c));
    const { id, recordType, rows, columns, guess } = source;
    const view = { importId: id, recordType, rows, columns, mapping: guess, sampleRows };
    return c.json(uploadedSchema.parse(view), 201);
  });
}

async function readUpload(c: HonoContext<ApiEnv>): Promise<Upload> {
  if (!isForm(c)) return parseInput(uploadSchema, await readJson(c));
  const { fields, file } = await readForm(c, ['recordType']);
  if (file === undefined) {
    throw new AppError('malformed', 'file: send the CSV file in this field', { field: 'file' });
  }
  const [recordType, ...others] = fields.get('recordType') ?? [];
  if (recordType === undefined || others.length > 0) {
    throw new AppError('malformed', 'recordType: send it once', { field: 'recordType' });
  }
  return {
    recordType: parseInput(z.strictObject({ recordType: importTypeSchema }), { recordType })
      .recordType,
    csv: decodeCsv(file.bytes),
    fileName: lineSchema(300).safeParse(file.name).data,
  };
}

async function readJson(c: HonoContext<ApiEnv>): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw new AppError(
      'unsupported-media-type',
      'Send the file as multipart/form-data, or its text as application/json',
    );
  }
  // Its bytes must be UTF-8 as well: JSON parsers replace what is not without a word.
  const text = decodeCsv(new Uint8Array(await c.req.arrayBuffer()));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('malformed', 'body: this is no valid JSON', { cause: error });
  }
}

function toOrdered(importId: string, { id, status }: Stored<Job>): z.infer<typeof orderedSchema> {
  return { importId, jobId: id, status };
}
