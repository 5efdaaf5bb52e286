import type { User } from '@splitline/functions/contracts';
import { useId } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { overseenBy } from './overseen-by.ts';

interface PayeePickerProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly payeeId: string;
  readonly onChoose: (uid: string) => void;
}

/** Whose earnings to show, of those that the member may see. */
export function PayeePicker({ data, member, payeeId, onChoose }: PayeePickerProps) {
  const id = useId();
  const users = useLive(data.watchUsers);
  const people = overseenBy(member, users.status === 'ready' ? users.value.records : []);
  return (
    <div className="picker">
      <label className="picker__label" htmlFor={id}>
        Person
      </label>
      <select
        id={id}
        className="input"
        value={payeeId}
        onChange={(event) => onChoose(event.target.value)}
      >
        <option value={member.id}>{member.name} (you)</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
            {person.active ? '' : ' (deactivated)'}
          </option>
        ))}
      </select>
    </div>
  );
}
