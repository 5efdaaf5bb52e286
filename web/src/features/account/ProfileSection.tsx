import type { User } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { InlineField } from '../../ui/InlineField.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { useTeamNames } from './useTeamNames.ts';
import './profile.css';

interface ProfileSectionProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

const roleNames = { admin: 'Administrator', manager: 'Manager', rep: 'Sales rep' } as const;

/** What a person is in the organisation, and what they can change of that themselves. */
export default function ProfileSection({ data, member }: ProfileSectionProps) {
  return (
    <div className="profile">
      <section className="section" aria-label="Profile">
        <div>
          <h2 className="section__title">Profile</h2>
          <p className="page__lead">
            {member.role === 'admin'
              ? 'Who you are to your colleagues.'
              : 'Who you are to your colleagues. Administrators change names, roles and teams.'}
          </p>
        </div>
        <Facts data={data} member={member} />
        <p>
          <Link href="/notifications?view=settings">Choose what you are told</Link>, here and by
          e-mail.
        </p>
      </section>
      <PasswordForm password={data.password} />
      <Leaving data={data} member={member} />
    </div>
  );
}

function Facts({ data: { rest }, member }: ProfileSectionProps) {
  const { id, name, email, role, teamId, managedTeamIds } = member;
  const nameOf = useTeamNames(rest, teamId !== null || managedTeamIds.length > 0);
  const rename = useCallback(
    async (next: string) => {
      await rest.send('PATCH', `/api/users/${id}`, { name: next });
    },
    [rest, id],
  );
  return (
    <div className="inline-fields">
      <InlineField
        label="Name"
        value={name}
        onSave={rename}
        isChangeable={role === 'admin'}
        isRequired
      />
      <Fact label="E-mail">{email}</Fact>
      <Fact label="Role">{roleNames[role]}</Fact>
      <Fact label="Team">{teamId === null ? 'None' : nameOf(teamId)}</Fact>
      {role === 'manager' && (
        <Fact label="Manages">
          {managedTeamIds.length === 0 ? 'No team' : managedTeamIds.map(nameOf).join(', ')}
        </Fact>
      )}
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: string }) {
  return <InlineField label={label} value={children} onSave={nothingToSave} isChangeable={false} />;
}

async function nothingToSave(): Promise<void> {}

function Leaving({ data: { rest }, member: { role } }: ProfileSectionProps) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <section className="section" aria-label="Leaving">
      <h2 className="section__title">Leaving</h2>
      <p className="page__lead">
        {role === 'admin'
          ? 'You can leave while somebody else is an administrator. To choose now who takes over your open records, hand them over first, under '
          : 'Your open records stay with you until an administrator gives them to somebody. '}
        {role === 'admin' && (
          <>
            <Link href="/settings/users">Users and teams</Link>.
          </>
        )}
      </p>
      <div>
        <button className="button" type="button" onClick={() => setIsAsked(true)}>
          Leave organisation…
        </button>
      </div>
      {isAsked && <LeaveDialog rest={rest} onClose={() => setIsAsked(false)} />}
    </section>
  );
}
