import { z } from 'zod';
import { emailSchema, passwordTextSchema } from '../../platform/text.schema.ts';
import { contractRoleSchema } from '../users/users.schema.ts';

export const signInSchema = z.strictObject({
  email: emailSchema,
  password: passwordTextSchema(1),
});
export type SignIn = z.infer<typeof signInSchema>;

/** Who is signed in, and until when: seed 001's `GET /api/auth/session`. */
export const sessionSchema = z.object({
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: contractRoleSchema,
    orgId: z.string(),
  }),
  expires: z.string(),
});

export const passwordResetSchema = z.strictObject({ email: emailSchema });
export type PasswordReset = z.infer<typeof passwordResetSchema>;
