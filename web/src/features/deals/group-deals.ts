import type { Deal, Stage } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';

/** The value of some deals in one currency, in its minor units. */
export interface Total {
  readonly currency: string;
  readonly minor: number;
}

/** A stage with its deals; `stage` is absent for deals whose stage is not among the listed ones. */
export interface Column {
  readonly id: string;
  readonly stage: Stored<Stage> | undefined;
  readonly deals: readonly Stored<Deal>[];
  readonly totals: readonly Total[];
  /** What is to be expected of them: each value times its probability. */
  readonly weighted: readonly Total[];
}

const UNKNOWN_STAGE = 'unknown-stage';

/** Puts each deal into the column of its stage, latest change first; none is lost. */
export function groupDeals(
  stages: readonly Stored<Stage>[],
  deals: readonly Stored<Deal>[],
): readonly Column[] {
  const byStage = Map.groupBy(deals, (deal) => deal.stageId);
  const columns = stages.map((stage) => columnOf(stage.id, stage, byStage.get(stage.id) ?? []));
  const known = new Set(stages.map((stage) => stage.id));
  const others = deals.filter((deal) => !known.has(deal.stageId));
  return others.length === 0 ? columns : [...columns, columnOf(UNKNOWN_STAGE, undefined, others)];
}

function columnOf(
  id: string,
  stage: Stored<Stage> | undefined,
  deals: readonly Stored<Deal>[],
): Column {
  const latestFirst = deals.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
  return {
    ...{ id, stage, deals: latestFirst },
    totals: totalsOf(deals),
    weighted: weightedTotalsOf(deals),
  };
}

/** One total per currency, in alphabetical order: amounts of different currencies do not add up. */
export function totalsOf(
  deals: readonly Pick<Deal, 'currency' | 'valueMinor'>[],
): readonly Total[] {
  const byCurrency = new Map<string, number>();
  for (const { currency, valueMinor } of deals) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + valueMinor);
  }
  return [...byCurrency]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The same of values times probabilities; each sum is rounded once, to whole minor units. */
export function weightedTotalsOf(
  deals: readonly Pick<Deal, 'currency' | 'valueMinor' | 'probability'>[],
): readonly Total[] {
  const percents = deals.map(({ currency, valueMinor, probability }) => ({
    currency,
    valueMinor: valueMinor * probability,
  }));
  return totalsOf(percents).map(({ currency, minor }) => ({
    currency,
    minor: Math.round(minor / 100),
  }));
}

/** Whether the deal can be moved into the stage: not where it is, nor into a stage being deleted. */
export function isOpenTo(stage: Stored<Stage>, deal: Pick<Deal, 'stageId'>): boolean {
  return stage.id !== deal.stageId && stage.closing === null;
}
