import type { User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';
import type { OwnedView } from '../../data/records.ts';
import { InlineSelect } from '../../ui/InlineField.tsx';

interface OwnerFieldProps {
  readonly record: OwnedView;
  readonly member: Stored<User>;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly change: (change: object) => Promise<void>;
}

/** Whose the record is; those who oversee it can hand it over. */
export function OwnerField({ record, member, people, change }: OwnerFieldProps) {
  const isOverseen =
    member.role === 'admin' ||
    (member.role === 'manager' &&
      record.teamId !== null &&
      member.managedTeamIds.includes(record.teamId));
  const options = [...people.values()]
    .filter(({ id, active }) => active || id === record.ownerId)
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const isKnown = people.has(record.ownerId);
  return (
    <InlineSelect
      label="Owner"
      value={record.ownerId}
      options={isKnown ? options : [{ value: record.ownerId, label: 'Unknown person' }, ...options]}
      isChangeable={isOverseen}
      onSave={(ownerId) => change({ ownerId })}
    />
  );
}
