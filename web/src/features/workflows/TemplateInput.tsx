import { useRef, useState } from 'react';
import { Labelled } from '../../ui/Field.tsx';
import { InsertField } from './InsertField.tsx';
import { useProblemAt, useScope } from './scope.ts';

interface TemplateInputProps {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly hint?: string | undefined;
  readonly isLong?: boolean;
}

/** A text with merge fields, and a way to put one in where the caret is. */
export function TemplateInput({ label, path, value, onChange, hint, isLong }: TemplateInputProps) {
  const element = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const [isInserting, setIsInserting] = useState(false);
  const { mergeFields } = useScope();
  const error = useProblemAt(path);
  const insert = (field: string) => {
    setIsInserting(false);
    const input = element.current;
    if (input === null) return;
    const { selectionStart, selectionEnd } = input;
    const start = selectionStart ?? value.length;
    const merged = `{{${field}}}`;
    onChange(`${value.slice(0, start)}${merged}${value.slice(selectionEnd ?? start)}`);
    const caret = start + merged.length;
    // After the text has come with the next rendering, and the dialog has given the focus back.
    requestAnimationFrame(() => {
      input.focus();
      input.setSelectionRange(caret, caret);
    });
  };
  return (
    <div className="template">
      <Labelled label={label} hint={hint} error={error}>
        {(links) => {
          const control = {
            ...links,
            ...{ ref: element, value, autoComplete: 'off' },
            onChange: (event: { currentTarget: { value: string } }) =>
              onChange(event.currentTarget.value),
          };
          return isLong ? (
            <textarea {...control} className="input input--lines" rows={3} />
          ) : (
            <input {...control} className="input" />
          );
        }}
      </Labelled>
      {mergeFields.length > 0 && (
        <button
          className="button button--quiet button--small template__insert"
          type="button"
          aria-label={`Insert field into ${label}`}
          onClick={() => setIsInserting(true)}
        >
          Insert field
        </button>
      )}
      {isInserting && <InsertField onClose={() => setIsInserting(false)} onChoose={insert} />}
    </div>
  );
}
