import type { Rest } from '../../data/port.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { type Correspondence, channelNames } from './conversation-id.ts';

interface OptOutDialogProps extends Correspondence {
  readonly rest: Rest;
  readonly name: string;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** Notes that a contact wants to be written no more. */
export function OptOutDialog({ rest, name, contactId, channel, ...on }: OptOutDialogProps) {
  const how = channelNames[channel];
  const form = useCommand({
    run: async () => {
      await rest.send('POST', '/api/messages/opt-outs', { contactId, channel, optedOut: true });
      on.onChange();
      return undefined;
    },
    done: 'The opt-out is noted',
    onDone: on.onClose,
  });
  return (
    <FormDialog
      title={`Write no more to ${name} by ${how}?`}
      lead={`Nobody in your organisation, and no workflow, can write to ${name} by ${how} then. It can be taken back here.`}
      form={form}
      submit="Note opt-out"
      onClose={on.onClose}
    />
  );
}
