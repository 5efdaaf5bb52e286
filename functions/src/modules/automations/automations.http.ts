import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody, optionalJsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { listWorkflows, showVersions, showWorkflow } from '../../workflows/show-workflows.ts';
import { definitionSchema } from './automations.schema.ts';
import {
  activateWorkflow,
  archiveWorkflow,
  checkWorkflow,
  createWorkflow,
  pauseWorkflow,
  updateWorkflow,
} from './automations.service.ts';
import {
  checkedViewSchema,
  savedWorkflowSchema,
  toSavedWorkflow,
  toVersionView,
  toWorkflowDetail,
  toWorkflowView,
  workflowDetailSchema,
  workflowVersionViewSchema,
  workflowViewSchema,
} from './automations.view.ts';
import { builderCatalogueSchema, getBuilderCatalogue } from './builder-catalogue.ts';
import { createFromTemplate, listTemplates, templateViewSchema } from './use-template.ts';
import {
  activationSchema,
  checkedDefinitionSchema,
  listWorkflowsSchema,
  newFromTemplateSchema,
  newWorkflowSchema,
  workflowChangeSchema,
} from './workflow-inputs.schema.ts';

/** Both requests that give a definition refer to one description of it: it is long. */
const named = { definition: definitionSchema.clone().openapi('WorkflowDefinition').optional() };
const paramsSchema = z.strictObject({ id: idSchema });
const listSchema = z.object({
  workflows: z.array(workflowViewSchema),
  nextCursor: z.string().nullable(),
});

/** Adds the routes of workflows to the `/api` door. */
export function registerWorkflowRoutes(api: Api): void {
  registerListAndCreate(api);
  // Before the single ones: an id could have these names.
  registerBuilding(api);
  registerCheck(api);
  registerSingle(api);
  registerStates(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/workflows',
      request: { query: listWorkflowsSchema },
      responses: answers(200, listSchema, 'The workflows of the organisation, newest first'),
    }),
    async (c) => {
      const { shown, nextCursor } = await listWorkflows(c.var.caller, c.req.valid('query'));
      return c.json({ workflows: shown.map(toWorkflowView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows',
      request: { body: jsonBody(newWorkflowSchema.safeExtend(named).openapi('NewWorkflow')) },
      responses: answers(201, savedWorkflowSchema, 'The new workflow'),
    }),
    async (c) =>
      c.json(toSavedWorkflow(await createWorkflow(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerBuilding(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/workflows/operators',
      responses: answers(200, builderCatalogueSchema, 'What workflows can be built of'),
    }),
    async (c) => c.json(await getBuilderCatalogue(c.var.caller), 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/workflows/templates',
      responses: answers(
        200,
        z.object({ templates: z.array(templateViewSchema) }),
        'Workflows to start from',
      ),
    }),
    async (c) => c.json({ templates: listTemplates(c.var.caller) }, 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows/templates/{id}',
      request: {
        params: paramsSchema,
        body: optionalJsonBody(newFromTemplateSchema.clone().openapi('NewFromTemplate')),
      },
      responses: answers(
        201,
        savedWorkflowSchema,
        'A new workflow that does what the template says',
      ),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const saved = await createFromTemplate(c.var.caller, id, c.req.valid('json'));
      return c.json(toSavedWorkflow(saved), 201);
    },
  );
}

function registerCheck(api: Api): void {
  const body = checkedDefinitionSchema.extend({
    definition: definitionSchema.clone().openapi('WorkflowDefinition'),
  });
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows/check',
      request: { body: jsonBody(body.openapi('WorkflowCheck')) },
      responses: answers(
        200,
        checkedViewSchema,
        'The definition could be saved; what looks like a mistake in it. Nothing is saved',
      ),
    }),
    async (c) => {
      const warnings = await checkWorkflow(c.var.caller, c.req.valid('json'));
      return c.json({ warnings: warnings.map((warning) => ({ ...warning })) }, 200);
    },
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/workflows/{id}',
      request: { params: paramsSchema },
      responses: answers(200, workflowDetailSchema, 'The workflow and what it does'),
    }),
    async (c) => {
      const { shown, latest } = await showWorkflow(c.var.caller, c.req.valid('param').id);
      return c.json(toWorkflowDetail(shown, latest), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: '/api/workflows/{id}',
      request: {
        params: paramsSchema,
        body: jsonBody(workflowChangeSchema.safeExtend(named).openapi('WorkflowChange')),
      },
      responses: answers(
        200,
        savedWorkflowSchema,
        'The workflow; another definition is its latest version, which runs once it is activated',
      ),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const saved = await updateWorkflow(c.var.caller, id, c.req.valid('json'));
      return c.json(toSavedWorkflow(saved), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/workflows/{id}/versions',
      request: { params: paramsSchema },
      responses: answers(
        200,
        z.object({ versions: z.array(workflowVersionViewSchema) }),
        'Its versions, latest first',
      ),
    }),
    async (c) => {
      const versions = await showVersions(c.var.caller, c.req.valid('param').id);
      return c.json({ versions: versions.map(toVersionView) }, 200);
    },
  );
}

function registerStates(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows/{id}/activate',
      request: {
        params: paramsSchema,
        body: optionalJsonBody(activationSchema.clone().openapi('WorkflowActivation')),
      },
      responses: answers(200, savedWorkflowSchema, 'The workflow, which runs from now on'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const saved = await activateWorkflow(c.var.caller, id, c.req.valid('json'));
      return c.json(toSavedWorkflow(saved), 200);
    },
  );
  const ends = { pause: pauseWorkflow, archive: archiveWorkflow } as const;
  for (const [verb, end] of Object.entries(ends)) {
    api.openapi(
      createRoute({
        method: 'post',
        path: `/api/workflows/{id}/${verb}`,
        request: { params: paramsSchema },
        responses: answers(200, savedWorkflowSchema, 'The workflow, which starts for nothing more'),
      }),
      async (c) => {
        const workflow = await end(c.var.caller, c.req.valid('param').id);
        return c.json(toSavedWorkflow({ workflow }), 200);
      },
    );
  }
}
