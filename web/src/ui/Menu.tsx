import {
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { Icon } from './Icon.tsx';
import './menu.css';

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly isDisabled: boolean;
}

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

const MARGIN_PX = 4;

/**
 * A button that opens a list of commands. Not a <select>: with one of those, on most systems, an
 * arrow key carries out the next command before the person has seen the list.
 */
export function Menu({ name, buttonId, className, items, onSelect, children }: MenuProps) {
  const menuId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    place(menu.current, button.current);
    const close = () => menu.current?.hidePopover();
    window.addEventListener('scroll', close, { capture: true, once: true });
    return () => window.removeEventListener('scroll', close, { capture: true });
  }, [isShown]);
  const first = items.findIndex(({ isDisabled }) => !isDisabled);
  return (
    <>
      <button
        ref={button}
        id={buttonId}
        className={className}
        type="button"
        popoverTarget={menuId}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={name}
      >
        {children}
        <Icon name="down" size={14} />
      </button>
      <div
        ref={menu}
        id={menuId}
        className="menu"
        popover="auto"
        role="menu"
        aria-label={name}
        // The items are there, and the first has the focus, when the browser shows the menu: the next
        // key of a fast typist must find them.
        onBeforeToggle={(event: ToggleEvent) => {
          if (event.newState === 'open') flushSync(() => setIsOpen(true));
        }}
        onToggle={(event: ToggleEvent) => {
          setIsOpen(event.newState === 'open');
          setIsShown(event.newState === 'open');
        }}
        onKeyDown={moveFocus}
      >
        {isOpen &&
          items.map((item, index) => (
            <button
              key={item.id}
              ref={index === first ? focusWhenShown : null}
              className="menu__item"
              type="button"
              role="menuitem"
              disabled={item.isDisabled}
              onClick={() => {
                menu.current?.hidePopover();
                onSelect(item.id);
              }}
            >
              {item.label}
            </button>
          ))}
      </div>
    </>
  );
}

/** React's own autoFocus focuses at once; the attribute does when the browser shows the menu. */
function focusWhenShown(item: HTMLElement | null): void {
  item?.setAttribute('autofocus', '');
}

/** Puts the menu below its button, or above it where there is no room below. */
function place(menu: HTMLElement | null, button: HTMLElement | null): void {
  if (menu === null || button === null) return;
  const anchor = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + MARGIN_PX;
  const fits = below + height + MARGIN_PX <= window.innerHeight;
  const top = fits ? below : Math.max(MARGIN_PX, anchor.top - MARGIN_PX - height);
  const left = Math.min(anchor.left, window.innerWidth - width - 2 * MARGIN_PX);
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(MARGIN_PX, left)}px`;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget;
  // It closes the menu, and what the menu stands in shall stay.
  if (event.key === 'Escape') event.stopPropagation();
  if (event.key === 'Tab') menu.hidePopover();
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  focusItem(menu, step);
}

type Step = (current: number, count: number) => number;

const steps: Readonly<Record<string, Step>> = {
  ArrowDown: (current, count) => (current + 1) % count,
  ArrowUp: (current, count) => (current - 1 + count) % count,
  Home: () => 0,
  End: (_current, count) => count - 1,
};

function focusItem(menu: HTMLElement | null, step: Step): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]:enabled') ?? [])];
  const current = items.findIndex((item) => item.matches(':focus'));
  items[step(current, items.length)]?.focus();
}
