import type { User } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { dashboardSchema } from '../../data/analytics.ts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { dayIn } from '../../ui/wall-clock.ts';
import { Figures } from './Figures.tsx';
import { currenciesOf } from './figures.ts';
import { RangeFields } from './RangeFields.tsx';
import { type Range, rangeIn } from './ranges.ts';
import { useTeamChoice } from './useTeamChoice.ts';
import './dashboard.css';

interface DashboardPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

const leads = {
  admin: 'The figures of the whole organisation.',
  manager: 'The figures of the teams that you manage.',
  rep: 'Your own figures: the deals that you own or have a share in.',
} as const;

/** How selling goes, as far as the member may see it. */
export default function DashboardPage({ data, member }: DashboardPageProps) {
  return (
    <div className="page">
      <title>Dashboard · Splitline</title>
      <div className="page__content dashboard">
        <Dashboard {...{ data, member }} />
      </div>
    </div>
  );
}

function Dashboard({ data, member }: DashboardPageProps) {
  const [params, setParams] = useSearchParams();
  const [refreshes, setRefreshes] = useState(0);
  const teams = useTeamChoice(data.rest, member);
  const today = dayIn(useTimeZone(), new Date());
  const range = rangeIn(params, today);
  const teamId = params.get('team') ?? undefined;
  const loaded = useOverview(data, range, teamId);
  const stages = useLive(data.watchStages);
  const change = (name: string, value: string) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const currencies = loaded.status === 'ready' ? currenciesOf(loaded.value) : [];
  const currency = currencies.find((one) => one === params.get('currency')) ?? currencies[0];
  return (
    <>
      <div className="page__head">
        <div>
          <h1 className="page__title">Dashboard</h1>
          <p className="page__lead">{leads[member.role]}</p>
        </div>
        <div className="dashboard__tools">
          <RangeFields {...{ params, setParams, range }} />
          {(teams.length > 1 || teamId !== undefined) && (
            <select
              className="input dashboard__choice"
              aria-label="Team"
              value={teamId ?? ''}
              onChange={(event) => change('team', event.currentTarget.value)}
            >
              <option value="">All teams</option>
              {teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
          {currencies.length > 1 && (
            <select
              className="input dashboard__choice"
              aria-label="Currency"
              value={currency}
              onChange={(event) => change('currency', event.currentTarget.value)}
            >
              {currencies.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </div>
      </div>
      {(loaded.status === 'loading' || stages.status === 'loading') && (
        <Loading what="the figures" />
      )}
      {loaded.status === 'failed' && (
        <Failure
          title="The figures cannot be shown"
          message={loaded.problem.message}
          onRetry={teamId === undefined ? loaded.reload : () => change('team', '')}
        />
      )}
      {stages.status === 'failed' && (
        <Failure
          title="The stages cannot be shown"
          message={stages.problem.message}
          onRetry={stages.retry}
        />
      )}
      {loaded.status === 'ready' && stages.status === 'ready' && currency !== undefined && (
        <>
          <p className="soft small dashboard__asof">
            {loaded.value.asOf === null ? (
              'The figures are counted within a minute of the first deal.'
            ) : (
              <span>
                As of <Moment at={loaded.value.asOf} />.
              </span>
            )}{' '}
            <button
              className="button button--quiet button--small"
              type="button"
              onClick={() => {
                loaded.reload();
                setRefreshes(refreshes + 1);
              }}
            >
              Refresh
            </button>
          </p>
          <Figures
            {...{ data, member, currency, today, teamId, loaded, refreshes }}
            stages={stages.value.records}
          />
        </>
      )}
    </>
  );
}

function useOverview({ rest }: WorkspaceData, { from, to }: Range, teamId: string | undefined) {
  return useLoad(
    useCallback(
      () =>
        rest.get('/api/analytics/overview', dashboardSchema, {
          ...{ startDate: from, endDate: to, teamId },
        }),
      [rest, from, to, teamId],
    ),
  );
}
