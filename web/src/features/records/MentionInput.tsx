import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { finishMention, mentionAt, type Named, offer } from './mentions.ts';
import './mentions.css';

interface MentionInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly value: string;
  readonly people: Iterable<Named>;
  readonly onChange: (text: string) => void;
}

/** Text of several lines in which @ offers the members to name: arrows mark one, Enter takes it. */
export function MentionInput({ label, value, people, onChange, ...input }: MentionInputProps) {
  const listId = useId();
  const element = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number>();
  const [marked, setMarked] = useState(0);
  const open = caret === undefined ? undefined : mentionAt(value, caret);
  const offered = open === undefined ? [] : offer(people, open.query);
  const current = Math.min(marked, offered.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;
  const take = ({ name }: Named) => {
    if (open === undefined) return;
    const finished = finishMention(value, open, name);
    onChange(finished.text);
    setCaret(undefined);
    requestAnimationFrame(() => {
      element.current?.focus();
      element.current?.setSelectionRange(finished.caret, finished.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const step = Object.entries(steps).find(([key]) => key === event.key)?.[1];
    const chosen = offered[current];
    if (step !== undefined) setMarked((current + step + offered.length) % offered.length);
    else if (event.key === 'Escape') setCaret(undefined);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) take(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className="mention-input">
      <textarea
        {...input}
        ref={element}
        className="input input--lines"
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? optionId(current) : undefined}
        rows={2}
        value={value}
        onChange={(event) => {
          setMarked(0);
          setCaret(event.currentTarget.selectionStart);
          onChange(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCaret(undefined)}
      />
      {offered.length > 0 && (
        <div className="mention-input__list" id={listId} role="listbox" aria-label="Members">
          {offered.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the keys of its options
            <div
              key={person.id}
              id={optionId(index)}
              className="mention-input__option"
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              onMouseMove={() => setMarked(index)}
              // The focus stays in the text.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(person)}
            >
              {person.name}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
