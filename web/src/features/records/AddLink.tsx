import type { SearchResult, SearchType } from '@splitline/functions/contracts';
import { useRef, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { Icon } from '../../ui/Icon.tsx';
import { RecordPicker } from '../search/RecordPicker.tsx';

interface AddLinkProps {
  readonly rest: Rest;
  readonly type: SearchType;
  readonly label: string;
  readonly except: readonly string[];
  /** Answers whether it was done. */
  readonly onPick: (result: SearchResult) => Promise<boolean>;
}

/** A button that becomes a search for the record to link. */
export function AddLink({ label, onPick, ...picker }: AddLinkProps) {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (!isOpen) {
    return (
      <button
        ref={opener}
        className="button button--quiet records__opener"
        type="button"
        onClick={() => setIsOpen(true)}
      >
        <Icon name="plus" /> {label}
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape works from all that is in it
    <div
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The panel stays: this Escape was for the search.
        event.preventDefault();
        close();
      }}
    >
      <RecordPicker
        {...picker}
        label={`${label}: search`}
        isFocused
        onPick={async (result) => {
          if (await onPick(result)) close();
        }}
      />
      <button className="button button--quiet button--small" type="button" onClick={close}>
        Cancel
      </button>
    </div>
  );
}
