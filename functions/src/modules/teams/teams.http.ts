import { createRoute, z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { deleteTeam } from '../../workflows/delete-team.ts';
import { listTeamsSchema, newTeamSchema, type Team } from './teams.schema.ts';
import { createTeam, getTeam, listTeams, renameTeam } from './teams.service.ts';

const teamViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('Team');

const teamListSchema = z.object({
  teams: z.array(teamViewSchema),
  nextCursor: z.string().nullable(),
});

const paramsSchema = z.strictObject({ id: idSchema });

/** Adds the routes of teams. */
export function registerTeamRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/teams',
      request: { query: listTeamsSchema },
      responses: answers(200, teamListSchema, 'The teams, by name'),
    }),
    async (c) => {
      const { teams, nextCursor } = await listTeams(c.var.caller, c.req.valid('query'));
      return c.json({ teams: teams.map(toView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/teams',
      request: { body: jsonBody(newTeamSchema.clone().openapi('NewTeam')) },
      responses: answers(201, teamViewSchema, 'The new team'),
    }),
    async (c) => c.json(toView(await createTeam(c.var.caller, c.req.valid('json'))), 201),
  );
  registerTeamRoute(api);
}

function registerTeamRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/teams/{id}',
      request: { params: paramsSchema },
      responses: answers(200, teamViewSchema, 'The team'),
    }),
    async (c) => c.json(toView(await getTeam(c.var.caller, c.req.valid('param').id)), 200),
  );
  for (const method of ['put', 'patch'] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/api/teams/{id}',
        request: {
          params: paramsSchema,
          body: jsonBody(newTeamSchema.clone().openapi('TeamName')),
        },
        responses: answers(200, teamViewSchema, 'The renamed team'),
      }),
      async (c) => {
        const rename = { teamId: c.req.valid('param').id, ...c.req.valid('json') };
        return c.json(toView(await renameTeam(c.var.caller, rename)), 200);
      },
    );
  }
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/teams/{id}',
      request: { params: paramsSchema },
      responses: answers(200, deletedSchema, 'The team is gone'),
    }),
    async (c) => {
      await deleteTeam(c.var.caller, c.req.valid('param').id);
      return c.json({ success: true as const, message: 'Team deleted' }, 200);
    },
  );
}

function toView({ id, name, version, createdAt, updatedAt }: Stored<Team>) {
  return {
    ...{ id, name, version },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
