import { createRoute, z } from '@hono/zod-openapi';
import type { EmailPort } from '../../integrations/email/email.port.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody, optionalJsonBody } from '../../platform/http/responses.ts';
import { type Principal, roleSchema } from '../../platform/principal.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { acceptInvitation } from '../../workflows/accept-invitation.ts';
import {
  acceptInvitationSchema,
  type Invitation,
  listInvitationsSchema,
  newInvitationSchema,
} from './invitations.schema.ts';
import {
  createInvitation,
  getInvitation,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from './invitations.service.ts';
import { sendInvitation } from './send-invitation.ts';

const invitationViewSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    teamId: z.string().nullable(),
    managedTeamIds: z.array(z.string()),
    status: z.enum(['pending', 'expired', 'accepted', 'revoked']),
    expiresAt: z.string(),
    sentAt: z.string().nullable(),
    sendError: z.string().nullable(),
    userId: z.string().nullable(),
    createdAt: z.string(),
  })
  .openapi('Invitation');

const invitationListSchema = z.object({
  invitations: z.array(invitationViewSchema),
  nextCursor: z.string().nullable(),
});

const acceptedSchema = z
  .object({
    success: z.literal(true),
    userId: z.string(),
    orgId: z.string(),
    email: z.string(),
    message: z.string(),
  })
  .openapi('AcceptedInvitation');

const paramsSchema = z.strictObject({ id: idSchema });
const nothingSchema = z.strictObject({});

/** Adds `POST /api/invitations/accept`, which needs no sign-in: its token is the proof. */
export function registerAcceptanceRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/invitations/accept',
      request: { body: jsonBody(acceptInvitationSchema.clone().openapi('InvitationAcceptance')) },
      responses: answers(201, acceptedSchema, 'The new membership; sign in with the password'),
    }),
    async (c) => {
      const accepted = await acceptInvitation(c.var.invocation, c.req.valid('json'));
      const message = 'Welcome; sign in with your e-mail address and password';
      return c.json({ success: true as const, ...accepted, message }, 201);
    },
  );
}

/** Adds the routes by which administrators invite people. */
export function registerInvitationRoutes(api: Api, email: EmailPort): void {
  const send = (caller: Context<Principal>, { id }: Stored<Invitation>) =>
    sendInvitation(caller, email, caller.principal.orgId, id);
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/invitations',
      request: { body: jsonBody(newInvitationSchema.clone().openapi('NewInvitation')) },
      responses: answers(201, invitationViewSchema, 'The invitation, and whether its mail is out'),
    }),
    async (c) => {
      const { caller } = c.var;
      const sent = await send(caller, await createInvitation(caller, c.req.valid('json')));
      return c.json(toView(sent, caller.now), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/invitations/{id}/resend',
      request: {
        params: paramsSchema,
        body: optionalJsonBody(nothingSchema.clone().openapi('Resending')),
      },
      responses: answers(200, invitationViewSchema, 'The invitation with a new link'),
    }),
    async (c) => {
      const { caller } = c.var;
      const sent = await send(caller, await renewInvitation(caller, c.req.valid('param').id));
      return c.json(toView(sent, caller.now), 200);
    },
  );
  registerOpenInvitationRoutes(api);
}

function registerOpenInvitationRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/invitations',
      request: { query: listInvitationsSchema },
      responses: answers(200, invitationListSchema, 'The invitations, the newest first'),
    }),
    async (c) => {
      const { caller } = c.var;
      const { invitations, nextCursor } = await listInvitations(caller, c.req.valid('query'));
      const views = invitations.map((invitation) => toView(invitation, caller.now));
      return c.json({ invitations: views, nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/invitations/{id}',
      request: { params: paramsSchema },
      responses: answers(200, invitationViewSchema, 'The invitation'),
    }),
    async (c) => {
      const { caller } = c.var;
      return c.json(toView(await getInvitation(caller, c.req.valid('param').id), caller.now), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/invitations/{id}',
      request: { params: paramsSchema },
      responses: answers(200, invitationViewSchema, 'The revoked invitation'),
    }),
    async (c) => {
      const { caller } = c.var;
      const revoked = await revokeInvitation(caller, c.req.valid('param').id);
      return c.json(toView(revoked, caller.now), 200);
    },
  );
}

function toView(invitation: Stored<Invitation>, now: Date): z.infer<typeof invitationViewSchema> {
  const { id, email, name, role, teamId, managedTeamIds, status, expiresAt } = invitation;
  const { sendError, userId, sentAt, createdAt } = invitation;
  return {
    ...{ id, email, name, role, teamId, managedTeamIds, sendError, userId },
    status: status === 'pending' && expiresAt <= now ? 'expired' : status,
    expiresAt: expiresAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
