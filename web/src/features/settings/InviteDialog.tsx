import { newInvitationSchema } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import type { TeamView } from '../../data/settings.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { MembershipFields } from './MembershipFields.tsx';
import { emptyIsNull, useContractForm } from './useContractForm.ts';

interface InviteDialogProps {
  readonly rest: Rest;
  readonly teams: readonly TeamView[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const sentSchema = z.object({ sendError: z.string().nullable() });

/** Invites somebody by mail; they become a member when they accept. */
export function InviteDialog({ rest, teams, onClose, onDone }: InviteDialogProps) {
  const { warn } = useNotices();
  const form = useContractForm({
    schema: newInvitationSchema,
    defaultValues: { name: '', email: '', role: 'rep', teamId: null, managedTeamIds: [] },
    run: async ({ managedTeamIds, ...invitation }) => {
      const answer = await rest.send('POST', '/api/invitations', {
        ...invitation,
        managedTeamIds: invitation.role === 'manager' ? managedTeamIds : [],
      });
      const { sendError } = readAnswer(sentSchema, answer);
      if (sendError !== null) {
        warn(`The invitation is made, but its mail is not out yet: ${sendError}`);
      }
    },
    done: 'The invitation is made.',
    onDone,
  });
  return (
    <FormDialog
      title="Invite somebody"
      lead="They get a mail with a link that works once and for seven days."
      form={form}
      submit="Send invitation"
      onClose={onClose}
    >
      <Field
        {...form.register('name')}
        label="Name"
        required
        maxLength={200}
        autoComplete="off"
        autoFocus
        error={form.errorOf('name')}
      />
      <Field
        {...form.register('email')}
        label="E-mail"
        // What is wrong with it is said at the field, in more words than a browser's.
        inputMode="email"
        required
        autoComplete="off"
        error={form.errorOf('email')}
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
