import type { ReactNode } from 'react';

interface StateMessageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Stands where content would: says why there is none and what to do. */
export function StateMessage({ title, children, actions }: StateMessageProps) {
  return (
    <div className="state" role="status">
      <h2 className="state__title">{title}</h2>
      <p className="state__text">{children}</p>
      {actions !== undefined && <div className="state__actions">{actions}</div>}
    </div>
  );
}

/** Stands where content is about to be. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="state state--loading" role="status">
      <div className="spinner" />
      <p className="state__text">Loading {what}…</p>
    </div>
  );
}

interface FailureProps {
  readonly title: string;
  readonly message: string;
  readonly onRetry: () => void;
}

/** A failure that may pass: says what happened and offers another try. */
export function Failure({ title, message, onRetry }: FailureProps) {
  return (
    <StateMessage
      title={title}
      actions={
        <button className="button" type="button" onClick={onRetry}>
          Try again
        </button>
      }
    >
      {message}
    </StateMessage>
  );
}
