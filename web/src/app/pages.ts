import type { User } from '@splitline/functions/contracts';
import type { IconName } from '../ui/Icon.tsx';

export interface Page {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
  /** The heading that the navigation has it under; without one it is above the first. */
  readonly group?: PageGroup;
  readonly roles: readonly User['role'][];
}

export const pageGroups = ['Sell', 'Earn', 'Run'] as const;
export type PageGroup = (typeof pageGroups)[number];

const EVERYBODY = ['admin', 'manager', 'rep'] as const;
const OVERSEERS = ['admin', 'manager'] as const;
const ADMINS = ['admin'] as const;

const pages: readonly Page[] = [
  { path: '/', name: 'Pipeline', icon: 'pipeline', group: 'Sell', roles: EVERYBODY },
  { path: '/dashboard', name: 'Dashboard', icon: 'dashboard', group: 'Sell', roles: EVERYBODY },
  { path: '/inbox', name: 'Inbox', icon: 'inbox', group: 'Sell', roles: EVERYBODY },
  { path: '/contacts', name: 'Contacts', icon: 'contacts', group: 'Sell', roles: EVERYBODY },
  { path: '/companies', name: 'Companies', icon: 'companies', group: 'Sell', roles: EVERYBODY },
  { path: '/leads', name: 'Leads', icon: 'leads', group: 'Sell', roles: EVERYBODY },
  { path: '/earnings', name: 'Earnings', icon: 'earnings', group: 'Earn', roles: EVERYBODY },
  { path: '/disputes', name: 'Disputes', icon: 'disputes', group: 'Earn', roles: OVERSEERS },
  { path: '/payouts', name: 'Payouts', icon: 'payouts', group: 'Earn', roles: ADMINS },
  { path: '/plans', name: 'Plans', icon: 'plans', group: 'Earn', roles: ADMINS },
  { path: '/workflows', name: 'Workflows', icon: 'workflows', group: 'Run', roles: OVERSEERS },
  // Below /webhooks Hosting sends what providers post to the functions.
  { path: '/subscriptions', name: 'Webhooks', icon: 'webhooks', group: 'Run', roles: ADMINS },
  { path: '/import', name: 'Import', icon: 'import', group: 'Run', roles: EVERYBODY },
  { path: '/settings', name: 'Settings', icon: 'settings', group: 'Run', roles: EVERYBODY },
  { path: '/notifications', name: 'Notifications', icon: 'bell', roles: EVERYBODY },
];

/** The pages that the role has. */
export function pagesOf(role: User['role']): readonly Page[] {
  return pages.filter(({ roles }) => roles.includes(role));
}
