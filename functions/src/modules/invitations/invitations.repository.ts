import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import { type Invitation, invitationSchema, type ListInvitations } from './invitations.schema.ts';

export const invitations: Collection<Invitation> = orgCollection(
  'invitations',
  'Invitation',
  invitationSchema,
);

/** The index that a list of one status needs. */
export const invitationIndexes = [compositeIndex('invitations', 'status', 'createdAt desc')];

/** Narrows a query of invitations to one status. */
export function whereStatus(query: Query, status: ListInvitations['status']): Query {
  return status === undefined ? query : query.where('status', '==', status);
}

/** Narrows a query to one open invitation of an address. */
export function whereOpenFor(query: Query, email: string): Query {
  return query.where('email', '==', email).where('status', '==', 'pending').limit(20);
}
