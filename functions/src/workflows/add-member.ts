import { requireOrgAccess } from '../modules/access/access.public.ts';
import { addUser, type NewUser, users } from '../modules/users/users.public.ts';
import {
  type Account,
  createAccount,
  deleteAccount,
  findAccount,
  setAccountOrg,
  setAccountPassword,
} from '../platform/accounts.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { signInWithPassword } from '../platform/identity-toolkit.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

/** A person with the password of the account that they sign in with. */
export interface NewMember extends NewUser {
  readonly password: string;
}

/** What belongs to one way of becoming a member. */
export interface Admission {
  readonly orgId: string;
  /** The uid that a new account gets, so that an admission that crashed is continued, not begun anew. */
  readonly uid?: string;
  /** Who is noted as the author of the membership; the new member unless given. */
  readonly actor?: string;
  /** What is committed together with the membership. */
  readonly alongside?: (unit: UnitOfWork, userId: string) => Promise<void>;
}

type AdmitContext = Pick<Invocation, 'store' | 'now' | 'log' | 'newId'>;

/**
 * Adds a member with an account to the caller's organisation, without an invitation.
 * @throws AppError permission-denied, already-exists, and what `admitMember` throws
 */
export async function addMember(
  ctx: Context<Principal>,
  member: NewMember,
): Promise<{ userId: string }> {
  requireOrgAccess(ctx.principal, 'create', 'user');
  const { orgId, uid: actor } = ctx.principal;
  return admitMember(ctx, member, { orgId, actor });
}

/**
 * Makes somebody a member: an account, new or theirs, and then the one commit with the membership.
 * Refused in between, it takes the account back. Killed in between, it leaves an account without
 * a membership, with which the next attempt goes on.
 * @throws AppError invalid-argument (password, teamId, managedTeamIds), failed-precondition when
 * the address belongs to a member of any organisation
 */
export async function admitMember(
  ctx: AdmitContext,
  { password, ...user }: NewMember,
  admission: Admission,
): Promise<{ userId: string }> {
  const { orgId, actor, alongside } = admission;
  const claim = await claimAccount(ctx, { ...user, password }, admission);
  const userId = claim.uid;
  try {
    await setAccountOrg(userId, orgId);
    await runUnitOfWork({ store: ctx.store, now: ctx.now }, orgId, async (unit) => {
      await alongside?.(unit, userId);
      await addUser(unit, userId, user, { actor: actor ?? userId, now: ctx.now });
    });
  } catch (error) {
    await undoClaim(ctx, orgId, claim, error);
    throw error;
  }
  ctx.log.info({ orgId, userId }, 'member added');
  return { userId };
}

interface AccountClaim {
  readonly uid: string;
  readonly isNew: boolean;
  readonly formerOrgId: string | undefined;
}

async function claimAccount(
  ctx: AdmitContext,
  { email, password, name }: NewMember,
  { orgId, uid }: Admission,
): Promise<AccountClaim> {
  const wanted = { email, password, name, ...(uid === undefined ? {} : { uid }) };
  const created = await createAccount(wanted);
  if (created !== undefined) return { uid: created, isNew: true, formerOrgId: undefined };
  const existing = await findAccount(email);
  if (existing === undefined) {
    throw new AppError('conflict', 'The account is being changed at the moment; try again');
  }
  if (existing.uid === uid) {
    await requireUnattached(ctx, existing, orgId);
    await setAccountPassword(uid, password);
    return { uid, isNew: true, formerOrgId: undefined };
  }
  await requirePassword(email, password);
  await requireUnattached(ctx, existing, orgId);
  return { uid: existing.uid, isNew: false, formerOrgId: existing.orgId };
}

/** Only who knows its password brings an account along. */
async function requirePassword(email: string, password: string): Promise<void> {
  if ((await signInWithPassword(email, password)) !== undefined) return;
  throw new AppError(
    'invalid-argument',
    'password: this address has an account already; give its password, or reset it first',
    { field: 'password' },
  );
}

/**
 * An account belongs to one organisation. One that was left may be gone from to another; the one
 * joined now must not know the person yet, active or not.
 */
async function requireUnattached(
  ctx: AdmitContext,
  { uid, orgId: formerOrgId }: Account,
  orgId: string,
): Promise<void> {
  const [here, there] = await Promise.all([
    openUnit(ctx, orgId).find(users, uid),
    formerOrgId === undefined ? undefined : openUnit(ctx, formerOrgId).find(users, uid),
  ]);
  if (here === undefined && there?.active !== true) return;
  throw new AppError(
    'failed-precondition',
    'This address belongs to a member of an organisation already; sign in, or use another address',
    { field: 'email' },
  );
}

/** Refusals by which a commit ends for good; after anything else another attempt may go on. */
const FINAL_REFUSALS: ReadonlySet<string> = new Set(['failed-precondition', 'invalid-argument']);

async function undoClaim(
  ctx: AdmitContext,
  orgId: string,
  { uid, isNew, formerOrgId }: AccountClaim,
  reason: unknown,
): Promise<void> {
  if (!(reason instanceof AppError && FINAL_REFUSALS.has(reason.code))) return;
  // Two acceptances side by side share the account: the one that lost leaves it to the other.
  if ((await openUnit(ctx, orgId).find(users, uid)) !== undefined) return;
  if (isNew) await deleteAccount(uid);
  else await setAccountOrg(uid, formerOrgId);
}
