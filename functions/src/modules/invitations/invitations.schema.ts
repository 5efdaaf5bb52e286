import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { memberShape, passwordSchema, userSchema } from '../users/users.schema.ts';

const invitationStatusSchema = z.enum(['pending', 'accepted', 'revoked']);

/**
 * An invitation to become a member, `orgs/{orgId}/invitations/{invitationId}`. Its token is in the
 * mail alone; here is the token's hash. `sendings` counts the tokens: sending it anew makes
 * another one, and the one before is void.
 */
export const invitationSchema = z.strictObject({
  ...recordShape,
  email: userSchema.shape.email,
  name: userSchema.shape.name,
  role: userSchema.shape.role,
  teamId: userSchema.shape.teamId,
  managedTeamIds: userSchema.shape.managedTeamIds,
  status: invitationStatusSchema,
  tokenHash: z.string(),
  sendings: z.int().min(1),
  expiresAt: z.date(),
  /** When the mail server took the mail over; null until then. */
  sentAt: z.date().nullable(),
  /** Why the last attempt failed, for the administrator to read. */
  sendError: z.string().max(500).nullable(),
  sendAttempts: z.int().min(0),
  /** From when on the mail is to be sent (again) by the schedule; null when there is nothing to send. */
  nextSendAt: z.date().nullable(),
  /** Whose membership it became. */
  userId: idSchema.nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;

export const newInvitationSchema = z.strictObject(memberShape);
export type NewInvitation = z.infer<typeof newInvitationSchema>;

export const listInvitationsSchema = z.strictObject({
  status: invitationStatusSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListInvitations = z.infer<typeof listInvitationsSchema>;

/** The acceptance of an invitation. An account that exists already is proved by its password. */
export const acceptInvitationSchema = z.strictObject({
  token: z.string().min(1).max(500),
  password: passwordSchema,
  name: userSchema.shape.name.optional(),
});
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;
