import { useLocation } from 'wouter';
import type { Rest } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { type OwnedView, readAnswer } from '../../data/records.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { Kind } from './kinds.ts';

interface DeleteDialogProps<T extends OwnedView> {
  readonly rest: Rest;
  readonly kind: Kind<T>;
  readonly record: T;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
  /** It is back. */
  readonly onRestored: () => void;
}

const consequences = {
  contact: 'Deals keep the name of the contact until the bin is emptied.',
  company: 'Its people and its deals stay, and no longer show it.',
  lead: 'What it was converted to stays.',
} as const;

/** Asks before a record goes into the bin; afterwards it can be taken back. */
export function DeleteDialog<T extends OwnedView>(props: DeleteDialogProps<T>) {
  const { rest, kind, record, onClose, onDeleted, onRestored } = props;
  const name = kind.nameOf(record);
  const { offer, warn, announce } = useNotices();
  const [, navigate] = useLocation();
  const restore = async () => {
    try {
      const answer = await rest.send('POST', `${kind.api}/${record.id}/restore`);
      readAnswer(kind.schema, answer);
      announce(`${name} is back.`);
      onRestored();
      navigate(`${kind.path}/${record.id}`);
    } catch (error) {
      warn(`${name} was not restored. ${toProblem(error).message}`);
    }
  };
  const form = useCommand({
    run: async () => {
      await rest.send('DELETE', `${kind.api}/${record.id}`);
      return undefined;
    },
    done: `${name} was deleted.`,
    onDone: () => {
      onDeleted();
      offer(`${name} was deleted.`, { label: 'Undo', run: () => void restore() });
    },
  });
  return (
    <FormDialog
      title={`Delete ${name}?`}
      lead={`The ${kind.noun} goes into the bin with its notes, tasks and history: lists and searches no longer show it. ${consequences[kind.type]} After 30 days it is gone for good; until then it can be restored.`}
      form={form}
      submit={`Delete ${kind.noun}`}
      isDangerous
      onClose={onClose}
    />
  );
}
