import type { NotificationKind, User } from '@splitline/functions/contracts';
import type { IconName } from '../../ui/Icon.tsx';

interface KindWords {
  readonly name: string;
  readonly icon: IconName;
  /** Who is told of it. */
  readonly roles: readonly User['role'][];
}

const EVERYBODY = ['admin', 'manager', 'rep'] as const;
const OVERSEERS = ['admin', 'manager'] as const;
const ADMINS = ['admin'] as const;

/** What people are told, in their words. */
export const kinds: Readonly<Record<NotificationKind, KindWords>> = {
  deal_assigned: { name: 'A deal is assigned to you', icon: 'pipeline', roles: EVERYBODY },
  deal_won: { name: 'A deal of your team is won', icon: 'pipeline', roles: OVERSEERS },
  task_assigned: { name: 'A task is assigned to you', icon: 'task', roles: EVERYBODY },
  mentioned: { name: 'A note mentions you', icon: 'task', roles: EVERYBODY },
  message_received: { name: 'A message comes in', icon: 'inbox', roles: EVERYBODY },
  dispute_opened: { name: 'A dispute is opened', icon: 'disputes', roles: OVERSEERS },
  dispute_resolved: { name: 'Your dispute is resolved', icon: 'disputes', roles: EVERYBODY },
  payout_failed: { name: 'A payout fails', icon: 'payouts', roles: EVERYBODY },
  member_left: { name: 'Somebody leaves the organisation', icon: 'contacts', roles: ADMINS },
  run_failed: { name: 'A run of a workflow fails', icon: 'workflows', roles: ADMINS },
  webhook_disabled: { name: 'A webhook is disabled', icon: 'webhooks', roles: ADMINS },
  workflow: { name: 'A workflow tells you something', icon: 'workflows', roles: EVERYBODY },
};
