import type { User } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import { Navigation } from './Navigation.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import './side-bar.css';

interface SideBarProps {
  readonly member: Pick<User, 'name' | 'role'>;
  readonly unread: number;
  readonly onSignOut: () => void;
  readonly onChoose?: () => void;
  /** What stands above the pages. */
  readonly children: ReactNode;
}

/** The organisation, the pages and the person, from top to bottom. */
export function SideBar({ member, unread, onSignOut, onChoose, children }: SideBarProps) {
  return (
    <div className="side-bar">
      <div className="side-bar__head">{children}</div>
      <Navigation role={member.role} unread={unread} {...(onChoose && { onChoose })} />
      <div className="side-bar__foot">
        <PersonMenu member={member} onSignOut={onSignOut} />
      </div>
    </div>
  );
}
