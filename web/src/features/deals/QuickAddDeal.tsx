import { type KeyboardEvent, useRef, useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';

interface QuickAddDealProps {
  readonly data: WorkspaceData;
  readonly currency: string | undefined;
  /** With an empty pipeline the first step is already taken. */
  readonly startsOpen: boolean;
}

/** A button that becomes a short form; the form stays for the next deal. */
export function QuickAddDeal({ data, currency, startsOpen }: QuickAddDealProps) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (isOpen) {
    return <AddDealForm data={data} currency={currency} isFocused={!startsOpen} onClose={close} />;
  }
  return (
    <button
      ref={opener}
      className="column__add button button--quiet"
      type="button"
      onClick={() => setIsOpen(true)}
    >
      <Icon name="plus" /> Add deal
    </button>
  );
}

interface AddDealFormProps {
  readonly data: WorkspaceData;
  readonly currency: string | undefined;
  readonly isFocused: boolean;
  readonly onClose: () => void;
}

const FIELDS = ['title', 'value', 'expectedCloseDate'];

function AddDealForm({ data, currency, isFocused, onClose }: AddDealFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { announce } = useNotices();
  const { onSubmit, isSending, errorOf, generalError } = useSubmit(async (read) => {
    const title = read('title').trim();
    try {
      await data.createDeal({
        title,
        amountMajor: Number(read('value')),
        expectedCloseDate: read('expectedCloseDate') || undefined,
      });
    } catch (error) {
      return toProblem(error);
    }
    announce(`${title} was added.`);
    form.current?.reset();
    form.current?.querySelector('input')?.focus();
    return undefined;
  }, FIELDS);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <form
      ref={form}
      className="add-deal form"
      aria-label="New deal"
      onSubmit={onSubmit}
      onKeyDown={closeOnEscape}
    >
      {generalError !== undefined && (
        <p className="message" role="alert">
          {generalError}
        </p>
      )}
      <Field
        label="Title"
        name="title"
        maxLength={300}
        required
        autoComplete="off"
        // When the person has just asked for this form, not when the page brings it along.
        autoFocus={isFocused}
        error={errorOf('title')}
      />
      <Field
        label="Value"
        name="value"
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        required
        {...(currency === undefined ? {} : { hint: currency })}
        error={errorOf('value')}
      />
      <Field
        label="Expected close"
        name="expectedCloseDate"
        type="date"
        hint="optional"
        error={errorOf('expectedCloseDate')}
      />
      <div className="form__actions">
        <button className="button button--primary" type="submit" aria-disabled={isSending}>
          {isSending ? 'Adding…' : 'Add deal'}
        </button>
        <button className="button button--quiet" type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
