import type { Rest } from '../../data/port.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface ArchiveDialogProps {
  readonly rest: Rest;
  readonly workflow: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before a workflow is taken out of use. */
export function ArchiveDialog({ rest, workflow, onClose, onDone }: ArchiveDialogProps) {
  const { id, name } = workflow;
  const form = useCommand({
    done: `${name} is archived.`,
    onDone,
    run: async () => {
      await rest.send('POST', `/api/workflows/${id}/archive`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Archive ${name}?`}
      lead="It starts for nothing more, and this cannot be taken back: it can be neither changed nor activated again. Its versions and runs stay to look at. Pause it instead to use it again later."
      form={form}
      submit="Archive workflow"
      isDangerous
      onClose={onClose}
    >
      <p className="dialog__text">
        Runs under way go on to their end. Those that wait for an event still hear of it.
      </p>
    </FormDialog>
  );
}
