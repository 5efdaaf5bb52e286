import type { User } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Stored, WorkspaceData } from '../data/port.ts';
import { useLive } from '../data/useLive.ts';
import { Icon } from '../ui/Icon.tsx';
import { useOnline } from '../ui/useOnline.ts';
import { Navigation } from './Navigation.tsx';
import { PaletteButton } from './PaletteButton.tsx';
import './app-frame.css';

const roleNames = { admin: 'Administrator', manager: 'Manager', rep: 'Sales rep' } as const;

interface AppFrameProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** The bar on top of every page, with the organisation and the person. */
export function AppFrame({ data, member, onSignOut, children }: AppFrameProps) {
  const org = useLive(data.watchOrg);
  const isOnline = useOnline();
  return (
    <div className="frame">
      <header className="frame__bar">
        <Link href="/" className="frame__brand">
          <Icon name="logo" size={22} />
          <span className="frame__org">
            {org.status === 'ready' ? (org.value?.name ?? 'Splitline') : 'Splitline'}
          </span>
        </Link>
        <Navigation role={member.role} />
        <PaletteButton rest={data.rest} role={member.role} />
        <div className="frame__person">
          <span className="frame__name">{member.name}</span>
          <span className="frame__role">{roleNames[member.role]}</span>
        </div>
        <button className="button button--quiet" type="button" onClick={onSignOut}>
          Sign out
        </button>
      </header>
      {!isOnline && (
        <p className="frame__notice message message--warning" role="status">
          You are offline. What you see may be old; moves and new deals need a connection.
        </p>
      )}
      <main className="frame__page">{children}</main>
    </div>
  );
}
