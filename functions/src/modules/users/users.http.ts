import { createRoute, z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody, optionalJsonBody } from '../../platform/http/responses.ts';
import { roleSchema } from '../../platform/principal.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  type ChangedUser,
  deactivateUser,
  leaveOrganisation,
  orderHandOver,
  reactivateUser,
  updateUser,
} from '../../workflows/change-user.ts';
import { handOverSchema, listUsersSchema, type User, updateUserSchema } from './users.schema.ts';
import { getUser, listUsers } from './users.service.ts';

const userViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    teamId: z.string().nullable(),
    managedTeamIds: z.array(z.string()),
    active: z.boolean(),
    version: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('User');

const changedUserSchema = userViewSchema
  .extend({
    jobId: z.string().nullable().openapi({
      description: 'The job that brings the records after the person, if there is one',
    }),
  })
  .openapi('ChangedUser');

const userListSchema = z.object({
  users: z.array(userViewSchema),
  nextCursor: z.string().nullable(),
});

const orderedJobSchema = z.object({ jobId: z.string(), status: z.string() }).openapi('OrderedJob');
const paramsSchema = z.strictObject({ id: idSchema });
const deactivateSchema = z.strictObject({ handOverTo: idSchema.optional() });
const nothingSchema = z.strictObject({});

/** Adds the routes of members. */
export function registerUserRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/users',
      request: { query: listUsersSchema },
      responses: answers(200, userListSchema, 'The members, by name'),
    }),
    async (c) => {
      const { users, nextCursor } = await listUsers(c.var.caller, c.req.valid('query'));
      return c.json({ users: users.map(toView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/users/{id}',
      request: { params: paramsSchema },
      responses: answers(200, userViewSchema, 'The member'),
    }),
    async (c) => c.json(toView(await getUser(c.var.caller, c.req.valid('param').id)), 200),
  );
  for (const method of ['put', 'patch'] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/api/users/{id}',
        request: {
          params: paramsSchema,
          body: jsonBody(updateUserSchema.omit({ userId: true }).openapi('UserChange')),
        },
        responses: answers(200, changedUserSchema, 'The changed member'),
      }),
      async (c) => {
        const change = { userId: c.req.valid('param').id, ...c.req.valid('json') };
        return c.json(toChangedView(await updateUser(c.var.caller, change)), 200);
      },
    );
  }
  registerMembershipRoutes(api);
}

function registerMembershipRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/users/{id}/deactivate',
      request: {
        params: paramsSchema,
        body: optionalJsonBody(deactivateSchema.clone().openapi('Deactivation')),
      },
      responses: answers(200, changedUserSchema, 'The member, deactivated'),
    }),
    async (c) => {
      const order = { userId: c.req.valid('param').id, ...c.req.valid('json') };
      return c.json(toChangedView(await deactivateUser(c.var.caller, order)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/users/me/leave',
      responses: answers(200, userViewSchema, 'The caller, whose membership has ended'),
    }),
    async (c) => c.json(toView(await leaveOrganisation(c.var.caller)), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/users/{id}/reactivate',
      request: {
        params: paramsSchema,
        body: optionalJsonBody(nothingSchema.clone().openapi('Reactivation')),
      },
      responses: answers(200, changedUserSchema, 'The member, active again'),
    }),
    async (c) =>
      c.json(toChangedView(await reactivateUser(c.var.caller, c.req.valid('param').id)), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/users/{id}/hand-over',
      request: {
        params: paramsSchema,
        body: jsonBody(handOverSchema.omit({ fromUserId: true }).openapi('HandOver')),
      },
      responses: answers(201, orderedJobSchema, 'The job that moves the open records'),
    }),
    async (c) => {
      const order = { fromUserId: c.req.valid('param').id, ...c.req.valid('json') };
      const { id, status } = await orderHandOver(c.var.caller, order);
      return c.json({ jobId: id, status }, 201);
    },
  );
}

function toView(user: Stored<User>): z.infer<typeof userViewSchema> {
  const { id, name, email, role, teamId, managedTeamIds, active, version } = user;
  return {
    ...{ id, name, email, role, teamId, managedTeamIds, active, version },
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}

function toChangedView({ user, jobId }: ChangedUser): z.infer<typeof changedUserSchema> {
  return { ...toView(user), jobId };
}
