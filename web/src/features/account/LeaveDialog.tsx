import type { Rest } from '../../data/port.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface LeaveDialogProps {
  readonly rest: Rest;
  readonly onClose: () => void;
}

/** Ends one's own membership; what follows from it the workspace shows, as for whoever was shown out. */
export function LeaveDialog({ rest, onClose }: LeaveDialogProps) {
  const form = useCommand({
    done: 'You have left the organisation.',
    onDone: onClose,
    run: async () => {
      await rest.send('POST', '/api/users/me/leave');
      return undefined;
    },
  });
  return (
    <FormDialog
      title="Leave the organisation?"
      lead="At once you see nothing of it any more, on any device. What you have done and earned stays, and what you are owed is still paid. Administrators are told, so that they can give your open records to somebody. You cannot take this back yourself: only an administrator can let you in again."
      form={form}
      submit="Leave organisation"
      isDangerous
      onClose={onClose}
    />
  );
}
