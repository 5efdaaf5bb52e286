import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useState } from 'react';
import { draggedDeal } from './drag.ts';

/** So near to an edge of the board it moves on, at most so far in a frame. */
const EDGE_PX = 72;
const STEP_PX = 18;

/**
 * The deal that is dragged. Near an edge the board moves on by itself, so that a stage out of sight
 * can be reached.
 */
export function useDragging(board: RefObject<HTMLElement | null>): string | undefined {
  const [draggedId, setDraggedId] = useState<string>();
  useEffect(() => {
    let pointerX: number | undefined;
    let frame = 0;
    const moveOn = () => {
      const { current } = board;
      if (current === null || pointerX === undefined) return;
      const { left, right } = current.getBoundingClientRect();
      current.scrollLeft += stepAt(pointerX, left, right);
      frame = requestAnimationFrame(moveOn);
    };
    const end = () => {
      cancelAnimationFrame(frame);
      pointerX = undefined;
      setDraggedId(undefined);
    };
    const stop = monitorForElements({
      canMonitor: ({ source }) => draggedDeal(source.data) !== undefined,
      onDragStart: ({ source, location }) => {
        setDraggedId(draggedDeal(source.data));
        pointerX = location.current.input.clientX;
        frame = requestAnimationFrame(moveOn);
      },
      onDrag: ({ location }) => {
        pointerX = location.current.input.clientX;
      },
      onDrop: end,
    });
    return () => {
      stop();
      end();
    };
  }, [board]);
  return draggedId;
}

/** The nearer to the edge, the faster. */
function stepAt(x: number, left: number, right: number): number {
  const into = (distance: number) => Math.max(0, 1 - distance / EDGE_PX);
  return Math.round(STEP_PX * (into(right - x) - into(x - left)));
}
