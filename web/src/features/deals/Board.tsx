import { type Deal, INTAKE_STAGE_ID, type User } from '@splitline/functions/contracts';
import { useCallback, useRef } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { StateMessage } from '../../ui/StateMessage.tsx';
import { canChange } from './can-change.ts';
import { DealCard } from './DealCard.tsx';
import type { Wanted } from './focus.ts';
import { QuickAddDeal } from './QuickAddDeal.tsx';
import { StageColumn } from './StageColumn.tsx';
import { useDragging } from './useDragging.ts';
import type { MoveDeal } from './useMoves.ts';
import type { Pipeline } from './usePipeline.ts';
import type { Selection } from './useSelection.ts';
import type { ServerTotals } from './useServerTotals.ts';

export interface BoardProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly pipeline: Pipeline;
  readonly search: string;
  readonly openDealId: string | undefined;
  readonly selection: Selection;
  readonly wanted: Wanted | undefined;
  readonly onWant: (wanted: Wanted) => void;
  readonly serverTotals: ServerTotals;
}

/** The stages as columns, side by side. */
export function Board(props: BoardProps) {
  const { data, pipeline, openDealId, wanted, serverTotals } = props;
  const { columns, stages, shown, deals, moveDeal } = pipeline;
  const element = useRef<HTMLOListElement>(null);
  const dropDeal = useCallback(
    (dealId: string, stageId: string) => {
      const deal = shown.find(({ id }) => id === dealId);
      const stage = stages.find(({ id }) => id === stageId);
      if (deal !== undefined && stage !== undefined) moveDeal(deal, stage);
    },
    [shown, stages, moveDeal],
  );
  const draggedId = useDragging(element, dropDeal);
  const renderCard = useCards(props);
  if (stages.length === 0) {
    return (
      <StateMessage title="No stages yet">
        The pipeline has no stages, so there is nowhere to put a deal. Ask an administrator of your
        organisation to add them.
      </StateMessage>
    );
  }
  return (
    <ol ref={element} className="board" aria-label="Stages" data-dragging={draggedId !== undefined}>
      {columns.map((column) => (
        <StageColumn
          key={column.id}
          column={column}
          openDealId={openDealId}
          wanted={wanted}
          draggedId={draggedId}
          ofServer={serverTotals(column.stage)}
          onDrop={dropDeal}
          renderCard={renderCard}
        >
          {column.id === INTAKE_STAGE_ID && (
            <QuickAddDeal
              data={data}
              currency={pipeline.currency}
              startsOpen={deals.length === 0}
            />
          )}
        </StageColumn>
      ))}
    </ol>
  );
}

/** Draws a card; it keeps its identity for as long as no card would look different. */
function useCards({ member, pipeline, search, openDealId, selection, wanted, onWant }: BoardProps) {
  const { people, stages, moveDeal } = pipeline;
  const { ids, toggle } = selection;
  const move = useCallback<MoveDeal>(
    (deal, stage) => {
      moveDeal(deal, stage);
      // Where the keyboard was, it still is, although the card is in another column.
      onWant({ dealId: deal.id, part: 'move' });
    },
    [moveDeal, onWant],
  );
  const order = useRef<readonly Stored<Deal>[]>([]);
  const select = useCallback(
    (dealId: string, isRange: boolean) =>
      toggle(
        dealId,
        order.current.map(({ id }) => id),
        isRange,
      ),
    [toggle],
  );
  const { columns } = pipeline;
  order.current = columns.flatMap((column) => column.deals);
  return useCallback(
    (deal: Stored<Deal>) => (
      <DealCard
        deal={deal}
        ownerName={people.get(deal.ownerId)?.name}
        stages={stages}
        search={search}
        isMovable={canChange(member, deal)}
        isOpen={deal.id === openDealId}
        isSelected={ids.has(deal.id)}
        wanted={wanted?.dealId === deal.id ? wanted.part : undefined}
        onMove={move}
        onSelect={select}
      />
    ),
    [people, stages, search, member, openDealId, ids, wanted, move, select],
  );
}
