import type { Deal } from '@splitline/functions/contracts';
import type { Stored } from '../../../data/port.ts';
import type { Pipeline } from '../usePipeline.ts';

/** A deal as the table shows and sorts it; what is not known is undefined, and sorts last. */
export interface DealRow {
  readonly deal: Stored<Deal>;
  readonly stageName: string | undefined;
  /** The place of the stage in the pipeline: stages sort as they follow one another. */
  readonly stageOrder: number;
  readonly ownerName: string | undefined;
  readonly companyName: string | undefined;
}

/** The rows of the deals that are shown. */
export function dealRows(
  { shown, stages, people }: Pick<Pipeline, 'shown' | 'stages' | 'people'>,
  companies: ReadonlyMap<string, string>,
): readonly DealRow[] {
  const places = new Map(stages.map(({ id, name }, index) => [id, { name, index }]));
  return shown.map((deal) => ({
    deal,
    stageName: places.get(deal.stageId)?.name,
    stageOrder: places.get(deal.stageId)?.index ?? stages.length,
    ownerName: people.get(deal.ownerId)?.name,
    companyName: deal.companyId === null ? undefined : companies.get(deal.companyId),
  }));
}

/** Amounts compare within one currency; those of others stand together. */
export function compareAmounts(
  a: Pick<Deal, 'currency' | 'valueMinor'>,
  b: Pick<Deal, 'currency' | 'valueMinor'>,
): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  return a.valueMinor - b.valueMinor;
}

/** As people sort names: case and accents come second, numbers count as numbers. */
export function compareTexts(a: string, b: string): number {
  return texts.compare(a, b);
}

const texts = new Intl.Collator(undefined, { numeric: true });
