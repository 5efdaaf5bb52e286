import type { Stage } from '@splitline/functions/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { Rest, Stored } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import type { Total } from './group-deals.ts';

/** What a stage holds altogether, as the server counts it. */
export interface ServerStage {
  readonly count: number;
  readonly totals: readonly Total[];
}
export type ServerTotals = (stage: Stored<Stage> | undefined) => ServerStage | undefined;

const overviewSchema = z.object({
  charts: z.object({
    dealsByStage: z.array(
      z.object({
        stage: z.string(),
        count: z.int(),
        valueByCurrency: z.array(z.object({ currency: z.string(), amountMinor: z.int() })),
      }),
    ),
  }),
});

const nothing: ServerTotals = () => undefined;

/** The server adds up every minute. */
const REFRESH_MS = 60_000;

/**
 * The totals of the open stages as the server has them, when the page has not all of their deals.
 * They are at most a minute behind; until they have come, and without need, there are none.
 */
export function useServerTotals(rest: Rest, isNeeded: boolean): ServerTotals {
  const [turn, setTurn] = useState(0);
  const loaded = useLoad(
    useCallback(
      async () => (isNeeded ? rest.get('/api/analytics/overview', overviewSchema) : undefined),
      [rest, isNeeded],
    ),
    String(turn),
  );
  useEffect(() => {
    if (!isNeeded) return;
    const timer = setInterval(() => setTurn((count) => count + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isNeeded]);
  const value = loaded.status === 'ready' ? loaded.value : undefined;
  return useMemo(() => (value === undefined ? nothing : totalsIn(value)), [value]);
}

function totalsIn({ charts: { dealsByStage } }: z.infer<typeof overviewSchema>): ServerTotals {
  return (stage) => {
    if (stage?.kind !== 'open') return undefined;
    const own = dealsByStage.find((each) => each.stage === (stage.systemKey ?? stage.id));
    if (own === undefined) return undefined;
    const totals = own.valueByCurrency.map(({ currency, amountMinor: minor }) => ({
      ...{ currency, minor },
    }));
    return { count: own.count, totals };
  };
}
