import { Menu, MenuItem, PortalContext, useMenuStore } from '@ariakit/react';
import { type RefObject, useLayoutEffect } from 'react';
import type { MenuItem as Item } from './menu-item.ts';
import './menu.css';

interface MenuListProps {
  readonly name: string;
  readonly items: readonly Item[];
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  readonly setIsOpen: (isOpen: boolean) => void;
  readonly onSelect: (id: string) => void;
}

const GUTTER_PX = 4;

/** The commands of a menu, below its button; the focus goes to the first, and back when it closes. */
export default function MenuList(props: MenuListProps) {
  const { name, items, button, isOpen, setIsOpen, onSelect } = props;
  const menu = useMenuStore({ open: isOpen, setOpen: setIsOpen, placement: 'bottom-start' });
  useLayoutEffect(() => {
    menu.setAnchorElement(button.current);
    menu.setDisclosureElement(button.current);
    menu.setInitialFocus('first');
    menu.setAutoFocusOnShow(isOpen);
  }, [menu, button, isOpen]);
  return (
    // Above a window that is open, which would hide what stands beside it.
    <PortalContext.Provider value={button.current?.closest('dialog') ?? document.body}>
      <Menu
        store={menu}
        className="menu"
        aria-label={name}
        gutter={GUTTER_PX}
        overflowPadding={GUTTER_PX}
        unmountOnHide
        portal
        // What it would add to that end is hidden from screen readers, and yet has the focus.
        preserveTabOrder={false}
        onKeyDown={(event) => {
          if (event.key !== 'Tab') return;
          setIsOpen(false);
          // Tab goes on from where the menu was opened.
          button.current?.focus();
        }}
        // It closes the menu, and what the menu stands in shall stay.
        hideOnEscape={(event) => {
          event.stopPropagation();
          event.preventDefault();
          return true;
        }}
      >
        {items.map((item) => (
          <MenuItem
            key={item.id}
            className="menu__item"
            disabled={item.isDisabled}
            onClick={() => onSelect(item.id)}
          >
            {item.label}
          </MenuItem>
        ))}
      </Menu>
    </PortalContext.Provider>
  );
}
