import type { User } from '@splitline/functions/contracts';
import { useMemo, useState } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Invitations } from './Invitations.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { JobNotice } from './JobNotice.tsx';
import { PeopleList } from './PeopleList.tsx';
import { SectionHead } from './SectionHead.tsx';
import { TeamsList } from './TeamsList.tsx';
import { useAllTeams } from './useAllTeams.ts';
import { useOrderedWork } from './useOrderedWork.ts';

interface UsersSectionProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

/** Who belongs to the organisation, in which role and on which team. */
export default function UsersSection({ data, member }: UsersSectionProps) {
  const users = useLive(data.watchUsers);
  const teams = useAllTeams(data.rest);
  const { works, add, dismiss } = useOrderedWork();
  const [isInviting, setIsInviting] = useState(false);
  const [invited, setInvited] = useState(0);
  const people = useMemo(
    () =>
      users.status === 'ready'
        ? users.value.records.toSorted((a, b) => a.name.localeCompare(b.name))
        : [],
    [users],
  );
  if (users.status === 'loading' || teams.status === 'loading') {
    return <Loading what="users and teams" />;
  }
  const failed = users.status === 'failed' ? users : teams.status === 'failed' ? teams : undefined;
  if (failed !== undefined || teams.status !== 'ready') {
    return (
      <Failure
        title="Users and teams cannot be shown"
        message={failed?.problem.message ?? ''}
        onRetry={users.status === 'failed' ? users.retry : teams.reload}
      />
    );
  }
  return (
    <>
      <section className="section" aria-label="Users">
        <SectionHead
          title="Users"
          lead="A changed role or team counts from the person’s next request."
        >
          <button
            className="button button--primary"
            type="button"
            onClick={() => setIsInviting(true)}
          >
            Invite somebody…
          </button>
        </SectionHead>
        {works.map((work) => (
          <JobNotice
            key={work.jobId}
            {...work}
            rest={data.rest}
            onDismiss={() => dismiss(work.jobId)}
          />
        ))}
        <PeopleList
          rest={data.rest}
          member={member}
          people={people}
          teams={teams.value}
          onOrdered={add}
        />
      </section>
      <Invitations rest={data.rest} teams={teams.value} signal={String(invited)} />
      <section className="section" aria-label="Teams">
        <Stale problem={teams.problem} reload={teams.reload} />
        <TeamsList rest={data.rest} teams={teams.value} people={people} onChanged={teams.reload} />
      </section>
      {isInviting && (
        <InviteDialog
          rest={data.rest}
          teams={teams.value}
          onClose={() => setIsInviting(false)}
          onDone={() => {
            setIsInviting(false);
            setInvited((count) => count + 1);
          }}
        />
      )}
    </>
  );
}
