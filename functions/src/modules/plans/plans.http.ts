import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { listOwnPlans } from './own-plans.ts';
import { newPlanSchema, newPlanVersionSchema, updatePlanSchema } from './plans.schema.ts';
import {
  archivePlan,
  createPlan,
  getPlan,
  listPlans,
  type PlanWithTerms,
  publishPlanVersion,
  updatePlan,
} from './plans.service.ts';
import {
  ownPlanSchema,
  planViewSchema,
  planWithVersionsSchema,
  toOwnPlan,
  toPlanVersionView,
  toPlanView,
} from './plans.view.ts';

const planParamsSchema = z.strictObject({ id: idSchema });
const listQuerySchema = z.strictObject({ archived: z.enum(['true', 'false']).default('false') });
const planListSchema = z.object({ plans: z.array(planViewSchema) });
const ownPlanListSchema = z.object({ plans: z.array(ownPlanSchema) });

/** Adds the routes of compensation plans to the `/api` door. */
export function registerPlanRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
  registerChanges(api);
  registerOwn(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/plans',
      request: { query: listQuerySchema },
      responses: answers(200, planListSchema, 'The plans in use by name, or those archived'),
    }),
    async (c) => {
      const archived = c.req.valid('query').archived === 'true';
      const plans = await listPlans(c.var.caller, { archived });
      return c.json({ plans: plans.map(toPlanView) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/plans',
      request: { body: jsonBody(newPlanSchema.clone().openapi('NewPlan')) },
      responses: answers(201, planWithVersionsSchema, 'The new plan with its first version'),
    }),
    async (c) => c.json(withTerms(await createPlan(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/plans/{id}',
      request: { params: planParamsSchema },
      responses: answers(200, planWithVersionsSchema, 'The plan with its versions, latest first'),
    }),
    async (c) => {
      const { plan, versions } = await getPlan(c.var.caller, c.req.valid('param').id);
      return c.json({ ...toPlanView(plan), versions: versions.map(toPlanVersionView) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: '/api/plans/{id}',
      request: {
        params: planParamsSchema,
        body: jsonBody(updatePlanSchema.omit({ planId: true }).openapi('PlanChange')),
      },
      responses: answers(200, planViewSchema, 'The plan by its new name or description'),
    }),
    async (c) => {
      const change = { ...c.req.valid('json'), planId: c.req.valid('param').id };
      return c.json(toPlanView(await updatePlan(c.var.caller, change)), 200);
    },
  );
}

function registerChanges(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/plans/{id}/versions',
      request: {
        params: planParamsSchema,
        body: jsonBody(newPlanVersionSchema.clone().openapi('NewPlanVersion')),
      },
      responses: answers(
        201,
        planWithVersionsSchema,
        'The plan with the terms that hold for deals won from now on; those won before keep theirs',
      ),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const published = await publishPlanVersion(c.var.caller, id, c.req.valid('json'));
      return c.json(withTerms(published), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/plans/{id}',
      request: { params: planParamsSchema },
      responses: answers(
        200,
        deletedSchema,
        'The plan is archived: no deal is won on it any more, and what was won on it stays',
      ),
    }),
    async (c) => {
      await archivePlan(c.var.caller, c.req.valid('param').id);
      return c.json({ success: true as const, message: 'Plan archived' }, 200);
    },
  );
}

function registerOwn(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/earnings/plans',
      responses: answers(200, ownPlanListSchema, 'What the caller earns by, were a deal won now'),
    }),
    async (c) => c.json({ plans: (await listOwnPlans(c.var.caller)).map(toOwnPlan) }, 200),
  );
}

function withTerms({ plan, terms }: PlanWithTerms) {
  return { ...toPlanView(plan), versions: [toPlanVersionView(terms)] };
}
