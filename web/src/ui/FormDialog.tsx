import type { ReactNode } from 'react';
import { Dialog } from './Dialog.tsx';
import type { useSubmit } from './useSubmit.ts';

interface FormDialogProps {
  readonly title: string;
  /** What will happen, in words. */
  readonly lead: ReactNode;
  readonly form: Pick<ReturnType<typeof useSubmit>, 'onSubmit' | 'isSending' | 'generalError'>;
  readonly submit: string;
  readonly isDangerous?: boolean;
  readonly isWide?: boolean;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** A window that asks before a command: it names the consequence, and the command by its own verb. */
export function FormDialog({ title, lead, form, submit, onClose, ...rest }: FormDialogProps) {
  const { isDangerous = false, isWide = false, children } = rest;
  const { onSubmit, isSending, generalError } = form;
  return (
    <Dialog title={title} onClose={onClose} isWide={isWide}>
      <p className="dialog__text">{lead}</p>
      <form className="form" onSubmit={onSubmit}>
        {generalError !== undefined && (
          <p className="message" role="alert">
            {generalError}
          </p>
        )}
        {children}
        <div className="form__actions">
          <button className="button button--quiet" type="button" onClick={onClose}>
            Cancel
          </button>
          <button
            className={`button ${isDangerous ? 'button--danger' : 'button--primary'}`}
            type="submit"
            aria-disabled={isSending}
          >
            {isSending ? 'One moment…' : submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
