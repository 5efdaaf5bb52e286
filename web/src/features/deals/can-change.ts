import type { Deal, User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';

/**
 * Whether the server will let the member move or edit the deal, so that the page offers only what
 * works. The server decides; this repeats its rule: an administrator any deal, a manager those of
 * managed teams, everybody their own.
 */
export function canChange(
  member: Pick<Stored<User>, 'id' | 'role' | 'managedTeamIds'>,
  deal: Pick<Deal, 'ownerId' | 'teamId'>,
): boolean {
  return deal.ownerId === member.id || canAssign(member, deal);
}

/** Whether the server will let the member hand the deal over, split it and restate it. */
export function canAssign(
  member: Pick<Stored<User>, 'role' | 'managedTeamIds'>,
  deal: Pick<Deal, 'teamId'>,
): boolean {
  if (member.role === 'admin') return true;
  return (
    member.role === 'manager' && deal.teamId !== null && member.managedTeamIds.includes(deal.teamId)
  );
}
