import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type DropDeal, draggedDeal } from './drag.ts';
import { moveOnAtEdges } from './edges.ts';

/** The deal that is dragged, by a mouse or a finger. */
export function useDragging(
  board: RefObject<HTMLElement | null>,
  onDrop: DropDeal,
): string | undefined {
  const [draggedId, setDraggedId] = useState<string>();
  useEffect(() => {
    let edges: ReturnType<typeof moveOnAtEdges> | undefined;
    const end = () => {
      edges?.end();
      setDraggedId(undefined);
    };
    const stop = monitorForElements({
      canMonitor: ({ source }) => draggedDeal(source.data) !== undefined,
      onDragStart: ({ source, location }) => {
        setDraggedId(draggedDeal(source.data));
        if (board.current === null) return;
        edges = moveOnAtEdges(board.current, location.current.input.clientX);
      },
      onDrag: ({ location }) => edges?.to(location.current.input.clientX),
      onDrop: end,
    });
    return () => {
      stop();
      end();
    };
  }, [board]);
  useTouch(board, onDrop, setDraggedId);
  return draggedId;
}

/** Browsers drag with a finger each in its way, some not at all: that is ours, fetched where there are fingers. */
function useTouch(
  board: RefObject<HTMLElement | null>,
  onDrop: DropDeal,
  onDrag: (dealId: string | undefined) => void,
): void {
  // The deals change while one is dragged, which must not end it.
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => {
    if (!window.matchMedia('(any-pointer: coarse)').matches) return;
    let isOver = false;
    let stop = () => {};
    import('./touch/drag-by-touch.ts').then(
      ({ dragByTouch }) => {
        if (isOver || board.current === null) return;
        stop = dragByTouch(board.current, (...dropped) => drop.current(...dropped), onDrag);
      },
      // The menu on each card does the same.
      () => undefined,
    );
    return () => {
      isOver = true;
      stop();
    };
  }, [board, onDrag]);
}
