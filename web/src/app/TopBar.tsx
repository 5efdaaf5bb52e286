import { Link } from 'wouter';
import { Icon } from '../ui/Icon.tsx';
import { Brand } from './Brand.tsx';
import { NavigationDrawer } from './NavigationDrawer.tsx';
import { UnreadCount } from './UnreadCount.tsx';

interface TopBarProps extends React.ComponentProps<typeof NavigationDrawer> {
  readonly children: React.ReactNode;
}

/** Stands in for the side bar where the window is too narrow for it. */
export function TopBar({ children, ...drawer }: TopBarProps) {
  return (
    <header className="top-bar">
      <NavigationDrawer {...drawer} />
      <Brand name={drawer.orgName} />
      {children}
      <Link href="/notifications" className="icon-button top-bar__bell">
        <Icon name="bell" size={20} />
        <span className="visually-hidden">Notifications</span>
        <UnreadCount unread={drawer.unread} />
      </Link>
    </header>
  );
}
