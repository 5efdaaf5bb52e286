import type { User } from '@splitline/functions/contracts';
import type { Rest, Stored } from '../../data/port.ts';
import type { TeamView } from '../../data/settings.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface TeamDialogProps {
  readonly rest: Rest;
  /** The team to rename; a new one without it. */
  readonly team: TeamView | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Adds a team, or renames one. */
export function TeamDialog({ rest, team, onClose, onDone }: TeamDialogProps) {
  const form = useCommand({
    done: team === undefined ? 'The team is added.' : 'The team is renamed.',
    onDone,
    fields: ['name'],
    run: async (read) => {
      const body = { name: read('name').trim() };
      if (team === undefined) await rest.send('POST', '/api/teams', body);
      else await rest.send('PATCH', `/api/teams/${team.id}`, body);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={team === undefined ? 'Add team' : `Rename ${team.name}`}
      lead={
        team === undefined
          ? 'People are put on it one by one, where their role is.'
          : 'Its people and records stay on it.'
      }
      form={form}
      submit={team === undefined ? 'Add team' : 'Rename team'}
      onClose={onClose}
    >
      <Field
        label="Name"
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        autoFocus
        defaultValue={team?.name ?? ''}
        error={form.errorOf('name')}
      />
    </FormDialog>
  );
}

interface DeleteTeamDialogProps extends TeamDialogProps {
  readonly team: TeamView;
  /** Who belongs to it or manages it, deactivated ones included. */
  readonly people: readonly Stored<User>[];
}

/** Deletes a team that nobody is on any more. */
export function DeleteTeamDialog({ rest, team, people, onClose, onDone }: DeleteTeamDialogProps) {
  const form = useCommand({
    done: `${team.name} is deleted.`,
    onDone,
    run: async () => {
      await rest.send('DELETE', `/api/teams/${team.id}`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Delete ${team.name}?`}
      lead={
        people.length === 0
          ? 'It is gone for good. Deals that were closed on it keep its name in their history.'
          : `Still on it or managing it: ${namesOf(people)}. Give them another team first; nobody is moved without a word.`
      }
      form={form}
      submit="Delete team"
      isDangerous
      onClose={onClose}
    />
  );
}

const MOST_NAMES = 3;

function namesOf(people: readonly Stored<User>[]): string {
  const names = people.slice(0, MOST_NAMES).map(({ name }) => name);
  const others = people.length - names.length;
  const list = others > 0 ? [...names, others === 1 ? '1 other' : `${others} others`] : names;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(list);
}
