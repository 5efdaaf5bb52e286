import type { Dispute, User } from '@splitline/functions/contracts';
import { useMemo, useState } from 'react';
import { MAX_LISTED_DISPUTES, type Stored, type WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { usePeople } from '../../data/usePeople.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { AdjustmentQueue } from '../adjustments/AdjustmentQueue.tsx';
import { DisputeCard } from './DisputeCard.tsx';
import { ResolveDialog } from './ResolveDialog.tsx';
import './disputes.css';

interface DisputesPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

const tabs = [
  { id: 'open', name: 'Open' },
  { id: 'resolved', name: 'Resolved' },
  { id: 'withdrawn', name: 'Withdrawn' },
] as const;

/** The disputes that a manager or administrator looks after. */
export default function DisputesPage({ data, member }: DisputesPageProps) {
  const [status, setStatus] = useState<Dispute['status']>('open');
  return (
    <div className="page">
      <title>Disputes · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Disputes</h1>
          <Tabs label="Which disputes" tabs={tabs} chosen={status} onChoose={setStatus} />
        </div>
        <Queue key={status} data={data} member={member} status={status} />
        <AdjustmentQueue data={data} member={member} />
      </div>
    </div>
  );
}

interface QueueProps extends DisputesPageProps {
  readonly status: Dispute['status'];
}

const nothing = {
  open: 'No dispute is open.',
  resolved: 'No dispute has been resolved yet.',
  withdrawn: 'No dispute was withdrawn.',
} as const;

function Queue({ data, member, status }: QueueProps) {
  const live = useLive(useMemo(() => data.watchDisputes(member, status), [data, member, status]));
  const people = usePeople(data);
  const [resolved, setResolved] = useState<Stored<Dispute>>();
  if (live.status === 'loading') return <Loading what="disputes" />;
  if (live.status === 'failed') {
    return (
      <Failure
        title="The disputes cannot be shown"
        message={live.problem.message}
        onRetry={live.retry}
      />
    );
  }
  const { records, unreadable } = live.value;
  return (
    <>
      <div className="rows">
        {records.length === 0 && <p className="rows__empty">{nothing[status]}</p>}
        {records.map((dispute) => (
          <DisputeCard
            key={dispute.id}
            data={data}
            dispute={dispute}
            people={people}
            hasPayee
            actions={<ResolveAction dispute={dispute} member={member} onResolve={setResolved} />}
          />
        ))}
      </div>
      {records.length + unreadable >= MAX_LISTED_DISPUTES && (
        <p className="soft small">Only the latest {MAX_LISTED_DISPUTES} disputes are shown.</p>
      )}
      {resolved !== undefined && (
        <ResolveDialog
          rest={data.rest}
          dispute={resolved}
          payeeName={people.get(resolved.ownerId)?.name ?? 'the payee'}
          onClose={() => setResolved(undefined)}
        />
      )}
    </>
  );
}

interface ResolveActionProps {
  readonly dispute: Stored<Dispute>;
  readonly member: Stored<User>;
  readonly onResolve: (dispute: Stored<Dispute>) => void;
}

function ResolveAction({ dispute, member, onResolve }: ResolveActionProps) {
  if (dispute.ownerId === member.id) {
    return <span className="soft small">Yours: somebody else resolves it</span>;
  }
  return (
    <button className="button button--primary" type="button" onClick={() => onResolve(dispute)}>
      Resolve…
    </button>
  );
}
