import { balanceAnswerSchema, type User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { useSearchParams } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { OwnDisputes } from '../disputes/OwnDisputes.tsx';
import { Balances } from './Balances.tsx';
import { PaidByStripe } from './PaidByStripe.tsx';
import { PayeePicker } from './PayeePicker.tsx';
import { StatementSection } from './StatementSection.tsx';
import { useRefreshSignal } from './useRefreshSignal.ts';
import './earnings.css';

interface EarningsPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

/** What a person has earned, in which state it is, and why it is that much. */
export default function EarningsPage({ data, member }: EarningsPageProps) {
  const [search, setSearch] = useSearchParams();
  const payeeId = member.role === 'rep' ? member.id : (search.get('person') ?? member.id);
  const isOwn = payeeId === member.id;
  const choose = (uid: string) => {
    setSearch(uid === member.id ? {} : { person: uid });
  };
  return (
    <div className="page">
      <title>Earnings · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Earnings</h1>
          {member.role !== 'rep' && (
            <PayeePicker data={data} member={member} payeeId={payeeId} onChoose={choose} />
          )}
        </div>
        <EarningsOf key={payeeId} data={data} payeeId={payeeId} isOwn={isOwn} />
      </div>
    </div>
  );
}

interface EarningsOfProps {
  readonly data: WorkspaceData;
  readonly payeeId: string;
  readonly isOwn: boolean;
}

function EarningsOf({ data, payeeId, isOwn }: EarningsOfProps) {
  const signal = useRefreshSignal(data, isOwn);
  const { rest } = data;
  const load = useCallback(
    () => rest.get('/api/earnings/balance', balanceAnswerSchema, { userId: payeeId }),
    [rest, payeeId],
  );
  const balance = useLoad(load, signal);
  const disputes = useLive(data.watchOwnDisputes);
  const own = isOwn && disputes.status === 'ready' ? disputes.value.records : [];
  if (balance.status === 'loading') return <Loading what="earnings" />;
  if (balance.status === 'failed') {
    return (
      <Failure
        title="These earnings cannot be shown"
        message={balance.problem.message}
        onRetry={balance.reload}
      />
    );
  }
  return (
    <>
      <Stale problem={balance.problem} reload={balance.reload} />
      <Balances balances={balance.value.balances} isOwn={isOwn} />
      <StatementSection
        data={data}
        payeeId={payeeId}
        isOwn={isOwn}
        signal={signal}
        disputes={own}
      />
      {isOwn && <OwnDisputes data={data} disputes={disputes} />}
      {isOwn && <PaidByStripe data={data} />}
    </>
  );
}
