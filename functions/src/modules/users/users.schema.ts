import { z } from 'zod';
import { type Role, roleSchema } from '../../platform/principal.schema.ts';
import { recordShape } from '../../platform/record.schema.ts';
import {
  emailSchema,
  idSchema,
  lineSchema,
  passwordTextSchema,
} from '../../platform/text.schema.ts';

/** Firestore allows 30 disjunctions in a query; a manager's list query spends one per team. */
const MAX_MANAGED_TEAMS = 20;

/** A member of an organisation, `orgs/{orgId}/users/{uid}`: the authority on what a person may do. */
export const userSchema = z.strictObject({
  ...recordShape,
  name: lineSchema(200),
  email: emailSchema,
  role: roleSchema,
  teamId: idSchema.nullable(),
  managedTeamIds: z.array(idSchema).max(MAX_MANAGED_TEAMS),
  active: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

/** What an administrator says of a person who is to be a member; a manager may manage several teams. */
export const memberShape = {
  name: userSchema.shape.name,
  email: userSchema.shape.email,
  role: roleSchema,
  teamId: idSchema.nullable().default(null),
  managedTeamIds: userSchema.shape.managedTeamIds.default([]),
};
export const passwordSchema = passwordTextSchema(8);

/** A change of a member; what is left out stays. */
export const updateUserSchema = z.strictObject({
  userId: idSchema,
  name: userSchema.shape.name.optional(),
  role: roleSchema.optional(),
  teamId: idSchema.nullable().optional(),
  managedTeamIds: userSchema.shape.managedTeamIds.optional(),
});
export type UpdateUser = z.infer<typeof updateUserSchema>;

/** Which members to list, by name; of everybody unless a filter is given. */
export const listUsersSchema = z.strictObject({
  teamId: idSchema.optional(),
  role: roleSchema.optional(),
  active: z.enum(['true', 'false']).optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListUsers = z.infer<typeof listUsersSchema>;

/** A page of the members with their numbers. Each member costs three counts, so pages are small. */
export const listPeopleSchema = z.strictObject({
  page: z.coerce.number().pipe(z.int().min(1).max(1000)).default(1),
  limit: z.coerce.number().pipe(z.int().min(1).max(50)).default(20),
  cursor: z.string().max(4000).optional(),
});
export type ListPeople = z.infer<typeof listPeopleSchema>;

export const handOverSchema = z.strictObject({ fromUserId: idSchema, toUserId: idSchema });
export type HandOver = z.infer<typeof handOverSchema>;

/**
 * Roles as seed 001's `/api/auth/session` and `/api/admin/users` write them. The contract shows
 * `USER` for an ordinary person and speaks of admins, so a rep is `USER` there, and the roles that
 * may do more are told apart by their own names.
 */
export const contractRoleSchema = z.enum(['ADMIN', 'MANAGER', 'USER']);

const contractRoles: Readonly<Record<Role, z.infer<typeof contractRoleSchema>>> = {
  admin: 'ADMIN',
  manager: 'MANAGER',
  rep: 'USER',
};

/** The role in the words of seed 001. */
export function contractRoleOf(role: Role): z.infer<typeof contractRoleSchema> {
  return contractRoles[role];
}
