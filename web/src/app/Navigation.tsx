import type { User } from '@splitline/functions/contracts';
import { Link, useLocation } from 'wouter';

interface Page {
  readonly path: string;
  readonly name: string;
  readonly roles: readonly User['role'][];
}

const EVERYBODY = ['admin', 'manager', 'rep'] as const;

const pages: readonly Page[] = [
  { path: '/', name: 'Pipeline', roles: EVERYBODY },
  { path: '/earnings', name: 'Earnings', roles: EVERYBODY },
  { path: '/disputes', name: 'Disputes', roles: ['admin', 'manager'] },
  { path: '/payouts', name: 'Payouts', roles: ['admin'] },
  { path: '/plans', name: 'Plans', roles: ['admin'] },
];

/** The ways to the pages that the role has, with the present one marked. */
export function Navigation({ role }: { readonly role: User['role'] }) {
  const [location] = useLocation();
  return (
    <nav className="nav" aria-label="Main">
      {pages
        .filter(({ roles }) => roles.includes(role))
        .map(({ path, name }) => (
          <Link
            key={path}
            href={path}
            className="nav__link"
            aria-current={isAt(location, path) ? 'page' : undefined}
          >
            {name}
          </Link>
        ))}
    </nav>
  );
}

/** A deal is shown beside the pipeline. */
function isAt(location: string, path: string): boolean {
  if (path === '/') return location === '/' || location.startsWith('/deals/');
  return location === path || location.startsWith(`${path}/`);
}
