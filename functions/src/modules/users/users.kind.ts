import type { RecordKind } from '../events/events.public.ts';
import { nameUserChanges } from './users.events.ts';
import { users } from './users.repository.ts';
import type { User } from './users.schema.ts';

/** How changes of members become events: their managers see them. */
export const userKind: RecordKind<User> = {
  recordType: 'user',
  collection: users,
  audienceOf: ({ teamId }) => ({ ownerId: null, teamId, participantIds: [] }),
  nameChanges: nameUserChanges,
};
