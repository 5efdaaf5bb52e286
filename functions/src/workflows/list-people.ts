import { requireOrgAccess } from '../modules/access/access.public.ts';
import { contacts } from '../modules/contacts/contacts.public.ts';
import { deals } from '../modules/deals/deals.public.ts';
import { leads } from '../modules/leads/leads.public.ts';
import { users } from '../modules/users/users.public.ts';
import type { ListPeople, User } from '../modules/users/users.schema.ts';
import type { Collection, Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

/** A member and how many records of each kind they own. */
export interface Person {
  readonly user: Stored<User>;
  readonly stats: { readonly contacts: number; readonly leads: number; readonly deals: number };
}

/**
 * A page of the members with their numbers, in the order in which they joined. Billed: one read
 * for each member, and at least three for counting, all in two round trips.
 * @throws AppError permission-denied, invalid-argument (cursor)
 */
export async function listPeople(
  ctx: Context<Principal>,
  { page, limit, cursor }: ListPeople,
): Promise<{ people: Person[]; total: number; nextCursor: string | null }> {
  // For administrators, people and API keys, like the invitations that members come from.
  requireOrgAccess(ctx.principal, 'read', 'invitation');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [{ records, nextCursor }, total] = await Promise.all([
    unit.page(users, (query) => query, {
      order: { field: 'createdAt', direction: 'asc' },
      ...{ limit, cursor, offset: (page - 1) * limit },
    }),
    unit.count(users, (query) => query),
  ]);
  const people = await Promise.all(
    records.map(async (user) => ({ user, stats: await statsOf(unit, user.id) })),
  );
  return { people, total, nextCursor };
}

async function statsOf(unit: UnitOfWork, ownerId: string): Promise<Person['stats']> {
  const countOf = (collection: Collection<object>) =>
    unit.count(collection, (query) =>
      query.where('ownerId', '==', ownerId).where('deletedAt', '==', null),
    );
  const [contactCount, leadCount, dealCount] = await Promise.all([
    countOf(contacts),
    countOf(leads),
    countOf(deals),
  ]);
  return { contacts: contactCount, leads: leadCount, deals: dealCount };
}
