import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

interface FieldLabels {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly error?: string | undefined;
}

type Control<A> = Omit<A, 'id' | 'className' | 'name'> & FieldLabels;

/** A labelled input that says below itself what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  ...input
}: Control<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(links) => <input {...input} {...links} className="input" />}
    </Labelled>
  );
}

/** The same for text of several lines. */
export function TextField({
  label,
  hint,
  error,
  ...input
}: Control<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(links) => <textarea rows={3} {...input} {...links} className="input input--lines" />}
    </Labelled>
  );
}

/** The same for a choice; its children are the options. */
export function SelectField({
  label,
  hint,
  error,
  ...input
}: Control<SelectHTMLAttributes<HTMLSelectElement>>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(links) => <select {...input} {...links} className="input" />}
    </Labelled>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: (links: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A label, the control that it names, and what is wrong with it. */
export function Labelled({ label, hint, error, children }: LabelledProps) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label} {hint !== undefined && <span className="field__hint">({hint})</span>}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': error === undefined ? undefined : errorId,
      })}
      {error !== undefined && (
        <p className="field__error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
