import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  listTasksSchema,
  newTaskSchema,
  taskViewSchema,
  toTaskView,
  updateTaskSchema,
} from './tasks.schema.ts';
import {
  createTask,
  deleteTask,
  getTask,
  listTasks,
  restoreTask,
  updateTask,
} from './tasks.service.ts';

const taskAnswerSchema = z.object(taskViewSchema.shape).openapi('Task');
const taskListSchema = z.object({
  tasks: z.array(taskAnswerSchema),
  nextCursor: z.string().nullable(),
});
const taskParamsSchema = z.strictObject({ id: idSchema });

/** Adds the routes of tasks of the `/api` door. */
export function registerTaskRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
  registerBin(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/tasks',
      request: { query: listTasksSchema },
      responses: answers(200, taskListSchema, 'Tasks, by when they are due'),
    }),
    async (c) => {
      const { records, nextCursor } = await listTasks(c.var.caller, c.req.valid('query'));
      return c.json({ tasks: records.map(toTaskView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/tasks',
      request: { body: jsonBody(newTaskSchema.extend({}).openapi('NewTask')) },
      responses: answers(201, taskAnswerSchema, 'The new task'),
    }),
    async (c) => c.json(toTaskView(await createTask(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/tasks/{id}',
      request: { params: taskParamsSchema },
      responses: answers(200, taskAnswerSchema, 'The task'),
    }),
    async (c) => {
      const found = await getTask(c.var.caller, { taskId: c.req.valid('param').id });
      return c.json(toTaskView(found), 200);
    },
  );
  const change = updateTaskSchema.omit({ taskId: true }).openapi('TaskChange');
  for (const method of ['patch', 'put'] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/api/tasks/{id}',
        request: { params: taskParamsSchema, body: jsonBody(change) },
        responses: answers(200, taskAnswerSchema, 'The task after the change of the given fields'),
      }),
      async (c) => {
        const taskId = c.req.valid('param').id;
        const changed = await updateTask(c.var.caller, { ...c.req.valid('json'), taskId });
        return c.json(toTaskView(changed), 200);
      },
    );
  }
}

function registerBin(api: Api): void {
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/tasks/{id}',
      request: { params: taskParamsSchema },
      responses: answers(200, deletedSchema, 'The task is in the bin for 30 days'),
    }),
    async (c) => {
      await deleteTask(c.var.caller, { taskId: c.req.valid('param').id });
      return c.json({ success: true as const, message: 'Task deleted' }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/tasks/{id}/restore',
      request: { params: taskParamsSchema },
      responses: answers(200, taskAnswerSchema, 'The task'),
    }),
    async (c) => {
      const restored = await restoreTask(c.var.caller, { taskId: c.req.valid('param').id });
      return c.json(toTaskView(restored), 200);
    },
  );
}
