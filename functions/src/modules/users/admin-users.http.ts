import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { listPeople, type Person } from '../../workflows/list-people.ts';
import { contractRoleOf, contractRoleSchema, listPeopleSchema } from './users.schema.ts';

const personViewSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: contractRoleSchema,
    active: z.boolean(),
    createdAt: z.string(),
    stats: z.object({ contacts: z.int(), leads: z.int(), deals: z.int() }),
  })
  .openapi('Person');

const peopleSchema = z.object({
  users: z.array(personViewSchema),
  total: z.int(),
  nextCursor: z.string().nullable(),
});

/** Adds seed 001's list of members with their numbers, for administrators. */
export function registerAdminUserRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/admin/users',
      request: { query: listPeopleSchema },
      responses: answers(200, peopleSchema, 'The members, in the order in which they joined'),
    }),
    async (c) => {
      const { people, total, nextCursor } = await listPeople(c.var.caller, c.req.valid('query'));
      return c.json({ users: people.map(toView), total, nextCursor }, 200);
    },
  );
}

function toView({ user, stats }: Person): z.infer<typeof personViewSchema> {
  const { id, email, name, role, active, createdAt } = user;
  const view = { id, email, name, role: contractRoleOf(role), active, stats };
  return { ...view, createdAt: createdAt.toISOString() };
}
