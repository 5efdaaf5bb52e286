import type { User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';
import { SelectField } from '../../ui/Field.tsx';

interface SuccessorFieldProps {
  readonly name: string;
  readonly person: Stored<User>;
  readonly people: readonly Stored<User>[];
  /** What choosing nobody means; without it somebody must be chosen. */
  readonly nobody?: string;
  readonly error: string | undefined;
}

/** Who takes somebody's records over. */
export function SuccessorField({ name, person, people, nobody, error }: SuccessorFieldProps) {
  const successors = people.filter(({ id, active }) => active && id !== person.id);
  return (
    <SelectField
      label="Hand open records to"
      name={name}
      required={nobody === undefined}
      defaultValue=""
      error={error}
    >
      <option value="">{nobody ?? 'Choose somebody'}</option>
      {successors.map(({ id, name: label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
