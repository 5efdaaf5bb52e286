import type { Dispute } from './disputes.schema.ts';

/** What can happen to a dispute. */
export const disputeEventTypes = [
  'dispute.opened',
  'dispute.withdrawn',
  'dispute.rejected',
  'dispute.upheld',
  'dispute.restated',
  'dispute.commented',
  'dispute.updated',
] as const;
export type DisputeEventType = (typeof disputeEventTypes)[number];

type State = Pick<Dispute, 'status' | 'outcome' | 'comments'>;

/** Names what happened to a dispute between two of its states. */
export function nameDisputeChanges(before: State | undefined, after: State): DisputeEventType[] {
  if (before === undefined) return ['dispute.opened'];
  if (before.status !== after.status) {
    return [after.outcome === null ? 'dispute.withdrawn' : `dispute.${after.outcome}`];
  }
  return [
    before.comments.length === after.comments.length ? 'dispute.updated' : 'dispute.commented',
  ];
}
