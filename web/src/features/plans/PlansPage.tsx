import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { planListSchema } from '../../data/plans.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { PlanDetail } from './PlanDetail.tsx';
import { TermsDialog } from './TermsDialog.tsx';
import './plans.css';

interface PlansPageProps {
  readonly data: WorkspaceData;
}

const tabs = [
  { id: 'false', name: 'In use' },
  { id: 'true', name: 'Archived' },
] as const;

/** The compensation plans and their versions. */
export default function PlansPage({ data }: PlansPageProps) {
  const { rest } = data;
  const [archived, setArchived] = useState<'true' | 'false'>('false');
  const [isAdding, setIsAdding] = useState(false);
  const [search, setSearch] = useSearchParams();
  const list = useLoad(
    useCallback(() => rest.get('/api/plans', planListSchema, { archived }), [rest, archived]),
  );
  const reload = list.status === 'loading' ? undefined : list.reload;
  return (
    <div className="page">
      <title>Plans · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Plans</h1>
          <div className="page__actions">
            <Tabs label="Which plans" tabs={tabs} chosen={archived} onChoose={setArchived} />
            <button
              className="button button--primary"
              type="button"
              onClick={() => setIsAdding(true)}
            >
              New plan…
            </button>
          </div>
        </div>
        {list.status === 'loading' && <Loading what="the plans" />}
        {list.status === 'failed' && (
          <Failure
            title="The plans cannot be shown"
            message={list.problem.message}
            onRetry={list.reload}
          />
        )}
        {list.status === 'ready' && (
          <>
            <Stale problem={list.problem} reload={list.reload} />
            <ul className="rows">
              {list.value.plans.length === 0 && (
                <li className="rows__empty">
                  {archived === 'true'
                    ? 'No plan was archived.'
                    : 'There is no plan yet, so wins pay nothing. Make the first one.'}
                </li>
              )}
              {list.value.plans.map((plan) => (
                <li key={plan.id} className="rows__row">
                  <PlanDetail
                    data={data}
                    plan={plan}
                    isOpen={search.get('plan') === plan.id || list.value.plans.length === 1}
                    onOpen={() =>
                      setSearch(search.get('plan') === plan.id ? {} : { plan: plan.id })
                    }
                    onChange={list.reload}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
        {isAdding && (
          <TermsDialog
            data={data}
            plan={undefined}
            onClose={() => setIsAdding(false)}
            onDone={() => {
              setIsAdding(false);
              reload?.();
            }}
          />
        )}
      </div>
    </div>
  );
}
