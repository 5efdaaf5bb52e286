import type { User } from '@splitline/functions/contracts';

export interface Page {
  readonly path: string;
  readonly name: string;
  readonly roles: readonly User['role'][];
}

const EVERYBODY = ['admin', 'manager', 'rep'] as const;

const pages: readonly Page[] = [
  { path: '/', name: 'Pipeline', roles: EVERYBODY },
  { path: '/contacts', name: 'Contacts', roles: EVERYBODY },
  { path: '/companies', name: 'Companies', roles: EVERYBODY },
  { path: '/leads', name: 'Leads', roles: EVERYBODY },
  { path: '/earnings', name: 'Earnings', roles: EVERYBODY },
  { path: '/disputes', name: 'Disputes', roles: ['admin', 'manager'] },
  { path: '/payouts', name: 'Payouts', roles: ['admin'] },
  { path: '/plans', name: 'Plans', roles: ['admin'] },
];

/** The pages that the role has. */
export function pagesOf(role: User['role']): readonly Page[] {
  return pages.filter(({ roles }) => roles.includes(role));
}
