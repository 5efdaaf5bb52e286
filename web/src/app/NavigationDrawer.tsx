import type { User } from '@splitline/functions/contracts';
import { useLayoutEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Icon } from '../ui/Icon.tsx';
import { SideBar } from './SideBar.tsx';

interface NavigationDrawerProps {
  readonly orgName: string;
  readonly member: Pick<User, 'name' | 'role'>;
  readonly unread: number;
  readonly onSignOut: () => void;
}

/** Where the window is too narrow for the side bar: a button that opens it above the page. */
export function NavigationDrawer(props: NavigationDrawerProps) {
  const [location] = useLocation();
  const [openAt, setOpenAt] = useState<string>();
  const isOpen = openAt === location;
  return (
    <>
      <button
        className="icon-button"
        type="button"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpenAt(location)}
      >
        <Icon name="menu" size={20} />
      </button>
      {isOpen && <Drawer {...props} onClose={() => setOpenAt(undefined)} />}
    </>
  );
}

interface DrawerProps extends NavigationDrawerProps {
  readonly onClose: () => void;
}

function Drawer({ orgName, member, unread, onSignOut, onClose }: DrawerProps) {
  const element = useRef<HTMLDialogElement>(null);
  // Closed while it is still on the page: only then does the focus go back to the button.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="drawer"
      aria-label="Menu"
      closedby="any"
      onCancel={(event) => {
        // The menu of the person in it closes with an event of the same name.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <SideBar member={member} unread={unread} onSignOut={onSignOut} onChoose={onClose}>
        <div className="drawer__head">
          <span className="brand__name">{orgName}</span>
          <button className="icon-button" type="button" aria-label="Close menu" onClick={onClose}>
            <Icon name="close" size={18} />
          </button>
        </div>
      </SideBar>
    </dialog>
  );
}
