import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './combobox.css';

export interface ComboboxOption {
  readonly id: string;
  readonly label: string;
  /** Tells it from others of the same label. */
  readonly detail?: ReactNode;
  /** What kind of thing it is. */
  readonly kind?: string;
}

interface ComboboxProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly options: readonly ComboboxOption[];
  readonly onChoose: (id: string) => void;
  /** Stands below the options: that there are none, or why. */
  readonly status?: string | undefined;
  /** For one that the person has just asked for. */
  readonly isFocused?: boolean;
}

/** An input with the options that fit it below: arrows mark one, Enter takes it. */
export function Combobox(props: ComboboxProps) {
  const { label, placeholder, text, onText, options, onChoose, status, isFocused } = props;
  const listId = useId();
  const [marked, setMarked] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const current = Math.min(marked, options.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the options stand where they stood
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current, options]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = options[current];
      if (chosen !== undefined) onChoose(chosen.id);
    }
    const next = nextMark(event.key, current, options.length);
    if (next === undefined) return;
    event.preventDefault();
    setMarked(next);
  };
  return (
    <div className="combobox">
      <input
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current < 0 ? undefined : optionId(current)}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={placeholder}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus={isFocused}
        value={text}
        onChange={(event) => {
          setMarked(0);
          onText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} className="combobox__list" id={listId} role="listbox" aria-label={label}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys of its options
          <div
            key={option.id}
            id={optionId(index)}
            className="combobox__option"
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onMouseMove={() => setMarked(index)}
            // The focus stays in the input.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option.id)}
          >
            <span className="combobox__label">{option.label}</span>
            {option.detail && <span className="combobox__detail">{option.detail}</span>}
            {option.kind !== undefined && <span className="tag">{option.kind}</span>}
          </div>
        ))}
      </div>
      <p className="combobox__status" role="status">
        {status}
      </p>
    </div>
  );
}

/** Where a key takes the mark, if it is one that does. */
function nextMark(key: string, current: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (current + 1) % count;
  if (key === 'ArrowUp') return (current - 1 + count) % count;
  return undefined;
}
