import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed } from '../access/access.public.ts';
import { areClosedUntil } from '../payouts/payouts.public.ts';
import { users } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import {
  findCurrencies,
  hasTieredEntries,
  type OwnAccounts,
  sumUntil,
} from './balances.repository.ts';
import type { AccountsView, BalanceAnswer, BalanceQuery } from './balances.schema.ts';

type Caller = Context<Principal>;

/** An entry carries the clock of the invocation that posts it, and none lives longer than this. */
const LONGEST_INVOCATION_MS = 5 * 60 * 1000;

/**
 * What a payee has, by currency and by the state that it is in, after everything that was posted
 * until `asOf`. Nothing is stored of it: Firestore adds the entries up. Billed: the payee, one read
 * for each currency and one more (see `findCurrencies`), and for each currency one a thousand
 * entries; one more when the payee has tiers.
 * @throws AppError not-found, invalid-argument (userId, asOf)
 */
export async function getBalance(ctx: Caller, query: BalanceQuery): Promise<BalanceAnswer> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const asOf = asOfIn(query, ctx.now);
  const payee = await getPayee(unit, ctx.principal, query.userId);
  const [currencies, final] = await Promise.all([
    findCurrencies(unit, payee.id),
    isFinal(unit, payee.id, asOf, ctx.now),
  ]);
  const balances = await Promise.all(
    currencies
      .filter(({ since }) => since <= asOf)
      .map(async ({ currency }) => ({
        currency,
        ...toAccountsView(await sumUntil(unit, payee.id, currency, asOf)),
      })),
  );
  return { userId: payee.id, asOf: asOf.toISOString(), final, balances };
}

/**
 * The member whose earnings are asked for, if the caller may see them: one's own, those of the
 * teams one manages at present, an administrator everybody's. One billed read.
 * @throws AppError not-found; invalid-argument (userId) for an API key, which earns nothing
 */
export async function getPayee(
  unit: UnitOfWork,
  caller: Principal,
  userId: string | undefined,
): Promise<Stored<User>> {
  if (userId === undefined && caller.kind !== 'user') {
    throw new AppError(
      'invalid-argument',
      'userId: an API key earns nothing; give the id of a member of your organisation',
      { field: 'userId' },
    );
  }
  const id = userId ?? caller.uid;
  const user = await unit.find(users, id);
  const audience = { ownerId: id, teamId: user?.teamId ?? null, participantIds: [id] };
  if (user === undefined || !isAllowed(caller, 'read', 'ledger', audience)) {
    throw notFound('User', id);
  }
  return user;
}

/** @throws AppError invalid-argument (asOf) */
export function asOfIn({ asOf }: Pick<BalanceQuery, 'asOf'>, now: Date): Date {
  if (asOf === undefined || asOf <= now) return asOf ?? now;
  throw new AppError('invalid-argument', 'asOf: must not be in the future; leave it out for now', {
    field: 'asOf',
  });
}

/**
 * True when nothing can be posted any more with a time up to `until`. Entries come at most five
 * minutes late; tier adjustments are posted at the end of the period that they belong to when that
 * is closed. Billed: one read, three when the payee has tiers.
 */
export async function isFinal(
  unit: UnitOfWork,
  ownerId: string,
  until: Date,
  now: Date,
): Promise<boolean> {
  if (until.getTime() > now.getTime() - LONGEST_INVOCATION_MS) return false;
  return !(await hasTieredEntries(unit, ownerId)) || areClosedUntil(unit, until);
}

/** Sums as people see them, with what follows from them. */
export function toAccountsView(sums: OwnAccounts): AccountsView {
  const { pendingMinor, heldMinor, approvedMinor, inTransitMinor, paidMinor } = sums;
  const owedMinor = pendingMinor + heldMinor + approvedMinor + inTransitMinor;
  return {
    ...{ pendingMinor, heldMinor, approvedMinor, inTransitMinor, paidMinor },
    earnedMinor: owedMinor + paidMinor,
    owedMinor,
    carryForwardMinor: Math.min(0, pendingMinor),
  };
}
