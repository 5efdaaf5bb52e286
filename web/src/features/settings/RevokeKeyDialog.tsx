import type { Rest } from '../../data/port.ts';
import type { ApiKeyView } from '../../data/settings.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface RevokeKeyDialogProps {
  readonly rest: Rest;
  readonly apiKey: ApiKeyView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Ends a key for good. */
export function RevokeKeyDialog({ rest, apiKey, onClose, onDone }: RevokeKeyDialogProps) {
  const { id, name } = apiKey;
  const form = useCommand({
    done: `${name} is revoked.`,
    onDone,
    run: async () => {
      await rest.send('DELETE', `/api/api-keys/${id}`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Revoke ${name}?`}
      lead="From the next request on the key is refused, and programs that use it stop working. A revoked key cannot be taken back into use."
      form={form}
      submit="Revoke key"
      isDangerous
      onClose={onClose}
    />
  );
}
