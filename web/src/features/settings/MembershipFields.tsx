import type { User } from '@splitline/functions/contracts';
import type { UseFormRegisterReturn } from 'react-hook-form';
import type { TeamView } from '../../data/settings.ts';
import { SelectField } from '../../ui/Field.tsx';
import { roleNames, roleWords } from './role-words.ts';

interface MembershipFieldsProps {
  readonly role: User['role'];
  readonly teams: readonly TeamView[];
  /** What the form needs on each of the inputs. */
  readonly inputs: {
    readonly role: UseFormRegisterReturn;
    readonly teamId: UseFormRegisterReturn;
    readonly managedTeamIds: UseFormRegisterReturn;
  };
  readonly errorOf: (name: string) => string | undefined;
}

const roles = ['rep', 'manager', 'admin'] as const;

/** The role, the team, and the teams that a manager manages. */
export function MembershipFields({ role, teams, inputs, errorOf }: MembershipFieldsProps) {
  const managedError = errorOf('managedTeamIds');
  return (
    <>
      <SelectField {...inputs.role} label="Role" error={errorOf('role')}>
        {roles.map((each) => (
          <option key={each} value={each}>
            {roleNames[each]}
          </option>
        ))}
      </SelectField>
      <p className="soft small settings__hint">{roleWords[role]}</p>
      <SelectField {...inputs.teamId} label="Team" error={errorOf('teamId')}>
        <option value="">No team</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {role === 'manager' && (
        <fieldset className="choices">
          <legend className="field__label">Manages</legend>
          {teams.length === 0 && <p className="soft small">There is no team yet. Add one first.</p>}
          <div className="settings__checks">
            {teams.map(({ id, name }) => (
              <label key={id} className="choices__choice">
                <input {...inputs.managedTeamIds} type="checkbox" value={id} />
                {name}
              </label>
            ))}
          </div>
          {managedError !== undefined && (
            <p className="field__error" role="alert">
              {managedError}
            </p>
          )}
        </fieldset>
      )}
    </>
  );
}
