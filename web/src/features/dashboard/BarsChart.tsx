import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

export interface Series {
  readonly key: string;
  readonly name: string;
  /** A colour of the tokens, so that it fits the light and the dark page. */
  readonly colour: string;
}

export interface Bars {
  readonly label: string;
  /** Instead of the first series' colour. */
  readonly colour?: string;
  readonly values: Readonly<Record<string, number>>;
}

interface BarsChartProps {
  readonly bars: readonly Bars[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly shortFormat: (value: number) => string;
  /** Names stand at the side and bars lie, for long names. */
  readonly isLying?: boolean;
}

const TICK = { fill: 'var(--text-soft)', fontSize: 12 };
const HEIGHT = 240;
const ROW_HEIGHT = 44;

/** A chart of bars. What it shows stands in the table of its figure too, for those who cannot see it. */
export default function BarsChart(props: BarsChartProps) {
  const { bars, series, format, shortFormat, isLying = false } = props;
  const rows = bars.map(({ label, colour, values }) => ({ label, colour, ...values }));
  const height = isLying ? Math.max(120, 40 + bars.length * ROW_HEIGHT) : HEIGHT;
  const category = { dataKey: 'label', tick: TICK, tickLine: false, axisLine: false } as const;
  const amount = {
    type: 'number',
    tick: TICK,
    tickLine: false,
    axisLine: false,
    tickCount: 4,
    tickFormatter: shortFormat,
  } as const;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={rows}
        layout={isLying ? 'vertical' : 'horizontal'}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        barGap={2}
      >
        <CartesianGrid stroke="var(--line)" vertical={isLying} horizontal={!isLying} />
        {isLying ? (
          <>
            <XAxis {...amount} />
            <YAxis {...category} type="category" width={110} />
          </>
        ) : (
          <>
            <XAxis {...category} interval="preserveStartEnd" minTickGap={12} />
            <YAxis {...amount} width={56} />
          </>
        )}
        <Tooltip
          cursor={{ fill: 'var(--surface-hover)' }}
          contentStyle={{
            ...{ background: 'var(--surface)', borderColor: 'var(--line)', borderRadius: 6 },
            color: 'var(--text)',
          }}
          itemStyle={{ color: 'var(--text)' }}
          formatter={(value) => (typeof value === 'number' ? format(value) : value)}
          isAnimationActive={false}
        />
        {series.length > 1 && (
          <Legend
            iconSize={10}
            formatter={(name) => <span className="chart__legend">{name}</span>}
          />
        )}
        {series.map(({ key, name, colour }, index) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            fill={colour}
            radius={isLying ? [0, 3, 3, 0] : [3, 3, 0, 0]}
            maxBarSize={36}
            isAnimationActive={false}
          >
            {index === 0 && bars.map((bar) => <Cell key={bar.label} fill={bar.colour ?? colour} />)}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
