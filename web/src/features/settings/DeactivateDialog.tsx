import { readAnswer } from '../../data/records.ts';
import { orderedSchema } from '../../data/settings.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { MemberDialogProps } from './member-dialog.ts';
import { SuccessorField } from './SuccessorField.tsx';

/** Ends a membership, and hands the open records to a successor. */
export function DeactivateDialog(props: MemberDialogProps) {
  const { rest, person, people, onOrdered, onClose } = props;
  const { id, name } = person;
  const form = useCommand({
    done: `${name} is deactivated.`,
    onDone: onClose,
    fields: ['handOverTo'],
    run: async (read) => {
      const handOverTo = read('handOverTo');
      const answer = await rest.send(
        'POST',
        `/api/users/${id}/deactivate`,
        handOverTo === '' ? {} : { handOverTo },
      );
      const { jobId } = readAnswer(orderedSchema, answer);
      if (jobId !== null) onOrdered({ jobId, what: `Handing over the records of ${name}` });
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Deactivate ${name}?`}
      lead={`From the next request on ${name} sees nothing of the organisation, on any device. What they did and earned stays, and what they are owed is still paid. You can reactivate them at any time, but records that were handed over do not come back by themselves.`}
      form={form}
      submit="Deactivate"
      isDangerous
      onClose={onClose}
    >
      <SuccessorField
        name="handOverTo"
        person={person}
        people={people}
        nobody="Nobody: their records stay with them"
        error={form.errorOf('handOverTo')}
      />
    </FormDialog>
  );
}
