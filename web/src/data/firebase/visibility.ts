import type { User } from '@splitline/functions/contracts';
import { or, type QueryFilterConstraint, where } from 'firebase/firestore';
import type { Sight, Stored } from '../port.ts';

/**
 * The filters that narrow a query to what the member may read. firestore.rules proves a list query
 * by its filters alone: a query without them is refused even when nothing hidden would match.
 */
export function visibleTo(member: Sight): QueryFilterConstraint[] {
  const involved = where('participantIds', 'array-contains', member.id);
  switch (member.role) {
    case 'admin':
      return [];
    case 'manager':
      return member.managedTeamIds.length === 0
        ? [involved]
        : [or(involved, where('teamId', 'in', member.managedTeamIds))];
    case 'rep':
      return [involved];
  }
}

/** The same for records of one owner, such as what somebody earns. */
export function ownedOrManaged(member: Stored<User>): QueryFilterConstraint[] {
  const owned = where('ownerId', '==', member.id);
  switch (member.role) {
    case 'admin':
      return [];
    case 'manager':
      return member.managedTeamIds.length === 0
        ? [owned]
        : [or(owned, where('teamId', 'in', member.managedTeamIds))];
    case 'rep':
      return [owned];
  }
}
