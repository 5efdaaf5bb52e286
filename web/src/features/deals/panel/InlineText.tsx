import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { InlineRow, type SaveText, useSaving } from '../../../ui/InlineField.tsx';
import { useGuard } from './useGuard.ts';

interface InlineTextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly isChangeable: boolean;
  readonly onSave: SaveText;
}

/** Text of several lines, edited where it stands: leaving it saves, Escape takes it back. */
export function InlineText({ label, value, isChangeable, onSave, ...input }: InlineTextProps) {
  const [draft, setDraft] = useState<string>();
  const { guarded, around } = useGuard(value, 'what another person wrote', onSave);
  const { save, problem, clear } = useSaving(guarded);
  const element = useRef<HTMLTextAreaElement>(null);
  const shown = draft ?? value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => fitToText(element.current), [shown]);
  const commit = async () => {
    if (draft === undefined) return;
    const text = draft.trim();
    if (text === value || (await save(text))) setDraft(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void commit();
    if (event.key !== 'Escape' || draft === undefined) return;
    // The panel stays: this Escape was for the draft.
    event.preventDefault();
    setDraft(undefined);
    clear();
  };
  return (
    <div {...around}>
      <InlineRow label={label} problem={problem}>
        {(links) =>
          isChangeable ? (
            <textarea
              {...links}
              {...input}
              ref={element}
              className="inline-field__input deal__lines"
              rows={1}
              value={shown}
              onChange={(event) => setDraft(event.currentTarget.value)}
              onBlur={() => void commit()}
              onKeyDown={onKeyDown}
            />
          ) : (
            <output {...links} className="inline-field__text deal__lines">
              {value || 'Not set'}
            </output>
          )
        }
      </InlineRow>
    </div>
  );
}

/** All of a text is to be seen. */
export function fitToText(input: HTMLTextAreaElement | null): void {
  if (input === null) return;
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight + 2}px`;
}
