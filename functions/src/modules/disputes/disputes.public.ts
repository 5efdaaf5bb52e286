export { addNotice, sendDisputeNotice, sendDisputeNotices } from './dispute-notices.ts';
export { disputeKind } from './disputes.kind.ts';
export {
  contestedIn,
  requireNotPayee,
  requireOpen,
  requirePart,
  requirePayee,
} from './disputes.policy.ts';
export { disputes, findOpenDispute } from './disputes.repository.ts';
export { adjust, hold, holdable, release } from './holds.ts';
