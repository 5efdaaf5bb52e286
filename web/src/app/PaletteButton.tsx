import { Icon } from '../ui/Icon.tsx';

const isMac = navigator.userAgent.includes('Mac');

/** Opens the command palette, as its keys do. */
export function PaletteButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <button
      className="frame__search button"
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onOpen}
    >
      <Icon name="search" />
      <span className="frame__search-word">Search</span>
      <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}
