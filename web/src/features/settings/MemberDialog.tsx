import { updateUserSchema } from '@splitline/functions/contracts';
import { readAnswer } from '../../data/records.ts';
import { orderedSchema } from '../../data/settings.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MembershipFields } from './MembershipFields.tsx';
import type { MemberDialogProps } from './member-dialog.ts';
import { emptyIsNull, useContractForm } from './useContractForm.ts';

const schema = updateUserSchema.omit({ userId: true }).required();

/** Changes who somebody is in the organisation. */
export function MemberDialog({ rest, person, teams, onOrdered, onClose }: MemberDialogProps) {
  const { id, name, role, teamId, managedTeamIds } = person;
  const form = useContractForm({
    schema,
    defaultValues: { name, role, teamId, managedTeamIds },
    run: async ({ managedTeamIds: managed, ...change }) => {
      const answer = await rest.send('PATCH', `/api/users/${id}`, {
        ...change,
        managedTeamIds: change.role === 'manager' ? managed : [],
      });
      const { jobId } = readAnswer(orderedSchema, answer);
      if (jobId !== null) {
        onOrdered({ jobId, what: `Taking the records of ${name} along to the other team` });
      }
    },
    done: `${name} was changed.`,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={`Change ${name}`}
      lead="It counts from the person’s next request. When the team changes, the records they own go along."
      form={form}
      submit="Save changes"
      onClose={onClose}
    >
      <Field
        {...form.register('name')}
        label="Name"
        required
        maxLength={200}
        autoComplete="off"
        error={form.errorOf('name')}
      />
      <MembershipFields
        role={form.watch('role')}
        teams={teams}
        inputs={{
          role: form.register('role'),
          teamId: form.register('teamId', emptyIsNull),
          managedTeamIds: form.register('managedTeamIds'),
        }}
        errorOf={form.errorOf}
      />
    </FormDialog>
  );
}
