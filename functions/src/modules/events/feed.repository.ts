import type { Query } from 'firebase-admin/firestore';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { whereVisible } from '../access/access.public.ts';
import type { FeedQuery } from './feed.schema.ts';

/** One index for each filter of the feed, which Firestore merges when several are given. */
export const feedIndexes: readonly CompositeIndex[] = [
  'teamId',
  'participantIds contains',
  'types contains',
  'actor',
  'ownerId',
  'recordType',
].map((filter) => compositeIndex('events', filter, 'at desc'));

/** How the events that a caller oversees are selected. */
interface Selection {
  readonly select: (query: Query) => Query;
  /** False when the type is left to be compared afterwards: Firestore takes one list a query. */
  readonly byType: boolean;
}

/**
 * Narrows a query to the events asked for that the caller oversees: an administrator's organisation,
 * the teams that a manager manages, and what a rep, or a manager without a team, is part of.
 */
export function selectFeed(caller: Principal, wanted: FeedQuery): Selection {
  const byTeams = caller.role === 'manager' && caller.managedTeamIds.length > 0;
  const byType = byTeams || caller.role === 'admin';
  const select = (query: Query) => {
    let narrowed = byTeams
      ? query.where('teamId', 'in', [...caller.managedTeamIds])
      : whereVisible(query, caller, 'event');
    for (const field of ['actor', 'ownerId', 'recordType'] as const) {
      const value = wanted[field];
      if (value !== undefined) narrowed = narrowed.where(field, '==', value);
    }
    if (byType && wanted.type !== undefined) {
      narrowed = narrowed.where('types', 'array-contains', wanted.type);
    }
    if (wanted.from !== undefined) narrowed = narrowed.where('at', '>=', wanted.from);
    return wanted.to === undefined ? narrowed : narrowed.where('at', '<', wanted.to);
  };
  return { select, byType };
}
