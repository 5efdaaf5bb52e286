import { z } from '@hono/zod-openapi';
import { decodeCsv } from '../modules/imports/imports.public.ts';
import { importOptionsSchema, importPlanSchema } from '../modules/imports/imports.schema.ts';
import { enqueueJob, getJob, runJobChunk } from '../modules/jobs/jobs.public.ts';
import type { Job } from '../modules/jobs/jobs.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Api } from '../platform/http/api.ts';
import { isForm, readForm } from '../platform/http/form.ts';
import { answers } from '../platform/http/responses.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { parseInput } from '../platform/validation.ts';
import { commitImport, uploadImport } from '../workflows/import-records.ts';
import { jobRunner } from './job-handlers.ts';

export const CONTACTS_IMPORT_PATH = '/api/contacts/import';

/** A file of more rows is left to a job, and the answer says where to watch it. */
const MAX_ROWS_AT_ONCE = 2000;
/** Well within the time a request has. */
const BUDGET_MS = 40_000;

const importedSchema = z
  .object({
    success: z.boolean(),
    imported: z.int(),
    failed: z.int(),
    errors: z.array(z.object({ row: z.int(), error: z.string() })),
    importId: z.string(),
    jobId: z.string(),
    status: z.string(),
  })
  .openapi('ContactsImport');

const tagAllSchema = z.strictObject({ tagAll: importOptionsSchema.shape.tagAll });

/**
 * Adds `POST /api/contacts/import`: a CSV file of contacts in one request. It is the same import as
 * `/api/imports`, with the guessed mapping, and is done before the answer unless it is large.
 */
export function registerContactsImportRoute(api: Api): void {
  const { 200: done, ...refusals } = answers(200, importedSchema, 'What became of the rows');
  api.openAPIRegistry.registerPath({
    method: 'post',
    path: CONTACTS_IMPORT_PATH,
    request: {
      body: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: z
              .object({
                file: z.string().openapi({ format: 'binary' }),
                tagAll: z.string().optional(),
              })
              .openapi('ContactsImportForm'),
          },
        },
      },
    },
    responses: { 200: done, 202: { ...done, description: 'A job does the import' }, ...refusals },
  });
  api.post(CONTACTS_IMPORT_PATH, async (c) => {
    if (!isForm(c)) {
      throw new AppError(
        'unsupported-media-type',
        'Send the file as multipart/form-data, in the field file',
      );
    }
    const { fields, file } = await readForm(c, ['tagAll']);
    if (file === undefined) {
      throw new AppError('malformed', 'file: send the CSV file in this field', { field: 'file' });
    }
    const tagAll = (fields.get('tagAll') ?? []).flatMap((text) =>
      text.split(',').flatMap((tag) => tag.trim() || []),
    );
    parseInput(tagAllSchema, { tagAll });
    const { importId, job } = await importContacts(c.var.caller, decodeCsv(file.bytes), tagAll);
    return c.json(importedSchema.parse(toView(importId, job)), isEnded(job) ? 200 : 202);
  });
}

async function importContacts(
  ctx: Context<Principal>,
  csv: string,
  tagAll: readonly string[],
): Promise<{ importId: string; job: Stored<Job> }> {
  const { idempotency, ...once } = ctx;
  const { source } = await uploadImport(ctx, { recordType: 'contact', csv });
  const plan = importPlanSchema.parse({ options: { tagAll, onDuplicate: 'error' } });
  const enqueue = source.rows > MAX_ROWS_AT_ONCE;
  // The key is claimed by the upload; the import that it answers again has been committed then.
  const job = await commitImport(once, source.id, plan, { enqueue });
  if (!enqueue) await runWithinBudget(once, job.id);
  return { importId: source.id, job: await getJob(once, job.id) };
}

async function runWithinBudget(ctx: Context<Principal>, jobId: string): Promise<void> {
  const endMs = performance.now() + BUDGET_MS;
  for (;;) {
    const outcome = await runJobChunk(ctx, jobRunner, ctx.principal.orgId, jobId);
    if (outcome.state !== 'more') return;
    if (performance.now() > endMs) return enqueueJob(ctx, jobId, outcome.chunk);
  }
}

function isEnded({ finishedAt }: Job): boolean {
  return finishedAt !== null;
}

function toView(importId: string, job: Stored<Job>): z.infer<typeof importedSchema> {
  const { created = 0, restored = 0 } = job.counts;
  return {
    success: job.status !== 'failed',
    imported: created + restored,
    failed: job.failed,
    errors: job.errors.map(({ item, error }) => ({ row: Number(item), error })),
    ...{ importId, jobId: job.id, status: job.status },
  };
}
