import { draftSchema } from '../../data/messages.ts';
import type { Rest } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { Correspondence } from './conversation-id.ts';

interface DraftDialogProps {
  readonly rest: Rest;
  readonly correspondence: Correspondence;
  readonly onDraft: (text: string) => void;
  readonly onClose: () => void;
}

const tones = ['Professional', 'Friendly', 'Short and direct', 'Formal'];

/** Has a message written, which the person then edits and sends. */
export function DraftDialog({ rest, correspondence, onDraft, onClose }: DraftDialogProps) {
  const form = useCommand({
    run: async (read) => {
      const answer = await rest.send('POST', '/api/messages/generate', {
        ...correspondence,
        ...{ context: read('context'), tone: read('tone') },
      });
      onDraft(readAnswer(draftSchema, answer).generatedMessage);
      return undefined;
    },
    done: 'The draft is in the message',
    onDone: onClose,
    fields: ['context', 'tone'],
  });
  return (
    <FormDialog
      title="Draft with AI"
      lead="It knows the contact, your latest messages and the deals that you see. Nothing is sent: the draft is put where you write, for you to edit."
      form={form}
      submit="Write draft"
      onClose={onClose}
    >
      <TextField
        label="What is the message for?"
        name="context"
        required
        maxLength={2000}
        defaultValue="Answer their last message"
        error={form.errorOf('context')}
      />
      <SelectField label="Tone" name="tone" error={form.errorOf('tone')}>
        {tones.map((tone) => (
          <option key={tone} value={tone.toLowerCase()}>
            {tone}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
