/** The days that figures are of, both included, such as 2026-11-22. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export const rangeIds = ['month', '30d', '90d', 'quarter', 'year', 'custom'] as const;
export type RangeId = (typeof rangeIds)[number];

export const rangeNames: Readonly<Record<RangeId, string>> = {
  month: 'This month',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  quarter: 'This quarter',
  year: 'This year',
  custom: 'Custom dates',
};

const DEFAULT = '30d';
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads the range in an address; what is no range is the usual one. */
export function rangeIdIn(params: URLSearchParams): RangeId {
  return rangeIds.find((id) => id === params.get('range')) ?? DEFAULT;
}

/** The days of the range in an address, as of today. */
export function rangeIn(params: URLSearchParams, today: string): Range {
  const id = rangeIdIn(params);
  if (id !== 'custom') return presetRange(id, today);
  const usual = presetRange(DEFAULT, today);
  const [from, to] = [dayIn(params, 'from') ?? usual.from, dayIn(params, 'to') ?? usual.to];
  // Given the wrong way round, both days are meant all the same.
  return from <= to ? { from, to } : { from: to, to: from };
}

function presetRange(id: Exclude<RangeId, 'custom'>, today: string): Range {
  const [year, month] = [today.slice(0, 4), Number(today.slice(5, 7))];
  const firstOf = (of: number) => `${year}-${String(of).padStart(2, '0')}-01`;
  switch (id) {
    case 'month':
      return { from: firstOf(month), to: today };
    case '30d':
      return { from: addDays(today, -29), to: today };
    case '90d':
      return { from: addDays(today, -89), to: today };
    case 'quarter':
      return { from: firstOf(month - ((month - 1) % 3)), to: today };
    case 'year':
      return { from: firstOf(1), to: today };
  }
}

function dayIn(params: URLSearchParams, name: string): string | undefined {
  const day = params.get(name) ?? '';
  return DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

/** The day so many days later. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a range has. */
export function daysOf({ from, to }: Range): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}
