import type { User } from '@splitline/functions/contracts';
import { Link, useLocation } from 'wouter';
import { pagesOf } from './pages.ts';

/** The ways to the pages that the role has, with the present one marked. */
export function Navigation({ role }: { readonly role: User['role'] }) {
  const [location] = useLocation();
  return (
    <nav className="nav" aria-label="Main">
      {pagesOf(role).map(({ path, name }) => (
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
