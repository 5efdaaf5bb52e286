import type { User } from '@splitline/functions/contracts';
import type { Dashboard } from '../../data/analytics.ts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import type { Loaded } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';
import { Stale } from '../../ui/Stale.tsx';
import { ActivityFeed } from './ActivityFeed.tsx';
import {
  ForecastChart,
  type Leader,
  LeaderboardChart,
  PipelineChart,
  WinRateChart,
  WonChart,
} from './Charts.tsx';
import {
  amountIn,
  closedOf,
  closedTotalOf,
  currenciesOf,
  forecastOf,
  pipelineOf,
  type StageLook,
} from './figures.ts';
import { monthLabel } from './notation.ts';
import { Tiles } from './Tiles.tsx';

interface FiguresProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly loaded: Extract<Loaded<Dashboard>, { status: 'ready' }>;
  readonly stages: readonly StageLook[];
  readonly currency: string;
  readonly today: string;
  readonly teamId: string | undefined;
  /** How often the person has asked for everything again. */
  readonly refreshes: number;
}

/** The figures in one currency: amounts in others stand apart, and are never added. */
export function Figures(props: FiguresProps) {
  const { data, member, loaded, stages, currency, today, teamId } = props;
  const people = usePeople(data);
  const dashboard = loaded.value;
  const pipeline = pipelineOf(dashboard, stages, currency);
  const closed = closedOf(dashboard, stages, currency);
  const months = [
    ...new Set([dashboard.startDate, dashboard.endDate].map((day) => day.slice(0, 7))),
  ];
  return (
    <>
      <Stale problem={loaded.problem} reload={loaded.reload} />
      {currenciesOf(dashboard).length > 1 && (
        <p className="soft small dashboard__note">
          Amounts are those in {currency}; numbers of deals are those in all currencies.
        </p>
      )}
      <Tiles {...{ pipeline, currency }} closed={closedTotalOf(dashboard, stages, currency)} />
      <div className="charts">
        <PipelineChart figures={pipeline} currency={currency} />
        <ForecastChart figures={forecastOf(dashboard, currency, today)} currency={currency} />
        <WonChart figures={closed} currency={currency} />
        <WinRateChart figures={closed} />
        {member.role !== 'rep' && (
          <LeaderboardChart
            leaders={leadersOf(dashboard, currency, (uid) => people.get(uid)?.name)}
            months={months.map((month) => monthLabel(month)).join(' – ')}
            currency={currency}
          />
        )}
        <ActivityFeed
          {...{ data, people, stages, teamId }}
          signal={`${dashboard.asOf} ${props.refreshes}`}
        />
      </div>
    </>
  );
}

const MOST_LEADERS = 10;

/** Those who won most in the currency; two of one name are told apart by their number. */
function leadersOf(
  { charts }: Dashboard,
  currency: string,
  nameOf: (uid: string) => string | undefined,
): readonly Leader[] {
  const taken = new Map<string, number>();
  return charts.leaderboard
    .map(({ userId, count, valueByCurrency }) => {
      const name = nameOf(userId) ?? 'Former member';
      const nth = (taken.get(name) ?? 0) + 1;
      taken.set(name, nth);
      return {
        name: nth === 1 ? name : `${name} (${nth})`,
        ...{ count, wonMinor: amountIn(valueByCurrency, currency) },
      };
    })
    .sort((a, b) => b.wonMinor - a.wonMinor)
    .slice(0, MOST_LEADERS);
}
