import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './Icon.tsx';
import './panel.css';

interface PanelProps {
  /** What is shown in it: Contact. */
  readonly kind: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One record beside the list it is in; on a phone it covers the list. Escape closes it. */
export function Panel({ kind, onClose, children }: PanelProps) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => element.current?.focus(), []);
  const closeOnEscape = (event: KeyboardEvent) => {
    // Of a dialog above it or of a draft in it, the Escape is not for the panel.
    const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
    if (event.key === 'Escape' && !event.defaultPrevented && !isInDialog) onClose();
  };
  return (
    <aside
      ref={element}
      className="side-panel"
      aria-label={kind}
      tabIndex={-1}
      onKeyDown={closeOnEscape}
    >
      <div className="side-panel__bar">
        <span className="soft small">{kind}</span>
        <button
          className="icon-button"
          type="button"
          aria-label={`Close ${kind.toLowerCase()}`}
          onClick={onClose}
        >
          <Icon name="close" size={18} />
        </button>
      </div>
      {children}
    </aside>
  );
}
