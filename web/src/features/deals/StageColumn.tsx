import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { User } from '@splitline/functions/contracts';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Stored } from '../../data/port.ts';
import { DealCard } from './DealCard.tsx';
import { draggedDeal } from './drag.ts';
import type { Column } from './group-deals.ts';
import { Totals } from './Totals.tsx';
import type { Pipeline } from './usePipeline.ts';

interface StageColumnProps {
  readonly column: Column;
  readonly member: Stored<User>;
  readonly pipeline: Pipeline;
  readonly openDealId: string | undefined;
  readonly onDrop: (dealId: string, stageId: string) => void;
  /** What stands above the cards. */
  readonly children: ReactNode;
}

/** One stage: its name, count and totals, and its deals; takes a deal that is dropped on it. */
export function StageColumn(props: StageColumnProps) {
  const { column, member, pipeline, openDealId, onDrop, children } = props;
  const { stage, deals, totals } = column;
  const element = useRef<HTMLLIElement>(null);
  const isTarget = useDropTarget(element, stage?.closing === null ? stage.id : undefined, onDrop);
  const headingId = `stage-${column.id}`;
  return (
    <li
      ref={element}
      className="column"
      aria-labelledby={headingId}
      data-colour={stage?.colour ?? 'slate'}
      data-target={isTarget}
    >
      <div className="column__head">
        <h2 className="column__name" id={headingId}>
          {stage?.name ?? 'Unknown stage'}
        </h2>
        <span className="column__count">
          {deals.length}
          <span className="visually-hidden"> {deals.length === 1 ? 'deal' : 'deals'}</span>
        </span>
        <Totals totals={totals} />
      </div>
      <div className="column__body">
        {children}
        {deals.length === 0 && <p className="column__empty">No deals in this stage</p>}
        <ul className="column__cards">
          {deals.map((deal) => (
            <li key={deal.id}>
              <DealCard
                deal={deal}
                member={member}
                pipeline={pipeline}
                isOpen={deal.id === openDealId}
              />
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

function useDropTarget(
  element: React.RefObject<HTMLElement | null>,
  stageId: string | undefined,
  onDrop: StageColumnProps['onDrop'],
): boolean {
  const [isTarget, setIsTarget] = useState(false);
  useEffect(() => {
    if (element.current === null || stageId === undefined) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => draggedDeal(source.data) !== undefined,
      onDragEnter: () => setIsTarget(true),
      onDragLeave: () => setIsTarget(false),
      onDrop: ({ source }) => {
        setIsTarget(false);
        const dealId = draggedDeal(source.data);
        if (dealId !== undefined) onDrop(dealId, stageId);
      },
    });
  }, [element, stageId, onDrop]);
  return isTarget;
}
