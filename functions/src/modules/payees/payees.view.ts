import { z } from '@hono/zod-openapi';
import { stateOf } from './payees.policy.ts';
import { onboardingLinkSchema, payeeStateSchema } from './payees.schema.ts';
import type { PayeeRow } from './payees.service.ts';

export const payeeViewSchema = z
  .object({
    payeeId: z.string(),
    name: z.string(),
    teamId: z.string().nullable(),
    active: z.boolean(),
    state: payeeStateSchema,
    message: z.string(),
    country: z.string().nullable(),
    stripeAccountId: z.string().nullable(),
    transfersEnabled: z.boolean(),
    payoutsEnabled: z.boolean(),
    requirements: z.array(z.string()),
    bank: z
      .object({
        status: z.enum(['paid', 'failed']),
        failure: z.string().nullable(),
        occurredAt: z.string(),
      })
      .nullable(),
    updatedAt: z.string().nullable(),
  })
  .openapi('Payee');

export const payeeListSchema = z.object({
  payees: z.array(payeeViewSchema),
  nextCursor: z.string().nullable(),
});

export const onboardingSchema = z.object(onboardingLinkSchema.shape).openapi('OnboardingLink');

/** A payee as the door shows them. */
export function toPayeeView({ user, payee }: PayeeRow): z.infer<typeof payeeViewSchema> {
  const { id, name, teamId, active } = user;
  const bank = payee?.bank ?? null;
  return {
    ...{ payeeId: id, name, teamId, active },
    ...stateOf(payee),
    country: payee?.country ?? null,
    stripeAccountId: payee?.stripeAccountId ?? null,
    transfersEnabled: payee?.transfersEnabled ?? false,
    payoutsEnabled: payee?.payoutsEnabled ?? false,
    requirements: [...(payee?.requirements ?? [])],
    bank: bank && {
      ...{ status: bank.status, failure: bank.failure },
      occurredAt: bank.occurredAt.toISOString(),
    },
    updatedAt: payee?.updatedAt.toISOString() ?? null,
  };
}
