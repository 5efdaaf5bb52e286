import type { User } from '@splitline/functions/contracts';
import { useId } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon } from '../ui/Icon.tsx';
import { type Page, type PageGroup, pageGroups, pagesOf } from './pages.ts';
import { UnreadCount } from './UnreadCount.tsx';

interface NavigationProps {
  readonly role: User['role'];
  readonly unread: number;
  /** Called when a page is chosen, be it the present one. */
  readonly onChoose?: () => void;
}

/** The ways to the pages that the role has, with the present one marked. */
export function Navigation({ role, unread, onChoose }: NavigationProps) {
  const pages = pagesOf(role);
  const linksOf = (group: PageGroup | undefined) =>
    pages
      .filter((page) => page.group === group)
      .map((page) => (
        <li key={page.path}>
          <PageLink page={page} onChoose={onChoose}>
            {page.path === '/notifications' && <UnreadCount unread={unread} />}
          </PageLink>
        </li>
      ));
  return (
    <nav className="nav" aria-label="Main">
      <ul>{linksOf(undefined)}</ul>
      {pageGroups.map((group) => (
        <NavigationGroup key={group} name={group}>
          {linksOf(group)}
        </NavigationGroup>
      ))}
    </nav>
  );
}

interface NavigationGroupProps {
  readonly name: string;
  readonly children: React.ReactNode;
}

function NavigationGroup({ name, children }: NavigationGroupProps) {
  const id = useId();
  return (
    <div>
      <h2 className="nav__group" id={id}>
        {name}
      </h2>
      <ul aria-labelledby={id}>{children}</ul>
    </div>
  );
}

interface PageLinkProps {
  readonly page: Page;
  readonly onChoose: (() => void) | undefined;
  readonly children: React.ReactNode;
}

function PageLink({ page: { path, name, icon }, onChoose, children }: PageLinkProps) {
  const [location] = useLocation();
  return (
    <Link
      href={path}
      className="nav__link"
      aria-current={isAt(location, path) ? 'page' : undefined}
      onClick={() => onChoose?.()}
    >
      <Icon name={icon} />
      <span className="nav__name">{name}</span>
      {children}
    </Link>
  );
}

/** A deal is shown beside the pipeline. */
function isAt(location: string, path: string): boolean {
  if (path === '/') return location === '/' || location.startsWith('/deals/');
  return location === path || location.startsWith(`${path}/`);
}
