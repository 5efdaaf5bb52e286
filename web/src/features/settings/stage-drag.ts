import {
  draggable,
  dropTargetForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useState } from 'react';

const STAGE = 'stageId';

function draggedStage(data: Readonly<Record<string | symbol, unknown>>): string | undefined {
  const stageId = data[STAGE];
  return typeof stageId === 'string' ? stageId : undefined;
}

interface StageDrag {
  readonly stageId: string;
  readonly isMovable: boolean;
  /** Another stage was dropped on this one. */
  readonly onDrop: (stageId: string) => void;
}

/** Lets a row be dragged by its handle, and take the place of another. */
export function useStageDrag(
  row: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
  { stageId, isMovable, onDrop }: StageDrag,
) {
  const [isDragged, setIsDragged] = useState(false);
  const [isTarget, setIsTarget] = useState(false);
  useEffect(() => {
    if (row.current === null || handle.current === null || !isMovable) return;
    const stopDragging = draggable({
      element: row.current,
      dragHandle: handle.current,
      getInitialData: () => ({ [STAGE]: stageId }),
      onDragStart: () => setIsDragged(true),
      onDrop: () => setIsDragged(false),
    });
    const stopTaking = dropTargetForElements({
      element: row.current,
      canDrop: ({ source }) => (draggedStage(source.data) ?? stageId) !== stageId,
      onDragEnter: () => setIsTarget(true),
      onDragLeave: () => setIsTarget(false),
      onDrop: ({ source }) => {
        setIsTarget(false);
        const dropped = draggedStage(source.data);
        if (dropped !== undefined) onDrop(dropped);
      },
    });
    return () => {
      stopDragging();
      stopTaking();
    };
  }, [row, handle, stageId, isMovable, onDrop]);
  return { isDragged, isTarget };
}
