import type { Rest } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import { type Webhook, withSecretSchema } from '../../data/webhooks.ts';
import { SelectField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { NewSecret } from './SecretDialog.tsx';

interface RotateDialogProps {
  readonly rest: Rest;
  readonly webhook: Webhook;
  readonly onClose: () => void;
  readonly onRotated: (made: NewSecret) => void;
}

/** For how long the secret before stays valid, in hours. */
const graces = [
  { hours: 0, name: 'No time: it ends at once' },
  { hours: 1, name: '1 hour' },
  { hours: 24, name: '1 day' },
  { hours: 168, name: '7 days' },
] as const;

/** Makes another secret; the one before is valid as well for a while. */
export function RotateDialog({ rest, webhook, onClose, onRotated }: RotateDialogProps) {
  const form = useCommand({
    fields: ['overlapHours'],
    done: 'The secret is rotated.',
    onDone: () => {},
    run: async (read) => {
      const overlapHours = Number(read('overlapHours'));
      const path = `/api/webhooks/${webhook.id}/rotate-secret`;
      onRotated(readAnswer(withSecretSchema, await rest.send('POST', path, { overlapHours })));
      return undefined;
    },
  });
  return (
    <FormDialog
      title="Rotate the secret?"
      lead="You are shown a new secret. Until the time below is over, each request is signed with both, so that your endpoint can change over in peace."
      form={form}
      submit="Rotate secret"
      onClose={onClose}
    >
      <SelectField
        label="The present secret stays valid for"
        name="overlapHours"
        defaultValue="24"
        error={form.errorOf('overlapHours')}
      >
        {graces.map(({ hours, name }) => (
          <option key={hours} value={hours}>
            {name}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
