import type { User } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest, Stored } from '../../data/port.ts';
import type { TeamView } from '../../data/settings.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import type { OrderedWork } from './JobNotice.tsx';
import { MemberDialogs, type MemberStep } from './MemberDialogs.tsx';
import { PersonRow } from './PersonRow.tsx';

interface PeopleListProps {
  readonly rest: Rest;
  readonly member: Stored<User>;
  readonly people: readonly Stored<User>[];
  readonly teams: readonly TeamView[];
  readonly onOrdered: (work: OrderedWork) => void;
}

const tabs = [
  { id: 'active', name: 'Active' },
  { id: 'deactivated', name: 'Deactivated' },
] as const;

/** The members, those who are active or those who are not. */
export function PeopleList({ rest, member, people, teams, onOrdered }: PeopleListProps) {
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('active');
  const [search, setSearch] = useState('');
  const [step, setStep] = useState<MemberStep>();
  const wanted = search.trim().toLowerCase();
  const shown = people.filter(
    ({ active, name, email }) =>
      active === (tab === 'active') && `${name} ${email}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className="settings__tools">
        <input
          className="input settings__search"
          type="search"
          aria-label="Search users"
          placeholder="Search by name or e-mail"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Tabs label="Which users" tabs={tabs} chosen={tab} onChoose={setTab} />
      </div>
      <ul className="rows" aria-label="Users">
        {shown.length === 0 && <li className="rows__empty">{emptyText(wanted !== '', tab)}</li>}
        {shown.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isSelf={person.id === member.id}
            teams={teams}
            onStep={(kind) => setStep({ kind, person })}
          />
        ))}
      </ul>
      {step !== undefined && (
        <MemberDialogs
          {...step}
          rest={rest}
          people={people}
          teams={teams}
          onOrdered={onOrdered}
          onClose={() => setStep(undefined)}
        />
      )}
    </>
  );
}

function emptyText(isSearch: boolean, tab: (typeof tabs)[number]['id']): string {
  if (isSearch) return 'Nobody has that in their name or e-mail address.';
  return tab === 'active' ? 'Nobody is active.' : 'Nobody was deactivated.';
}
