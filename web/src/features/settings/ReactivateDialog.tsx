import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { MemberDialogProps } from './member-dialog.ts';
import { roleNames } from './role-words.ts';

/** Gives somebody their membership back. */
export function ReactivateDialog({ rest, person, onClose }: MemberDialogProps) {
  const { id, name, role } = person;
  const form = useCommand({
    done: `${name} is active again.`,
    onDone: onClose,
    run: async () => {
      await rest.send('POST', `/api/users/${id}/reactivate`, {});
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Reactivate ${name}?`}
      lead={`${name} can sign in again and is what they were: ${roleNames[role].toLowerCase()}. Records that were handed over stay where they are.`}
      form={form}
      submit="Reactivate"
      onClose={onClose}
    />
  );
}
