import type { DropDeal } from '../drag.ts';
import { moveOnAtEdges } from '../edges.ts';
import { liftCard } from './lift-card.ts';

/** A finger that rests so long takes the card; one that moves before scrolls. */
const HOLD_MS = 350;
const SLACK_PX = 10;

/** A card that follows the finger, until it ends with the stage that it is over. */
interface Taken {
  readonly to: (touch: Touch) => void;
  readonly end: () => string | undefined;
}

/** The card under a finger: taken once the finger has rested. */
interface Held {
  readonly card: HTMLElement;
  readonly dealId: string;
  readonly startX: number;
  readonly startY: number;
  readonly timer: ReturnType<typeof setTimeout>;
  taken?: Taken;
}

/** Moves the cards of a board by a finger that rests on one first. Answers how to end it. */
export function dragByTouch(
  board: HTMLElement,
  onDrop: DropDeal,
  onDrag: (dealId: string | undefined) => void,
): () => void {
  let held: Held | undefined;
  const letGo = () => {
    if (held === undefined) return undefined;
    clearTimeout(held.timer);
    if (held.taken !== undefined) onDrag(undefined);
    const stageId = held.taken?.end();
    held = undefined;
    return stageId;
  };
  const take = () => {
    if (held === undefined) return;
    held.taken = takeCard(board, held);
    onDrag(held.dealId);
  };
  const start = ({ touches, target }: TouchEvent) => {
    letGo();
    const [touch, another] = touches;
    const card = movableCard(target);
    const dealId = card?.dataset.deal;
    if (touch === undefined || another !== undefined || !card || dealId === undefined) return;
    const { clientX: startX, clientY: startY } = touch;
    held = { card, dealId, startX, startY, timer: setTimeout(take, HOLD_MS) };
  };
  const move = (event: TouchEvent) => {
    const [touch] = event.touches;
    if (held === undefined || touch === undefined) return;
    if (held.taken === undefined) {
      const { startX, startY } = held;
      if (Math.hypot(touch.clientX - startX, touch.clientY - startY) > SLACK_PX) letGo();
      return;
    }
    // Otherwise the board would scroll under the card.
    event.preventDefault();
    held.taken.to(touch);
  };
  const end = (event: TouchEvent) => {
    const dropped = held?.taken === undefined ? undefined : held.dealId;
    const stageId = letGo();
    if (dropped === undefined) return;
    // It was no tap.
    event.preventDefault();
    if (stageId !== undefined) onDrop(dropped, stageId);
  };
  /** What browsers do by themselves when a finger rests: a menu, or a drag of theirs. */
  const refuse = (event: Event) => {
    if (held === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const active = { capture: true, passive: false };
  board.addEventListener('touchstart', start, { passive: true });
  board.addEventListener('touchmove', move, active);
  board.addEventListener('touchend', end, active);
  board.addEventListener('touchcancel', letGo);
  board.addEventListener('contextmenu', refuse, active);
  board.addEventListener('dragstart', refuse, active);
  return () => {
    letGo();
    board.removeEventListener('touchstart', start);
    board.removeEventListener('touchmove', move, active);
    board.removeEventListener('touchend', end, active);
    board.removeEventListener('touchcancel', letGo);
    board.removeEventListener('contextmenu', refuse, active);
    board.removeEventListener('dragstart', refuse, active);
  };
}

/** The card that a finger is on, unless it is on a button of the card. */
function movableCard(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element) || target.closest('button, input') !== null) return undefined;
  return target.closest<HTMLElement>('.card[data-movable="true"]') ?? undefined;
}

function takeCard(board: HTMLElement, { card, startX, startY }: Held): Taken {
  const lifted = liftCard(card);
  const edges = moveOnAtEdges(board, startX);
  let [x, y] = [startX, startY];
  let over: HTMLElement | undefined;
  const mark = (column: HTMLElement | undefined) => {
    over?.removeAttribute('data-touched');
    over = column;
    over?.setAttribute('data-touched', 'true');
  };
  const look = () => mark(columnAt(board, x, y));
  // At an edge the columns move under a finger that does not.
  board.addEventListener('scroll', look);
  return {
    to: ({ clientX, clientY }) => {
      [x, y] = [clientX, clientY];
      lifted.to(x - startX, y - startY);
      edges.to(x);
      look();
    },
    end: () => {
      const stageId = over?.dataset.stage;
      board.removeEventListener('scroll', look);
      lifted.end();
      edges.end();
      mark(undefined);
      return stageId;
    },
  };
}

/** Wider than what is left free beside the first and the last column. */
const MARGIN_PX = 24;

/** The column that would take a card there; a finger at the edge of the board means the one beside it. */
function columnAt(board: HTMLElement, x: number, y: number): HTMLElement | undefined {
  const { left, right } = board.getBoundingClientRect();
  const within = Math.min(Math.max(x, left + MARGIN_PX), right - MARGIN_PX);
  const element = document.elementFromPoint(within, y);
  return element?.closest<HTMLElement>('.column[data-stage]') ?? undefined;
}
