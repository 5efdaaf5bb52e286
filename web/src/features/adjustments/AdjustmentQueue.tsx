import type { AdjustmentView, User } from '@splitline/functions/contracts';
import { useCallback, useId, useState } from 'react';
import { Link } from 'wouter';
import { adjustmentListSchema } from '../../data/adjustments.ts';
import type { Query, Stored, WorkspaceData } from '../../data/port.ts';
import { usePages } from '../../data/usePages.ts';
import { usePeople } from '../../data/usePeople.ts';
import { formatMoney } from '../../ui/format.ts';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { Person } from '../../ui/Person.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { type Decision, DecisionDialog } from './DecisionDialog.tsx';
import './adjustments.css';

interface AdjustmentQueueProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

interface Chosen {
  readonly adjustment: AdjustmentView;
  readonly decision: Decision;
}

/** The adjustments that wait for somebody who is neither the person concerned nor asked for them. */
export function AdjustmentQueue({ data, member }: AdjustmentQueueProps) {
  const { rest } = data;
  const titleId = useId();
  const people = usePeople(data);
  const [chosen, setChosen] = useState<Chosen>();
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/adjustments', adjustmentListSchema, { ...at, status: 'requested' }),
      [rest],
    ),
  );
  const nameOf = (uid: string) => people.get(uid)?.name;
  return (
    <section className="adjustments" aria-labelledby={titleId}>
      <h2 className="adjustments__title" id={titleId}>
        Adjustments to approve
      </h2>
      {list.status === 'loading' && <Loading what="the adjustments" />}
      {list.status === 'failed' && (
        <Failure
          title="The adjustments cannot be shown"
          message={list.problem.message}
          onRetry={list.reload}
        />
      )}
      {list.status === 'ready' && (
        <>
          <Stale problem={list.problem} reload={list.reload} />
          <ul className="rows" aria-label="Adjustments">
            {list.value.records.length === 0 && (
              <li className="rows__empty">
                No adjustment waits. One is asked for on the page of a deal.
              </li>
            )}
            {list.value.records.map((adjustment) => (
              <AdjustmentRow
                key={adjustment.id}
                adjustment={adjustment}
                member={member}
                nameOf={nameOf}
                onDecide={(decision) => setChosen({ adjustment, decision })}
              />
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
      {chosen !== undefined && list.status === 'ready' && (
        <DecisionDialog
          rest={rest}
          {...chosen}
          payeeName={nameOf(chosen.adjustment.payeeId) ?? 'the person'}
          onDone={list.reload}
          onClose={() => setChosen(undefined)}
        />
      )}
    </section>
  );
}

interface AdjustmentRowProps {
  readonly adjustment: AdjustmentView;
  readonly member: Stored<User>;
  readonly nameOf: (uid: string) => string | undefined;
  readonly onDecide: (decision: Decision) => void;
}

function AdjustmentRow({ adjustment, member, nameOf, onDecide }: AdjustmentRowProps) {
  const { payeeId, requestedBy, amount, reason, dealId, createdAt } = adjustment;
  const isInvolved = payeeId === member.id || requestedBy === member.id;
  return (
    <li className="rows__row adjustment">
      <div className="adjustment__what">
        <p className="soft small adjustment__facts">
          <Person name={nameOf(payeeId)} />
          <span>asked for by {nameOf(requestedBy) ?? 'somebody'}</span>
          <Moment at={createdAt} />
          {dealId !== null && <Link href={`/deals/${dealId}`}>The deal</Link>}
        </p>
        <p className="adjustment__reason">{reason}</p>
      </div>
      <span className="amount adjustment__amount">
        {formatMoney(amount.amountMinor, amount.currency)}
      </span>
      <div className="adjustment__actions">
        {isInvolved ? (
          <span className="soft small">Somebody else decides</span>
        ) : (
          <>
            <button className="button" type="button" onClick={() => onDecide('reject')}>
              Reject…
            </button>
            <button
              className="button button--primary"
              type="button"
              onClick={() => onDecide('approve')}
            >
              Approve…
            </button>
          </>
        )}
      </div>
    </li>
  );
}
