import { useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import { redeliveredSchema, type Webhook } from '../../data/webhooks.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { momentIn } from '../../ui/moment-in.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { useForeignZone, useTimeZone } from '../../ui/useTimeZone.ts';

interface RedeliverDialogProps {
  readonly rest: Rest;
  readonly webhook: Webhook;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sends again what was not delivered since a time. */
export function RedeliverDialog({ rest, webhook, onClose, onDone }: RedeliverDialogProps) {
  const { announce } = useNotices();
  const timeZone = useTimeZone();
  const foreignZone = useForeignZone();
  const [count, setCount] = useState(0);
  const form = useCommand({
    fields: ['createdFrom', 'status'],
    done: 'The deliveries are sent again.',
    onDone,
    run: async (read) => {
      const status = read('status');
      const selection = {
        createdFrom: momentIn(timeZone, read('createdFrom'))?.toISOString(),
        ...(status === '' ? {} : { status }),
      };
      const sent = await redeliver(rest, webhook.id, selection, setCount);
      if (sent === 0) return { message: 'Nothing since then has to be sent again.' };
      announce(`${sent} deliveries are sent again.`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title="Redeliver what was not taken?"
      lead="Each is sent once more under the same id, oldest first, with a new round of attempts. Your endpoint can tell by webhook-id what it has taken before."
      form={form}
      submit={count === 0 ? 'Redeliver' : `${count} sent again…`}
      onClose={onClose}
    >
      <SelectField label="Which" name="status" error={form.errorOf('status')}>
        <option value="">Failed and skipped</option>
        <option value="failed">Failed only</option>
        <option value="skipped">Skipped only</option>
      </SelectField>
      <Field
        label="Since"
        name="createdFrom"
        hint={['empty: all of them', foreignZone].filter(Boolean).join('; ')}
        type="datetime-local"
        error={form.errorOf('createdFrom')}
      />
    </FormDialog>
  );
}

/** One request takes a bounded number; the next goes on where it ended. Answers how many there were. */
async function redeliver(
  rest: Rest,
  webhookId: string,
  selection: object,
  onProgress: (count: number) => void,
): Promise<number> {
  let sent = 0;
  let cursor: string | null = null;
  do {
    const body = cursor === null ? selection : { ...selection, cursor };
    const answer: unknown = await rest.send('POST', `/api/webhooks/${webhookId}/redeliver`, body);
    const { redelivered, nextCursor } = readAnswer(redeliveredSchema, answer);
    sent += redelivered.length;
    onProgress(sent);
    cursor = nextCursor;
  } while (cursor !== null);
  return sent;
}
