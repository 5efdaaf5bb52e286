import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Icon } from './Icon.tsx';
import type { MenuItem } from './menu-item.ts';

interface MenuProps {
  /** What the menu does, in full: it is the name of the button and of the menu. */
  readonly name: string;
  readonly buttonId?: string;
  readonly className: string;
  readonly items: readonly MenuItem[];
  readonly onSelect: (id: string) => void;
  /** What the button shows. */
  readonly children: ReactNode;
}

const loadList = () => import('./MenuList.tsx');
/** What stands behind the buttons of the board is not fetched before somebody goes to one of them. */
const MenuList = lazy(loadList);

/**
 * A button that opens a list of commands. Not a <select>: with one of those, on most systems, an
 * arrow key carries out the next command before the person has seen the list.
 */
export function Menu({ name, buttonId, className, items, onSelect, children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [hasOpened, setHasOpened] = useState(false);
  return (
    <>
      <button
        ref={button}
        id={buttonId}
        className={className}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={name}
        onPointerEnter={loadList}
        onFocus={loadList}
        onClick={() => {
          setHasOpened(true);
          setIsOpen(!isOpen);
        }}
      >
        {children}
        <Icon name="down" size={14} />
      </button>
      {hasOpened && (
        <Suspense fallback={null}>
          <MenuList {...{ name, items, button, isOpen, setIsOpen, onSelect }} />
        </Suspense>
      )}
    </>
  );
}
