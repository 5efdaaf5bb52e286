import type { User } from '@splitline/functions/contracts';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Rest } from '../data/port.ts';

const CommandPalette = lazy(() => import('../features/search/CommandPalette.tsx'));

/**
 * The command palette, which Ctrl+K and Cmd+K open anywhere on the page. It stays open when the
 * window becomes so narrow or wide that its button stands elsewhere.
 */
export function usePalette(
  rest: Rest,
  role: User['role'],
): { readonly palette: ReactNode; readonly open: () => void } {
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
  const palette = isOpen && (
    <Suspense>
      <CommandPalette rest={rest} role={role} onClose={() => setIsOpen(false)} />
    </Suspense>
  );
  return { palette, open: () => setIsOpen(true) };
}
