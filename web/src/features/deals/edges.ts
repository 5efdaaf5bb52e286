/** So near to an edge of the board it moves on, at most so far in a frame. */
const EDGE_PX = 72;
const STEP_PX = 18;

/**
 * While something is dragged: near an edge the board moves on by itself, so that a stage out of sight can
 * be reached.
 */
export function moveOnAtEdges(board: HTMLElement, startX: number) {
  let x = startX;
  let frame = requestAnimationFrame(moveOn);
  function moveOn() {
    const { left, right } = board.getBoundingClientRect();
    board.scrollLeft += stepAt(x, left, right);
    frame = requestAnimationFrame(moveOn);
  }
  return {
    to: (newX: number) => {
      x = newX;
    },
    end: () => cancelAnimationFrame(frame),
  };
}

/** The nearer to the edge, the faster. */
function stepAt(x: number, left: number, right: number): number {
  const into = (distance: number) => Math.max(0, 1 - distance / EDGE_PX);
  return Math.round(STEP_PX * (into(right - x) - into(x - left)));
}
