import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';

/**
 * A team, `orgs/{orgId}/teams/{teamId}`. A deleted one stays as a document, because events and
 * closed deals of the past still name it.
 */
export const teamSchema = z.strictObject({
  ...recordShape,
  name: lineSchema(100),
  deletedAt: z.date().nullable(),
});
export type Team = z.infer<typeof teamSchema>;

export const newTeamSchema = z.strictObject({ name: teamSchema.shape.name });
export type NewTeam = z.infer<typeof newTeamSchema>;

export const renameTeamSchema = newTeamSchema.extend({ teamId: idSchema });
export type RenameTeam = z.infer<typeof renameTeamSchema>;

export const listTeamsSchema = z.strictObject({
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListTeams = z.infer<typeof listTeamsSchema>;
