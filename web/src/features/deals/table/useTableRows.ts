import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type RefObject, useCallback, useState } from 'react';

const ROW_PX = 44;
const OVERSCAN = 8;

/** A row that is drawn, or the room of those that are not. */
export type TablePart =
  | { readonly index: number }
  | { readonly key: string; readonly heightPx: number };

interface TableParts {
  readonly scroller: RefObject<HTMLElement | null>;
  /** Rows that stay wherever the table is scrolled to. */
  readonly pinned: readonly (string | undefined)[];
}

/** The rows in sight and the one that the keyboard is on, in their order, with the room between them. */
export function useTableRows(ids: readonly string[], { scroller, pinned }: TableParts) {
  const [focusedId, setFocusedId] = useState<string>();
  const kept = [...pinned, focusedId].flatMap((id) => {
    const index = id === undefined ? -1 : ids.indexOf(id);
    return index < 0 ? [] : index;
  });
  const keptKey = kept.join(' ');
  const rangeExtractor = useCallback(
    (range: Range) => {
      const others = keptKey === '' ? [] : keptKey.split(' ').map(Number);
      return [...new Set([...defaultRangeExtractor(range), ...others])].sort((a, b) => a - b);
    },
    [keptKey],
  );
  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: ids.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    rangeExtractor,
  });
  const parts: TablePart[] = [];
  let end = 0;
  for (const { index, start, end: itemEnd } of virtualizer.getVirtualItems()) {
    if (start > end) parts.push({ key: `before-${index}`, heightPx: start - end });
    parts.push({ index });
    end = itemEnd;
  }
  const rest = virtualizer.getTotalSize() - end;
  if (rest > 0) parts.push({ key: 'after', heightPx: rest });
  const onFocus = (event: FocusEvent) => {
    const row = event.target.closest('tr');
    setFocusedId(row?.dataset.dealId);
  };
  return { parts, measure: virtualizer.measureElement, onFocus };
}
