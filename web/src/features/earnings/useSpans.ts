import { useCallback } from 'react';
import { periodListSchema, settingsSchema } from '../../data/payouts.ts';
import type { Rest } from '../../data/port.ts';
import { type Loaded, useLoad } from '../../data/useLoad.ts';
import { monthSpans, periodSpans, type Span } from './spans.ts';

/** What a person can choose a statement of. */
export interface Spans {
  readonly months: readonly Span[];
  readonly periods: readonly Span[];
}

/** The months and payout periods of the organisation. */
export function useSpans(rest: Rest): Loaded<Spans> {
  return useLoad(useCallback(() => loadSpans(rest), [rest]));
}

async function loadSpans(rest: Rest): Promise<Spans> {
  const [settings, { periods, next }] = await Promise.all([
    rest.get('/api/payout-settings', settingsSchema),
    rest.get('/api/periods', periodListSchema),
  ]);
  return {
    months: monthSpans(new Date(), settings.timeZone),
    periods: periodSpans(next === null ? periods : [next, ...periods]),
  };
}
