import { INTAKE_STAGE_ID, type User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { StateMessage } from '../../ui/StateMessage.tsx';
import { QuickAddDeal } from './QuickAddDeal.tsx';
import { StageColumn } from './StageColumn.tsx';
import type { Pipeline } from './usePipeline.ts';

interface BoardProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly pipeline: Pipeline;
  readonly openDealId: string | undefined;
}

/** The stages as columns, side by side. */
export function Board({ data, member, pipeline, openDealId }: BoardProps) {
  const { columns, stages, moveDeal } = pipeline;
  const dropDeal = useCallback(
    (dealId: string, stageId: string) => {
      const deal = columns.flatMap((column) => column.deals).find(({ id }) => id === dealId);
      const stage = stages.find(({ id }) => id === stageId);
      if (deal !== undefined && stage !== undefined) moveDeal(deal, stage);
    },
    [columns, stages, moveDeal],
  );
  if (stages.length === 0) {
    return (
      <StateMessage title="No stages yet">
        The pipeline has no stages, so there is nowhere to put a deal. Ask an administrator of your
        organisation to add them.
      </StateMessage>
    );
  }
  const isEmpty = columns.every((column) => column.deals.length === 0);
  return (
    <ol className="board" aria-label="Stages">
      {columns.map((column) => (
        <StageColumn
          key={column.id}
          column={column}
          member={member}
          pipeline={pipeline}
          openDealId={openDealId}
          onDrop={dropDeal}
        >
          {column.id === INTAKE_STAGE_ID && (
            <QuickAddDeal data={data} currency={pipeline.currency} startsOpen={isEmpty} />
          )}
        </StageColumn>
      ))}
    </ol>
  );
}
