import { createRoute, z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { type Job, jobErrorSchema, jobStatusSchema, jobTypeSchema } from './jobs.schema.ts';
import { cancelJob, getJob } from './jobs.service.ts';

const jobViewSchema = z
  .object({
    id: z.string(),
    type: jobTypeSchema,
    status: jobStatusSchema,
    processed: z.int(),
    total: z.int().nullable(),
    failed: z.int(),
    counts: z.record(z.string(), z.int()),
    errors: z.array(jobErrorSchema),
    error: z.string().nullable(),
    ownerId: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .openapi('Job');

const jobParamsSchema = z.strictObject({ id: idSchema });

/** Adds the routes that watch and cancel long work. */
export function registerJobRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/jobs/{id}',
      request: { params: jobParamsSchema },
      responses: answers(200, jobViewSchema, 'The job and how far it is'),
    }),
    async (c) => c.json(toView(await getJob(c.var.caller, c.req.valid('param').id)), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/jobs/{id}/cancel',
      request: { params: jobParamsSchema },
      responses: answers(200, jobViewSchema, 'The cancelled job; what it had done stays'),
    }),
    async (c) => c.json(toView(await cancelJob(c.var.caller, c.req.valid('param').id)), 200),
  );
}

function toView(job: Stored<Job>): z.infer<typeof jobViewSchema> {
  const { id, type, status, processed, total, failed, counts, errors, error, ownerId } = job;
  return {
    ...{ id, type, status, processed, total, failed, counts, errors, error, ownerId },
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
