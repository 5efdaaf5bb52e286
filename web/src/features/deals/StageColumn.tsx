import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Deal, Stage } from '@splitline/functions/contracts';
import {
  lazy,
  memo,
  type ReactNode,
  type RefObject,
  Suspense,
  useDeferredValue,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Stored } from '../../data/port.ts';
import { draggedDeal } from './drag.ts';
import type { Wanted } from './focus.ts';
import type { Column } from './group-deals.ts';
import type { CardsProps } from './long/LongCards.tsx';
import { Totals } from './Totals.tsx';
import type { ServerStage } from './useServerTotals.ts';

const LongCards = lazy(() => import('./long/LongCards.tsx'));

interface StageColumnProps {
  readonly column: Column;
  readonly openDealId: string | undefined;
  readonly wanted: Wanted | undefined;
  readonly draggedId: string | undefined;
  /** Of how many deals these are some, when not all were sent. */
  readonly ofServer: ServerStage | undefined;
  readonly onDrop: (dealId: string, stageId: string) => void;
  readonly renderCard: (deal: Stored<Deal>) => ReactNode;
  /** What stands above the cards. */
  readonly children: ReactNode;
}

/** One stage: its name, count and totals, and its deals; takes a deal that is dropped on it. */
export const StageColumn = memo(function StageColumn(props: StageColumnProps) {
  const { column, openDealId, wanted, draggedId, onDrop, renderCard, children } = props;
  const { stage, deals } = column;
  const element = useRef<HTMLLIElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const openStageId = stage?.closing === null ? stage.id : undefined;
  const isTarget = useDropTarget(element, openStageId, onDrop);
  const headingId = `stage-${column.id}`;
  return (
    <li
      ref={element}
      className="column"
      aria-labelledby={headingId}
      data-colour={stage?.colour ?? 'slate'}
      data-target={isTarget}
      data-stage={openStageId}
    >
      <ColumnHead column={column} headingId={headingId} ofServer={props.ofServer} />
      <div ref={scroller} className="column__body">
        <div ref={above}>
          {children}
          {deals.length === 0 && <p className="column__empty">No deals in this stage</p>}
        </div>
        <Cards
          column={column}
          scroller={scroller}
          above={above}
          pinned={[openDealId, wanted?.dealId, draggedId]}
          renderCard={renderCard}
        />
      </div>
    </li>
  );
});

/** So many cards are simply there; with more, what shows only those in sight is fetched. */
const MOST_PLAIN = 40;
/** About as many are in sight: the others are drawn when the board answers already. */
const AT_FIRST = 6;

function Cards(props: CardsProps) {
  const { deals } = props.column;
  const [isLong, setIsLong] = useState(false);
  // It stays so: a card that leaves must not have the whole column drawn anew.
  if (!isLong && deals.length > MOST_PLAIN) setIsLong(true);
  const most = useDeferredValue(MOST_PLAIN, AT_FIRST);
  const plain = (
    <ul className="column__cards">
      {deals.slice(0, most).map((deal) => (
        <li key={deal.id}>{props.renderCard(deal)}</li>
      ))}
    </ul>
  );
  if (!isLong) return plain;
  return (
    <Suspense fallback={plain}>
      <LongCards {...props} />
    </Suspense>
  );
}

interface ColumnHeadProps {
  readonly column: Column;
  readonly headingId: string;
  readonly ofServer: ServerStage | undefined;
}

function ColumnHead({ column, headingId, ...props }: ColumnHeadProps) {
  const { stage, deals, totals, weighted } = column;
  // Right after an import the server has not added all of it up yet.
  const isBehind = (props.ofServer?.count ?? 0) < deals.length;
  const ofServer = isBehind ? undefined : props.ofServer;
  const count = ofServer?.count ?? deals.length;
  return (
    <div className="column__head">
      <h2 className="column__name" id={headingId}>
        {stage?.name ?? 'Unknown stage'}
      </h2>
      <span className="column__count">
        {count.toLocaleString()}
        <span className="visually-hidden"> {count === 1 ? 'deal' : 'deals'}</span>
      </span>
      <div className="column__sums">
        <Totals totals={ofServer?.totals ?? totals} />
        {isWeighed(stage) && weighted.length > 0 && ofServer === undefined && (
          <span className="column__weighted" title="Each value times its probability">
            <Totals totals={weighted} className="weighted" /> weighted
          </span>
        )}
      </div>
    </div>
  );
}

/** What is won or lost is certain. */
function isWeighed(stage: Stored<Stage> | undefined): boolean {
  return stage?.kind === 'open';
}

function useDropTarget(
  element: RefObject<HTMLElement | null>,
  stageId: string | undefined,
  onDrop: StageColumnProps['onDrop'],
): boolean {
  const [isTarget, setIsTarget] = useState(false);
  useEffect(() => {
    if (element.current === null || stageId === undefined) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => draggedDeal(source.data) !== undefined,
      onDragEnter: () => setIsTarget(true),
      onDragLeave: () => setIsTarget(false),
      onDrop: ({ source }) => {
        setIsTarget(false);
        const dealId = draggedDeal(source.data);
        if (dealId !== undefined) onDrop(dealId, stageId);
      },
    });
  }, [element, stageId, onDrop]);
  return isTarget;
}
