import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { Column } from '../group-deals.ts';

/** About what a card measures, before it has been measured. */
const CARD_PX = 118;
const GAP_PX = 8;
/** Cards beside those in sight: what Tab or a finger reaches next is there already. */
const OVERSCAN = 4;

interface ColumnParts {
  /** What scrolls, and what stands in it above the cards. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly above: RefObject<HTMLElement | null>;
  /** Cards that stay wherever the column is scrolled to: the keyboard is on them, or the mouse has them. */
  readonly pinned: readonly (string | undefined)[];
}

/** The cards of a column that are in sight or have to be there, with their places. */
export function useColumnCards(column: Column, { scroller, above, pinned }: ColumnParts) {
  const { deals } = column;
  const offset = useHeight(above);
  const kept = deals.flatMap(({ id }, index) => (pinned.includes(id) ? index : []));
  const keptKey = kept.join(' ');
  const rangeExtractor = useCallback(
    (range: Range) => {
      const others = keptKey === '' ? [] : keptKey.split(' ').map(Number);
      const all = new Set([...defaultRangeExtractor(range), ...others]);
      return [...all].sort((a, b) => a - b);
    },
    [keptKey],
  );
  const virtualizer = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: deals.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => deals[index]?.id ?? index, [deals]),
    estimateSize: () => CARD_PX,
    gap: GAP_PX,
    overscan: OVERSCAN,
    scrollMargin: offset,
    rangeExtractor,
  });
  const cards = virtualizer.getVirtualItems().flatMap(({ index, start }) => {
    const deal = deals[index];
    return deal === undefined ? [] : [{ deal, index, top: start - offset }];
  });
  return { cards, heightPx: virtualizer.getTotalSize(), measure: virtualizer.measureElement };
}

/** How high an element is, also after it has changed. */
function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => setHeight(current.offsetHeight));
    setHeight(current.offsetHeight);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return height;
}
