import type { User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';

/** The others whose earnings the member may see, by name: an administrator everybody's. */
export function overseenBy(
  { id, role, managedTeamIds }: Stored<User>,
  people: readonly Stored<User>[],
): Stored<User>[] {
  const isOverseen = ({ teamId }: User) =>
    role === 'admin' || (role === 'manager' && teamId !== null && managedTeamIds.includes(teamId));
  return people
    .filter((person) => person.id !== id && isOverseen(person))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
