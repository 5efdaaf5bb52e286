import * as Ariakit from '@ariakit/react';
import type { ReactNode } from 'react';
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
  return (
    <div className="combobox">
      {/* The options stand in the page, not above it: they are always open. */}
      <Ariakit.ComboboxProvider open value={text} setValue={onText}>
        <Ariakit.Combobox
          className="input"
          aria-label={label}
          autoSelect="always"
          autoComplete="list"
          spellCheck={false}
          maxLength={200}
          placeholder={placeholder}
          autoFocus={isFocused === true}
        />
        <Ariakit.ComboboxList className="combobox__list" aria-label={label} alwaysVisible>
          {options.map((option) => (
            <Ariakit.ComboboxItem
              key={option.id}
              className="combobox__option"
              focusOnHover
              setValueOnClick={false}
              hideOnClick={false}
              onClick={() => onChoose(option.id)}
            >
              <span className="combobox__label">{option.label}</span>
              {option.detail && <span className="combobox__detail">{option.detail}</span>}
              {option.kind !== undefined && <span className="tag">{option.kind}</span>}
            </Ariakit.ComboboxItem>
          ))}
        </Ariakit.ComboboxList>
      </Ariakit.ComboboxProvider>
      <p className="combobox__status" role="status">
        {status}
      </p>
    </div>
  );
}
