import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { type Problem, toProblem } from '../data/problem.ts';
import './inline-field.css';

/** Saves a value; rejects with a Problem's cause. */
export type SaveText = (text: string) => Promise<void>;

interface InlineFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onSave: SaveText;
  readonly isChangeable: boolean;
  /** An empty one is taken back instead of saved. */
  readonly isRequired?: boolean;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'number' | 'date';
  /** How it reads where it cannot be changed; the value as it is, unless given. */
  readonly shown?: ReactNode;
  readonly placeholder?: string;
}

/** A value edited where it stands: Enter or leaving it saves, Escape takes it back. */
export function InlineField({ label, value, onSave, isChangeable, ...rest }: InlineFieldProps) {
  const { isRequired = false, type = 'text', shown = value, placeholder = 'Not set' } = rest;
  // Undefined while nobody types: then the stored value shows.
  const [draft, setDraft] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const { save, problem, clear } = useSaving(onSave);
  const revert = () => {
    setDraft(undefined);
    clear();
  };
  const commit = async () => {
    const text = (draft ?? value).trim();
    if (text === value || (text === '' && isRequired)) return revert();
    if (await save(text)) return setDraft(undefined);
    setRefused(draft);
  };
  // Leaving it does not send again what was just refused; Enter does.
  const onBlur = () => {
    if (draft === undefined || draft !== refused) void commit();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void commit();
    if (event.key !== 'Escape' || draft === undefined) return;
    // What the field stands in stays: this Escape was for the draft.
    event.preventDefault();
    revert();
  };
  return (
    <InlineRow label={label} problem={problem}>
      {(links) =>
        isChangeable ? (
          <input
            {...links}
            className="inline-field__input"
            type={type}
            step={type === 'number' ? 'any' : undefined}
            autoComplete="off"
            placeholder={placeholder}
            value={draft ?? value}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={onBlur}
            onKeyDown={onKeyDown}
          />
        ) : (
          <output {...links} className="inline-field__text">
            {shown || 'Not set'}
          </output>
        )
      }
    </InlineRow>
  );
}

interface InlineSelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onSave: SaveText;
  readonly isChangeable: boolean;
}

/** The same for a choice, which is saved when it is made. */
export function InlineSelect({ label, value, options, onSave, isChangeable }: InlineSelectProps) {
  const [draft, setDraft] = useState<string>();
  const { save, problem } = useSaving(onSave);
  const choose = async (chosen: string) => {
    setDraft(chosen);
    await save(chosen);
    setDraft(undefined);
  };
  return (
    <InlineRow label={label} problem={problem}>
      {(links) =>
        isChangeable ? (
          <select
            {...links}
            className="inline-field__input"
            value={draft ?? value}
            onChange={(event) => void choose(event.currentTarget.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        ) : (
          <output {...links} className="inline-field__text">
            {options.find((option) => option.value === value)?.label ?? 'Not set'}
          </output>
        )
      }
    </InlineRow>
  );
}

/** One attempt at a time, with the problem of the last one. */
export function useSaving<T>(onSave: (value: T) => Promise<void>) {
  const [isSaving, setIsSaving] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const save = async (value: T): Promise<boolean> => {
    if (isSaving) return false;
    setIsSaving(true);
    setProblem(undefined);
    try {
      await onSave(value);
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    } finally {
      setIsSaving(false);
    }
  };
  return { save, isSaving, problem, clear: () => setProblem(undefined) };
}

interface InlineRowProps {
  readonly label: string;
  readonly problem: Problem | undefined;
  readonly children: (links: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A label, its control and what is wrong with it, as one line of facts. */
export function InlineRow({ label, problem, children }: InlineRowProps) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className="inline-field">
      <label className="inline-field__label" htmlFor={id}>
        {label}
      </label>
      <div className="inline-field__control">
        {children({
          id,
          'aria-invalid': problem !== undefined,
          'aria-describedby': problem === undefined ? undefined : errorId,
        })}
        {problem !== undefined && (
          <p className="field__error" id={errorId} role="alert">
            {problem.message}
          </p>
        )}
      </div>
    </div>
  );
}
