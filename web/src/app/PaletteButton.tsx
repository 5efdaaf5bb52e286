import type { User } from '@splitline/functions/contracts';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Rest } from '../data/port.ts';
import { Icon } from '../ui/Icon.tsx';

const CommandPalette = lazy(() => import('../features/search/CommandPalette.tsx'));

interface PaletteButtonProps {
  readonly rest: Rest;
  readonly role: User['role'];
}

const isMac = navigator.userAgent.includes('Mac');

/** Opens the command palette, and so do Ctrl+K and Cmd+K anywhere on the page. */
export function PaletteButton({ rest, role }: PaletteButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setIsOpen((was) => !was);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <button
        className="frame__search button"
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setIsOpen(true)}
      >
        <Icon name="search" />
        <span className="frame__search-word">Search</span>
        <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {isOpen && (
        <Suspense>
          <CommandPalette rest={rest} role={role} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
