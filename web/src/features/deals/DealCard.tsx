import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Deal, Stage } from '@splitline/functions/contracts';
import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Stored } from '../../data/port.ts';
import { formatDay, formatMoney, isPastDay } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { dayIn } from '../../ui/wall-clock.ts';
import { dragData } from './drag.ts';
import { cardLinkId, focusPart, moveButtonId, type Wanted } from './focus.ts';
import { StageMenu } from './StageMenu.tsx';
import type { MoveDeal } from './useMoves.ts';

interface DealCardProps {
  readonly deal: Stored<Deal>;
  readonly ownerName: string | undefined;
  readonly stages: readonly Stored<Stage>[];
  /** What stands after the path of its page, so that the filters stay. */
  readonly search: string;
  readonly isMovable: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** The part that the keyboard is to be on, if it is one of this card. */
  readonly wanted: Wanted['part'] | undefined;
  readonly onMove: MoveDeal;
  readonly onSelect: (dealId: string, isRange: boolean) => void;
}

/** A deal on the board: opens on click, moves by dragging or by its menu of stages. */
export const DealCard = memo(function DealCard(props: DealCardProps) {
  const { deal, ownerName, stages, search, isMovable, isOpen, isSelected, wanted } = props;
  const element = useRef<HTMLElement>(null);
  const isDragged = useDraggable(element, deal.id, isMovable);
  useEffect(() => {
    // The panel makes the board narrower: the card it belongs to stays in sight.
    if (isOpen) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isOpen]);
  useEffect(() => {
    if (wanted !== undefined) focusPart({ dealId: deal.id, part: wanted });
  }, [wanted, deal.id]);
  return (
    <article
      ref={element}
      className="card"
      data-deal={deal.id}
      data-open={isOpen}
      data-dragged={isDragged}
      data-movable={isMovable}
      data-selected={isSelected}
      aria-labelledby={cardLinkId(deal.id)}
    >
      <div className="card__head">
        <h3 className="card__title">
          <Link
            id={cardLinkId(deal.id)}
            href={`/deals/${deal.id}${search}`}
            className="card__link"
            draggable={false}
            aria-current={isOpen ? 'page' : undefined}
          >
            {deal.title}
          </Link>
        </h3>
        <CardTick deal={deal} isSelected={isSelected} onSelect={props.onSelect} />
      </div>
      <p className="card__money">
        <span>{formatMoney(deal.valueMinor, deal.currency)}</span>
        <span className="card__probability" title="Probability of winning">
          {deal.probability}%<span className="visually-hidden"> likely</span>
        </span>
      </p>
      <CloseDate deal={deal} />
      <div className="card__foot">
        <Person name={ownerName} />
        {isMovable && (
          <StageMenu
            deal={deal}
            stages={stages}
            name={`Move ${deal.title} to…`}
            className="card__move"
            buttonId={moveButtonId(deal.id)}
            onMove={props.onMove}
          >
            Move
          </StageMenu>
        )}
      </div>
    </article>
  );
});

function CardTick({
  deal,
  isSelected,
  onSelect,
}: Pick<DealCardProps, 'deal' | 'isSelected' | 'onSelect'>) {
  return (
    <input
      className="tick card__tick"
      type="checkbox"
      aria-label={`Select ${deal.title}`}
      checked={isSelected}
      // The click knows of the shift key, the change does not.
      onClick={(event) => onSelect(deal.id, event.shiftKey)}
      onChange={() => undefined}
    />
  );
}

function CloseDate({ deal }: { readonly deal: Stored<Deal> }) {
  const { expectedCloseDate, stageKind } = deal;
  const today = dayIn(useTimeZone(), new Date());
  if (expectedCloseDate === null) return null;
  const isOverdue = stageKind === 'open' && isPastDay(expectedCloseDate, today);
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
