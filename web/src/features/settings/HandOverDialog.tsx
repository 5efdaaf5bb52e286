import { z } from 'zod';
import { readAnswer } from '../../data/records.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { MemberDialogProps } from './member-dialog.ts';
import { SuccessorField } from './SuccessorField.tsx';

const jobSchema = z.object({ jobId: z.string() });

/** Gives all open records of one person to another. */
export function HandOverDialog({ rest, person, people, onOrdered, onClose }: MemberDialogProps) {
  const { id, name } = person;
  const form = useCommand({
    done: 'The records are on their way.',
    onDone: onClose,
    fields: ['toUserId'],
    run: async (read) => {
      const answer = await rest.send('POST', `/api/users/${id}/hand-over`, {
        toUserId: read('toUserId'),
      });
      const { jobId } = readAnswer(jobSchema, answer);
      onOrdered({ jobId, what: `Handing over the records of ${name}` });
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Hand over the records of ${name}`}
      lead="Open deals and leads, contacts, companies and open tasks get the other person as their owner. Closed deals stay. There is no button that takes it back: you would hand them over again."
      form={form}
      submit="Hand over"
      onClose={onClose}
    >
      <SuccessorField
        name="toUserId"
        person={person}
        people={people}
        error={form.errorOf('toUserId')}
      />
    </FormDialog>
  );
}
