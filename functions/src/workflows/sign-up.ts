import { orgs } from '../modules/orgs/orgs.public.ts';
import type { SignUp } from '../modules/orgs/orgs.schema.ts';
import { defaultStages, stages } from '../modules/stages/stages.public.ts';
import { users } from '../modules/users/users.public.ts';
import { createAccount, deleteAccount, findAccount, setAccountOrg } from '../platform/accounts.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { firstVersion } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { openUnit, type Store } from '../platform/unit-of-work.ts';

/** A sign-up in progress must not be taken for one that crashed. */
const ABANDONED_AFTER_MS = 10 * 60 * 1000;

export type SignUpContext = Omit<Context<never>, 'principal'>;

/**
 * Creates an account, an organisation with the default stages, and its first administrator. The
 * account comes first and the one batch with everything else last: whatever fails in between
 * leaves an account without a membership, which this undoes, or the next sign-up replaces.
 * @throws AppError already-exists (email)
 */
export async function signUp(
  ctx: SignUpContext,
  input: SignUp,
): Promise<{ userId: string; orgId: string }> {
  const orgId = ctx.newId();
  const userId = await claimAccount(ctx, input);
  try {
    await setAccountOrg(userId, orgId);
    await createOrg(ctx, orgId, userId, input);
  } catch (error) {
    await deleteAccount(userId);
    throw error;
  }
  ctx.log.info({ orgId, userId }, 'organisation signed up');
  return { userId, orgId };
}

async function claimAccount(ctx: SignUpContext, input: SignUp): Promise<string> {
  const uid = await createAccount(input);
  if (uid !== undefined) return uid;
  const existing = await findAccount(input.email);
  if (existing !== undefined && (await isAbandoned(ctx.store, existing, ctx.now))) {
    await deleteAccount(existing.uid);
    const replaced = await createAccount(input);
    if (replaced !== undefined) return replaced;
  }
  throw new AppError('already-exists', 'Email already exists', { field: 'email' });
}

async function isAbandoned(
  store: Store,
  account: { uid: string; orgId: string | undefined; createdAt: Date },
  now: Date,
): Promise<boolean> {
  if (now.getTime() - account.createdAt.getTime() < ABANDONED_AFTER_MS) return false;
  if (account.orgId === undefined) return true;
  const unit = openUnit({ store }, account.orgId);
  return (await unit.find(users, account.uid)) === undefined;
}

async function createOrg(
  ctx: SignUpContext,
  orgId: string,
  userId: string,
  input: SignUp,
): Promise<void> {
  const bookkeeping = firstVersion({ actor: userId, now: ctx.now });
  await runUnitOfWork(ctx, orgId, async (unit) => {
    unit.create(orgs, orgId, {
      ...bookkeeping,
      name: input.businessName,
      industry: input.industry ?? null,
      currency: input.currency,
      timeZone: input.timeZone,
    });
    unit.create(users, userId, {
      ...bookkeeping,
      name: input.name,
      email: input.email,
      role: 'admin',
      teamId: null,
      managedTeamIds: [],
      active: true,
    });
    for (const { id, ...stage } of defaultStages(ctx.newId)) {
      unit.create(stages, id, { ...bookkeeping, ...stage });
    }
  });
}
