import { jobStatusSchema, userSchema } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Query } from './port.ts';

/** What the settings read of the answers; what else they carry is left out. */
const cursorShape = { nextCursor: z.string().nullable() };

function afterCursor(nextCursor: string | null): Query | undefined {
  return nextCursor === null ? undefined : { cursor: nextCursor };
}

const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: userSchema.shape.role,
  teamId: z.string().nullable(),
  status: z.enum(['pending', 'expired', 'accepted', 'revoked']),
  expiresAt: z.string(),
  sentAt: z.string().nullable(),
  sendError: z.string().nullable(),
});
export type InvitationView = z.infer<typeof invitationSchema>;

export const invitationListSchema = z
  .object({ invitations: z.array(invitationSchema), ...cursorShape })
  .transform(({ invitations, nextCursor }) => ({
    records: invitations,
    next: afterCursor(nextCursor),
  }));

const teamSchema = z.object({ id: z.string(), name: z.string() });
export type TeamView = z.infer<typeof teamSchema>;

export const teamPageSchema = z
  .object({ teams: z.array(teamSchema), ...cursorShape })
  .transform(({ teams, nextCursor }) => ({ records: teams, next: afterCursor(nextCursor) }));

const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

export const apiKeyListSchema = z
  .object({ apiKeys: z.array(apiKeySchema), ...cursorShape })
  .transform(({ apiKeys, nextCursor }) => ({ records: apiKeys, next: afterCursor(nextCursor) }));

/** A key that was just made, with what nobody can read again. */
export const newKeySchema = apiKeySchema.extend({ secret: z.string() });
export type NewKey = z.infer<typeof newKeySchema>;

/** A change that a job carries on, if there is anything for it to do. */
export const orderedSchema = z.object({ jobId: z.string().nullable() });

/** How far long work is. */
export const progressSchema = z.object({
  status: jobStatusSchema,
  processed: z.int(),
  failed: z.int(),
  error: z.string().nullable(),
});
