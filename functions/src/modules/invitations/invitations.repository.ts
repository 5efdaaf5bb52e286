import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import type { Store } from '../../platform/unit-of-work.ts';
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

/** An invitation, of any organisation, whose mail is due. */
export interface DueInvitation {
  readonly orgId: string;
  readonly invitationId: string;
}

/** The invitations whose mail is due, the longest waiting first. */
export async function findDueInvitations(
  { db, meter }: Store,
  now: Date,
  limit: number,
): Promise<DueInvitation[]> {
  const query = db
    .collectionGroup('invitations')
    .where('nextSendAt', '<=', now)
    .orderBy('nextSendAt')
    .limit(limit);
  const { docs } = await meter.trip(() => query.get());
  meter.reads += Math.max(1, docs.length);
  return docs.flatMap((doc) => {
    const orgId = doc.ref.parent.parent?.id;
    return orgId === undefined ? [] : [{ orgId, invitationId: doc.id }];
  });
}
