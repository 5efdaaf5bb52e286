import type { Rest } from '../../data/port.ts';
import type { SavedWorkflow } from '../../data/workflows.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface ActivateDialogProps {
  readonly rest: Rest;
  readonly workflow: Pick<SavedWorkflow, 'id' | 'name' | 'status' | 'activeVersion'>;
  /** The version that is to run. */
  readonly number: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before a version of a workflow begins to run. */
export function ActivateDialog({ rest, workflow, number, onClose, onDone }: ActivateDialogProps) {
  const { id, name, status, activeVersion } = workflow;
  const isReplacing = status === 'ACTIVE' && activeVersion !== null;
  const form = useCommand({
    done: `Version ${number} runs.`,
    onDone,
    run: async () => {
      await rest.send('POST', `/api/workflows/${id}/activate`, { workflowVersion: number });
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Activate version ${number} of ${name}?`}
      lead={`It runs for what happens from now on, and what it sends is really sent. What happened before does not count.${
        isReplacing ? ` Runs that version ${activeVersion} has begun go on with that version.` : ''
      }`}
      form={form}
      submit="Activate"
      onClose={onClose}
    />
  );
}
