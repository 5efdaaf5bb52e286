import { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { teams } from '../teams/teams.public.ts';
import { users } from '../users/users.public.ts';
import type { SubscriptionFilters } from './subscriptions.schema.ts';

/**
 * Refuses filters that name nobody: such a subscription would be silent for ever. Billed: one read
 * for each of the two that is given.
 * @throws AppError invalid-argument: field filters.teamId, filters.ownerId
 */
export async function requireFiltered(
  unit: UnitOfWork,
  { teamId, ownerId }: SubscriptionFilters,
): Promise<void> {
  const [team, owner] = await Promise.all([
    teamId == null ? undefined : unit.find(teams, teamId),
    ownerId == null ? undefined : unit.find(users, ownerId),
  ]);
  if (teamId != null && team === undefined) throw nobody('filters.teamId', 'team');
  if (ownerId != null && owner === undefined) throw nobody('filters.ownerId', 'member');
}

function nobody(field: string, what: string): AppError {
  const message = `${field}: no ${what} of your organisation has this id`;
  return new AppError('invalid-argument', message, { field });
}
