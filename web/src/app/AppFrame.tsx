import type { User } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import type { Stored, WorkspaceData } from '../data/port.ts';
import { useLive } from '../data/useLive.ts';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { useOnline } from '../ui/useOnline.ts';
import { Brand } from './Brand.tsx';
import { PaletteButton } from './PaletteButton.tsx';
import { SideBar } from './SideBar.tsx';
import { TopBar } from './TopBar.tsx';
import { usePalette } from './usePalette.tsx';
import './app-frame.css';

interface AppFrameProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly orgName: string | undefined;
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** What is around every page: the organisation, the ways to the other pages, and the person. */
export function AppFrame({ data, member, orgName = 'Splitline', ...props }: AppFrameProps) {
  const { onSignOut, children } = props;
  const live = useLive(data.watchUnread);
  const isOnline = useOnline();
  const isNarrow = useMediaQuery('(max-width: 1180px)');
  // One that cannot be read is there all the same.
  const unread = live.status === 'ready' ? live.value.records.length + live.value.unreadable : 0;
  const shared = { member, unread, onSignOut };
  const { palette, open } = usePalette(data.rest, member.role);
  const search = <PaletteButton onOpen={open} />;
  return (
    <div className="frame">
      <a className="frame__skip button" href="#page">
        Skip to the page
      </a>
      {isNarrow ? (
        <TopBar orgName={orgName} {...shared}>
          {search}
        </TopBar>
      ) : (
        <header className="frame__side">
          <SideBar {...shared}>
            <Brand name={orgName} />
            {search}
          </SideBar>
        </header>
      )}
      <div className="frame__rest">
        {!isOnline && (
          <p className="frame__notice message message--warning" role="status">
            You are offline. What you see may be old; moves and new deals need a connection.
          </p>
        )}
        <main className="frame__page" id="page" tabIndex={-1}>
          {children}
        </main>
      </div>
      {palette}
    </div>
  );
}
