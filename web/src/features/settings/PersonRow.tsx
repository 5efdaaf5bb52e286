import type { User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';
import type { TeamView } from '../../data/settings.ts';
import { Menu } from '../../ui/Menu.tsx';
import { Person } from '../../ui/Person.tsx';
import type { MemberStep } from './MemberDialogs.tsx';
import { roleNames } from './role-words.ts';

interface PersonRowProps {
  readonly person: Stored<User>;
  readonly isSelf: boolean;
  readonly teams: readonly TeamView[];
  readonly onStep: (kind: MemberStep['kind']) => void;
}

/** One member with what can be done about the membership. */
export function PersonRow({ person, isSelf, teams, onStep }: PersonRowProps) {
  const { name, email, role, teamId, managedTeamIds, active } = person;
  const nameOf = (id: string) => teams.find((team) => team.id === id)?.name ?? 'a deleted team';
  const items = stepsFor(active, isSelf);
  return (
    <li className="rows__row settings__row" aria-label={name}>
      <div className="settings__main">
        <p className="settings__name">
          <Person name={name} />
          {isSelf && <span className="tag">You</span>}
        </p>
        <p className="soft small settings__detail">{email}</p>
      </div>
      <div className="settings__aside">
        <span className="tag" data-tone={role === 'admin' ? 'accent' : undefined}>
          {roleNames[role]}
        </span>
        <span className="small">
          {teamId === null ? <span className="soft">No team</span> : nameOf(teamId)}
        </span>
        {managedTeamIds.length > 0 && (
          <span className="soft small">manages {managedTeamIds.map(nameOf).join(', ')}</span>
        )}
      </div>
      <Menu
        name={`Actions for ${name}`}
        className="button button--small button--quiet"
        items={items.map(({ kind, label }) => ({ id: kind, label, isDisabled: false }))}
        onSelect={(id) => {
          const chosen = items.find(({ kind }) => kind === id);
          if (chosen !== undefined) onStep(chosen.kind);
        }}
      >
        Actions
      </Menu>
    </li>
  );
}

/** Nobody locks themselves out by a slip of the mouse. */
function stepsFor(
  active: boolean,
  isSelf: boolean,
): readonly { readonly kind: MemberStep['kind']; readonly label: string }[] {
  const handOver = { kind: 'handOver', label: 'Hand records over…' } as const;
  if (!active) return [{ kind: 'reactivate', label: 'Reactivate…' }, handOver];
  return [
    { kind: 'change', label: 'Change role and team…' },
    handOver,
    ...(isSelf ? [] : [{ kind: 'deactivate', label: 'Deactivate…' } as const]),
  ];
}
