import {
  StripePermanentError,
  type StripePort,
  StripeTransientError,
} from '../../integrations/stripe/stripe.port.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { appUrl } from '../../platform/params.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, orgWide } from '../access/access.public.ts';
import { users } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import { newPayee, requireCountry } from './payees.policy.ts';
import { pageOverseen, payees } from './payees.repository.ts';
import type { BeginOnboarding, ListPayees, Payee } from './payees.schema.ts';
import { syncAccount } from './sync-account.ts';

type Caller = Context<Principal>;
type Stripe = Pick<StripePort, 'createAccount' | 'retrieveAccount' | 'accountLink'>;

/** Somebody of the organisation with how they are paid by Stripe, if that is known. */
export interface PayeeRow {
  readonly user: Stored<User>;
  readonly payee: Stored<Payee> | undefined;
}

/**
 * Opens the caller's account at Stripe, once, and answers the link where Stripe asks for the rest.
 * The country is claimed before the account is opened, and the account's idempotency key follows
 * from it: so a request that was killed in between, and another beside it, come to the same account.
 * A link works once and for minutes, so every request gets a link of its own.
 * @throws AppError permission-denied, invalid-argument, failed-precondition (country), unavailable
 */
export async function beginOnboarding(
  ctx: Caller,
  stripe: Stripe,
  { country }: BeginOnboarding,
): Promise<{ readonly url: string; readonly expiresAt: Date }> {
  requirePerson(ctx.principal);
  const claimed = await claimCountry(ctx, country);
  return askingStripe(async () => {
    const accountId = claimed.stripeAccountId ?? (await openAccount(ctx, stripe, claimed));
    const payee = await syncAccount(ctx, stripe, accountId);
    const page = `${appUrl()}/earnings`;
    return stripe.accountLink({
      accountId: payee?.stripeAccountId ?? accountId,
      ...{ refreshUrl: `${page}?onboarding=expired`, returnUrl: `${page}?onboarding=done` },
    });
  });
}

/** How the caller is paid by Stripe. Two billed reads. @throws AppError permission-denied */
export async function getOwnPayee(ctx: Caller): Promise<PayeeRow> {
  requirePerson(ctx.principal);
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { uid } = ctx.principal;
  const [user, payee] = await Promise.all([unit.get(users, uid), unit.find(payees, uid)]);
  return { user, payee };
}

/**
 * The people whose payouts the caller may see, with how each is paid by Stripe: everybody for
 * administrators, the members of their teams for managers.
 * @throws AppError permission-denied
 */
export async function listPayees(
  ctx: Caller,
  page: ListPayees,
): Promise<{ readonly rows: PayeeRow[]; readonly nextCursor: string | null }> {
  const { principal } = ctx;
  if (principal.role === 'rep') {
    throw new AppError(
      'permission-denied',
      'Only administrators and managers see how others are paid; your own is at /api/payees/me',
    );
  }
  const isAny = isAllowed(principal, 'read', 'payout', orgWide);
  if (!isAny && principal.managedTeamIds.length === 0) return { rows: [], nextCursor: null };
  const unit = openUnit(ctx, principal.orgId);
  const { records, nextCursor } = await pageOverseen(unit, principal, { ...page, isAny });
  const visible = records.filter(({ id, teamId }) =>
    isAllowed(principal, 'read', 'payout', { ownerId: id, teamId, participantIds: [id] }),
  );
  const ids = visible.map(({ id }) => id);
  const found = await unit.findMany(payees, ids);
  return { rows: visible.map((user) => ({ user, payee: found.get(user.id) })), nextCursor };
}

/** Turns what Stripe refuses into what a person is told. */
async function askingStripe<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StripeTransientError) {
      throw new AppError('unavailable', 'Stripe did not answer; try again in a minute', { cause });
    }
    if (cause instanceof StripePermanentError) {
      throw new AppError('failed-precondition', `Stripe refused: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

/** @throws AppError permission-denied */
function requirePerson({ kind }: Principal): void {
  if (kind === 'user') return;
  throw new AppError(
    'permission-denied',
    'An API key is nobody who could be paid; sign in as the payee',
  );
}

function claimCountry({ store, now, principal }: Caller, country: string | undefined) {
  return runUnitOfWork({ store, now }, principal.orgId, async (unit) => {
    const known = await unit.find(payees, principal.uid);
    if (known !== undefined) requireCountry(known, country);
    if (known?.stripeAccountId != null || known?.country != null) return known;
    if (country === undefined) {
      throw new AppError(
        'invalid-argument',
        'country: say in which country you have your bank account, such as US or DE',
        { field: 'country' },
      );
    }
    return claim(unit, principal.uid, known, country, now);
  });
}

function claim(
  unit: UnitOfWork,
  uid: string,
  known: Stored<Payee> | undefined,
  country: string,
  now: Date,
): Stored<Payee> {
  if (known === undefined) return unit.create(payees, uid, newPayee(country, now));
  return unit.update(payees, known, { country, updatedAt: now });
}

async function openAccount(
  { store, now, principal: { orgId, uid } }: Caller,
  stripe: Stripe,
  { country }: Payee,
): Promise<string> {
  if (country === null) throw new Error(`Payee ${uid} has claimed no country`);
  try {
    return (await stripe.createAccount({ orgId, uid, country })).id;
  } catch (error) {
    if (!(error instanceof StripePermanentError)) throw error;
    await releaseCountry({ store, now }, orgId, uid, country);
    throw new AppError(
      'failed-precondition',
      `country: Stripe opens no account in ${country} for us: ${error.message}`,
      { field: 'country', cause: error },
    );
  }
}

/** Lets another country be chosen after Stripe has refused this one. */
async function releaseCountry(
  work: Pick<Caller, 'store' | 'now'>,
  orgId: string,
  uid: string,
  country: string,
): Promise<void> {
  await runUnitOfWork(work, orgId, async (unit) => {
    const known = await unit.find(payees, uid);
    if (known?.stripeAccountId !== null || known.country !== country) return;
    unit.update(payees, known, { country: null, updatedAt: work.now });
  });
}
