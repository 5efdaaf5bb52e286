const DEAL = 'dealId';

/** What becomes of a deal that is dropped on a stage. */
export type DropDeal = (dealId: string, stageId: string) => void;

/** What a dragged card carries. */
export function dragData(dealId: string): Record<string, unknown> {
  return { [DEAL]: dealId };
}

/** The deal that is dragged, if it is one. */
export function draggedDeal(data: Readonly<Record<string | symbol, unknown>>): string | undefined {
  const dealId = data[DEAL];
  return typeof dealId === 'string' ? dealId : undefined;
}
