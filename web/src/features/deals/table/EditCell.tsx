import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { toProblem } from '../../../data/problem.ts';

interface Option {
  readonly id: string;
  readonly name: string;
}

interface EditCellProps {
  /** What is edited, for those who hear it: `value of Website`. */
  readonly name: string;
  /** As it is typed or chosen. */
  readonly value: string;
  /** As it reads; the value itself unless given. */
  readonly shown?: ReactNode;
  readonly type?: 'text' | 'number' | 'date';
  readonly options?: readonly Option[] | (() => readonly Option[]);
  readonly isNumber?: boolean;
  readonly isRequired?: boolean;
  readonly isChangeable: boolean;
  /** Where the value is a link, the cell is edited by a button beside it. */
  readonly link?: (shown: ReactNode) => ReactNode;
  /** Resolves once the page has the new value; rejects with a Problem's cause. */
  readonly onSave: (text: string) => Promise<void>;
}

/** A cell that is edited where it stands: Enter or leaving it saves, Escape takes it back. */
export function EditCell(props: EditCellProps) {
  const { name, value, shown = value, isNumber = false, isChangeable, link } = props;
  const opener = useRef<HTMLButtonElement>(null);
  const edit = useEdit(props);
  const { draft, isSaving, problem, returns } = edit;
  const errorId = useId();
  const isIdle = draft === undefined;
  useEffect(() => {
    if (returns && isIdle) opener.current?.focus();
  }, [returns, isIdle]);
  const className = isNumber ? 'deal-table__cell deal-table__cell--number' : 'deal-table__cell';
  if (draft !== undefined) {
    return (
      <td className={className}>
        <Editor {...props} edit={edit} draft={draft} errorId={errorId} />
        {problem !== undefined && (
          <p className="field__error deal-table__error" id={errorId} role="alert">
            {problem}
          </p>
        )}
      </td>
    );
  }
  const text = isSaving === undefined ? shown : <PendingText text={isSaving} {...props} />;
  if (!isChangeable) return <td className={className}>{link?.(text) ?? text}</td>;
  return (
    <td className={className} aria-busy={isSaving !== undefined}>
      {link?.(text)}
      <button
        ref={opener}
        className={
          link === undefined ? 'deal-table__edit' : 'deal-table__edit deal-table__edit--beside'
        }
        type="button"
        onClick={edit.begin}
      >
        {link === undefined ? (
          <>
            <span className="visually-hidden">Edit {name}: </span>
            {text || <span className="soft">–</span>}
          </>
        ) : (
          <>
            Edit<span className="visually-hidden"> {name}</span>
          </>
        )}
      </button>
    </td>
  );
}

/** What was just entered, until the page has it. */
function PendingText({
  text,
  options,
}: { readonly text: string } & Pick<EditCellProps, 'options'>) {
  return (
    <span className="soft">{optionsIn(options).find(({ id }) => id === text)?.name ?? text}</span>
  );
}

function optionsIn(options: EditCellProps['options'] = []): readonly Option[] {
  return typeof options === 'function' ? options() : options;
}

interface EditorProps extends EditCellProps {
  readonly edit: ReturnType<typeof useEdit>;
  readonly draft: string;
  readonly errorId: string;
}

function Editor({ name, type = 'text', options, edit, draft, errorId }: EditorProps) {
  const common = {
    className: 'deal-table__input',
    'aria-label': name.charAt(0).toUpperCase() + name.slice(1),
    'aria-invalid': edit.problem !== undefined,
    'aria-describedby': edit.problem === undefined ? undefined : errorId,
    onBlur: () => edit.leave(),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      // This Escape was for the draft, not for a panel; this Enter not for the button that is next.
      event.preventDefault();
      if (event.key === 'Enter') edit.commit(draft, true);
      else edit.revert();
    },
  };
  if (options !== undefined) {
    return (
      <select
        {...common}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus={edit.takesFocus}
        value={draft}
        onChange={(event) => edit.commit(event.currentTarget.value, true)}
      >
        {optionsIn(options).map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...common}
      type={type}
      step="any"
      // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
      autoFocus={edit.takesFocus}
      autoComplete="off"
      value={draft}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => edit.type(event.currentTarget.value)}
    />
  );
}

/** A draft while somebody edits, and what was sent until it has arrived. */
function useEdit({ value, isRequired = false, onSave }: EditCellProps) {
  const [draft, setDraft] = useState<string>();
  const [isSaving, setIsSaving] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [refused, setRefused] = useState<string>();
  // What was refused after the person had gone on does not call them back.
  const [takesFocus, setTakesFocus] = useState(true);
  // True when the keyboard goes back to where the edit began.
  const [returns, setReturns] = useState(false);
  const close = (isByKey: boolean) => {
    setDraft(undefined);
    setProblem(undefined);
    setReturns(isByKey);
  };
  const send = async (text: string, isByKey: boolean) => {
    setIsSaving(text);
    try {
      await onSave(text);
    } catch (error) {
      setDraft(text);
      setRefused(text);
      setTakesFocus(isByKey);
      setProblem(toProblem(error).message);
    }
    setIsSaving(undefined);
  };
  const commit = (text: string, isByKey: boolean) => {
    const next = text.trim();
    close(isByKey);
    if (next !== value && !(next === '' && isRequired)) void send(next, isByKey);
  };
  return {
    ...{ draft, isSaving, problem, returns, takesFocus, commit },
    begin: () => {
      setReturns(false);
      setTakesFocus(true);
      setDraft(value);
    },
    type: setDraft,
    revert: () => close(true),
    // Leaving it does not send again what was just refused; Enter does.
    leave: () => {
      if (draft !== undefined && draft !== refused) commit(draft, false);
    },
  };
}
