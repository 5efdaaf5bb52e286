import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Deal, User } from '@splitline/functions/contracts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Stored } from '../../data/port.ts';
import { formatDay, formatMoney, isPastDay } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import { canChange } from './can-change.ts';
import { dragData } from './drag.ts';
import { cardLinkId, focusMoveButton, moveButtonId } from './focus.ts';
import { StageMenu } from './StageMenu.tsx';
import type { Pipeline } from './usePipeline.ts';

interface DealCardProps {
  readonly deal: Stored<Deal>;
  readonly member: Stored<User>;
  readonly pipeline: Pipeline;
  readonly isOpen: boolean;
}

/** A deal on the board: opens on click, moves by dragging or by its menu of stages. */
export function DealCard({ deal, member, pipeline, isOpen }: DealCardProps) {
  const element = useRef<HTMLElement>(null);
  const isMovable = canChange(member, deal);
  const isDragged = useDraggable(element, deal.id, isMovable);
  useEffect(() => {
    // The panel makes the board narrower: the card it belongs to stays in sight.
    if (isOpen) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isOpen]);
  return (
    <article
      ref={element}
      className="card"
      data-open={isOpen}
      data-dragged={isDragged}
      data-movable={isMovable}
      aria-labelledby={cardLinkId(deal.id)}
    >
      <h3 className="card__title">
        <Link
          id={cardLinkId(deal.id)}
          href={`/deals/${deal.id}`}
          className="card__link"
          draggable={false}
          aria-current={isOpen ? 'page' : undefined}
        >
          {deal.title}
        </Link>
      </h3>
      <p className="card__money">
        <span>{formatMoney(deal.valueMinor, deal.currency)}</span>
        <span className="card__probability" title="Probability of winning">
          {deal.probability}%<span className="visually-hidden"> likely</span>
        </span>
      </p>
      <CloseDate deal={deal} />
      <div className="card__foot">
        <Person name={pipeline.people.get(deal.ownerId)?.name} />
        {isMovable && (
          <StageMenu
            deal={deal}
            stages={pipeline.stages}
            name={`Move ${deal.title} to…`}
            className="card__move"
            buttonId={moveButtonId(deal.id)}
            onMove={(moved, stage) => {
              pipeline.moveDeal(moved, stage);
              focusMoveButton(moved.id);
            }}
          >
            Move
          </StageMenu>
        )}
      </div>
    </article>
  );
}

function CloseDate({ deal }: { readonly deal: Stored<Deal> }) {
  const { expectedCloseDate, stageKind } = deal;
  if (expectedCloseDate === null) return null;
  const isOverdue = stageKind === 'open' && isPastDay(expectedCloseDate, new Date());
  return (
    <p className="card__date" data-overdue={isOverdue}>
      {isOverdue ? 'Overdue since' : 'Close'} {formatDay(expectedCloseDate)}
    </p>
  );
}

function useDraggable(
  element: RefObject<HTMLElement | null>,
  dealId: string,
  isMovable: boolean,
): boolean {
  const [isDragged, setIsDragged] = useState(false);
  useEffect(() => {
    const card = element.current;
    if (card === null || !isMovable) return;
    return draggable({
      element: card,
      canDrag: () => card.querySelector(':popover-open') === null,
      getInitialData: () => dragData(dealId),
      onDragStart: () => setIsDragged(true),
      onDrop: () => setIsDragged(false),
    });
  }, [element, dealId, isMovable]);
  return isDragged;
}
