import type { Deal } from '@splitline/functions/contracts';
import { type ReactNode, type RefObject, useState } from 'react';
import type { Stored } from '../../../data/port.ts';
import type { Column } from '../group-deals.ts';
import { useColumnCards } from './useColumnCards.ts';

export interface CardsProps {
  readonly column: Column;
  /** What scrolls, and what stands in it above the cards. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly above: RefObject<HTMLElement | null>;
  /** Cards that are there wherever the column is scrolled to. */
  readonly pinned: readonly (string | undefined)[];
  readonly renderCard: (deal: Stored<Deal>) => ReactNode;
}

/** The cards of a column that has many: only those in sight are there, each moved to its place. */
export default function LongCards({ column, scroller, above, pinned, renderCard }: CardsProps) {
  const [focusedId, setFocusedId] = useState<string>();
  const { cards, heightPx, measure } = useColumnCards(column, {
    ...{ scroller, above },
    pinned: [focusedId, ...pinned],
  });
  return (
    <ul className="column__cards column__cards--long" style={{ height: heightPx }}>
      {cards.map(({ deal, index, top }) => (
        <li
          key={deal.id}
          ref={measure}
          className="column__card"
          data-index={index}
          aria-setsize={column.deals.length}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${top}px)` }}
          onFocus={() => setFocusedId(deal.id)}
          onBlur={() => setFocusedId(undefined)}
        >
          {renderCard(deal)}
        </li>
      ))}
    </ul>
  );
}
