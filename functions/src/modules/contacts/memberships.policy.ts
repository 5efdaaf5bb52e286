import { AppError } from '../../platform/errors.ts';
import { type Contact, MAX_MEMBERSHIPS, type Membership } from './contacts.schema.ts';

/** A contact's companies, as they are stored. */
export type Memberships = Pick<Contact, 'memberships' | 'companyIds'>;

/** Memberships with the ids that queries find them by; one of them is primary if there are any. */
function membershipsOf(memberships: readonly Membership[]): Memberships {
  const primary = memberships.find(({ isPrimary }) => isPrimary) ?? memberships[0];
  return {
    memberships: memberships.map((one) => ({ ...one, isPrimary: one === primary })),
    companyIds: memberships.map(({ companyId }) => companyId),
  };
}

/**
 * The memberships with one more, or one changed. The first is primary, and so is one that is said
 * to be, in place of the one that was.
 * @throws AppError failed-precondition (too many)
 */
export function putMembership(
  memberships: readonly Membership[],
  given: { companyId: string; role?: string | null | undefined; isPrimary?: boolean | undefined },
): Memberships {
  const { companyId, role, isPrimary } = given;
  const before = memberships.find((one) => one.companyId === companyId);
  const put: Membership = {
    companyId,
    role: role === undefined ? (before?.role ?? null) : role,
    isPrimary: isPrimary ?? before?.isPrimary ?? false,
  };
  const others = memberships.map((one) => (put.isPrimary ? { ...one, isPrimary: false } : one));
  const changed =
    before === undefined
      ? [...others, put]
      : others.map((one) => (one.companyId === companyId ? put : one));
  if (changed.length <= MAX_MEMBERSHIPS) return membershipsOf(changed);
  throw new AppError(
    'failed-precondition',
    `companyId: a contact has at most ${MAX_MEMBERSHIPS} companies; remove one first`,
    { field: 'companyId' },
  );
}

/** The memberships without that of one company. */
export function dropMembership(memberships: readonly Membership[], companyId: string): Memberships {
  return membershipsOf(memberships.filter((one) => one.companyId !== companyId));
}

/** The memberships after one company was merged into another. */
export function moveMembership(
  memberships: readonly Membership[],
  fromId: string,
  toId: string,
): Memberships {
  const from = memberships.find(({ companyId }) => companyId === fromId);
  const to = memberships.find(({ companyId }) => companyId === toId);
  if (from === undefined) return membershipsOf(memberships);
  if (to === undefined) {
    return membershipsOf(
      memberships.map((one) => (one === from ? { ...from, companyId: toId } : one)),
    );
  }
  const { memberships: rest } = dropMembership(memberships, fromId);
  return putMembership(rest, {
    companyId: toId,
    role: to.role ?? from.role,
    isPrimary: to.isPrimary || from.isPrimary,
  });
}
