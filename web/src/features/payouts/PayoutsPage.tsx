import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { type PeriodList, periodListSchema, settingsSchema } from '../../data/payouts.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { nameOfZone } from '../../ui/format.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { NextPeriod } from './NextPeriod.tsx';
import { PeriodPayouts } from './PeriodPayouts.tsx';
import { PeriodRows } from './PeriodRows.tsx';
import { scheduleNames } from './payout-words.ts';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import './payouts.css';

interface PayoutsPageProps {
  readonly data: WorkspaceData;
}

/** Closing periods and paying what they come to. */
export default function PayoutsPage({ data }: PayoutsPageProps) {
  const { rest } = data;
  const list = useLoad(useCallback(() => rest.get('/api/periods', periodListSchema), [rest]));
  const isReady = list.status === 'ready';
  const isClosing = isReady && list.value.periods.some(({ status }) => status === 'closing');
  usePolling(isClosing, isReady ? list.reload : nothingToReload);
  return (
    <div className="page">
      <title>Payouts · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Payouts</h1>
          <ScheduleLine data={data} onChange={isReady ? list.reload : nothingToReload} />
        </div>
        {list.status === 'loading' && <Loading what="the periods" />}
        {list.status === 'failed' && (
          <Failure
            title="The periods cannot be shown"
            message={list.problem.message}
            onRetry={list.reload}
          />
        )}
        {list.status === 'ready' && (
          <>
            <Stale problem={list.problem} reload={list.reload} />
            <Periods data={data} list={list.value} reload={list.reload} />
          </>
        )}
      </div>
    </div>
  );
}

interface PeriodsProps {
  readonly data: WorkspaceData;
  readonly list: PeriodList;
  readonly reload: () => void;
}

function Periods({ data, list: { periods, next }, reload }: PeriodsProps) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('period');
  const chosen = periods.find(({ id }) => id === asked) ?? periods[0];
  return (
    <>
      {next === null ? (
        <p className="rows rows__empty">
          Nothing was posted yet. When the first deal is won, its period appears here.
        </p>
      ) : (
        <NextPeriod data={data} period={next} onClosing={reload} />
      )}
      {chosen !== undefined && (
        <>
          <PeriodRows
            rest={data.rest}
            periods={periods}
            chosenId={chosen.id}
            onChoose={(id) => setSearch({ period: id })}
            reload={reload}
          />
          <PeriodPayouts key={`${chosen.id} ${chosen.status}`} data={data} period={chosen} />
        </>
      )}
    </>
  );
}

interface ScheduleLineProps {
  readonly data: WorkspaceData;
  readonly onChange: () => void;
}

function ScheduleLine({ data, onChange }: ScheduleLineProps) {
  const { rest } = data;
  const settings = useLoad(
    useCallback(() => rest.get('/api/payout-settings', settingsSchema), [rest]),
  );
  const [isChanging, setIsChanging] = useState(false);
  if (settings.status !== 'ready') return null;
  const { schedule, timeZone } = settings.value;
  return (
    <p className="schedule">
      <span className="soft">
        People are paid {scheduleNames[schedule]}, in {nameOfZone(timeZone)}
      </span>
      <button className="button button--small" type="button" onClick={() => setIsChanging(true)}>
        Change…
      </button>
      {isChanging && (
        <ScheduleDialog
          rest={rest}
          schedule={schedule}
          onClose={() => setIsChanging(false)}
          onDone={() => {
            setIsChanging(false);
            settings.reload();
            onChange();
          }}
        />
      )}
    </p>
  );
}
