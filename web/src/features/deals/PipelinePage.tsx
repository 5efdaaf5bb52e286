import type { User } from '@splitline/functions/contracts';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import {
  MAX_CLOSED_DEALS,
  MAX_OPEN_DEALS,
  type Stored,
  type WorkspaceData,
} from '../../data/port.ts';
import { Failure, Loading, StateMessage } from '../../ui/StateMessage.tsx';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { Board } from './Board.tsx';
import { DealPanel } from './DealPanel.tsx';
import { countFilters } from './filters.ts';
import { focusPart, type Wanted } from './focus.ts';
import { PipelineSummary } from './PipelineSummary.tsx';
import { PipelineToolbar } from './PipelineToolbar.tsx';
import { type Pipeline, usePipeline } from './usePipeline.ts';
import { useSelection } from './useSelection.ts';
import { useServerTotals } from './useServerTotals.ts';
import { useView } from './useView.ts';
import './pipeline.css';

/** Loaded when they are asked for. */
const TableView = lazy(() => import('./table/TableView.tsx'));
const BulkBar = lazy(() => import('./tools/BulkBar.tsx'));

interface PipelinePageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openDealId: string | undefined;
}

/** The board or the table, and beside it the deal that the address names. */
export function PipelinePage({ data, member, openDealId }: PipelinePageProps) {
  const view = useView();
  const pipeline = usePipeline(data, member, view.view.filters);
  const [, navigate] = useLocation();
  const [wanted, want] = useWanted();
  const { search } = view;
  const close = useCallback(() => {
    navigate(`/${search}`);
    if (openDealId !== undefined) want({ dealId: openDealId, part: 'link' });
  }, [navigate, openDealId, search, want]);
  // Where the panel covers the board, the board must not be reached behind it.
  const isCovering = useMediaQuery('(max-width: 760px)') && openDealId !== undefined;

  if (pipeline.status === 'loading') return <Loading what="the pipeline" />;
  if (pipeline.status === 'failed') {
    return (
      <Failure
        title="The pipeline cannot be shown"
        message={pipeline.problem.message}
        onRetry={pipeline.retry}
      />
    );
  }
  return (
    <>
      <div className="pipeline" inert={isCovering}>
        <PipelineContent
          {...{ data, member, openDealId, wanted }}
          {...view}
          pipeline={pipeline.value}
          onWant={want}
        />
      </div>
      {openDealId !== undefined && (
        <DealPanel
          key={openDealId}
          data={data}
          member={member}
          dealId={openDealId}
          pipeline={pipeline.value}
          onClose={close}
        />
      )}
    </>
  );
}

type PipelineContentProps = PipelinePageProps &
  ReturnType<typeof useView> & {
    readonly pipeline: Pipeline;
    readonly wanted: Wanted | undefined;
    readonly onWant: (wanted: Wanted) => void;
  };

function PipelineContent(props: PipelineContentProps) {
  const { data, member, pipeline, view, changeView } = props;
  const selection = useSelection(pipeline.shown);
  const isFiltered = countFilters(view.filters) > 0;
  const serverTotals = useServerTotals(data.rest, pipeline.isOpenCut && !isFiltered);
  const isBulkUsed = useOnce(selection.ids.size > 0);
  const isNothingLeft = isFiltered && pipeline.shown.length === 0;
  return (
    <>
      <PipelineSummary pipeline={pipeline} isFiltered={isFiltered} />
      <PipelineToolbar {...{ data, pipeline, view, changeView, selection }} />
      <Notices pipeline={pipeline} isFiltered={isFiltered} />
      {isNothingLeft && (
        <StateMessage
          title="No deal matches"
          actions={
            <button className="button" type="button" onClick={() => changeView({ filters: {} })}>
              Clear filters
            </button>
          }
        >
          None of the deals you can see passes all filters. Take one away.
        </StateMessage>
      )}
      {!isNothingLeft && view.layout === 'board' && (
        <Board {...props} selection={selection} serverTotals={serverTotals} />
      )}
      {!isNothingLeft && view.layout === 'table' && (
        <Suspense fallback={<Loading what="the table" />}>
          <TableView {...props} selection={selection} />
        </Suspense>
      )}
      {isBulkUsed && (
        <Suspense>
          <BulkBar data={data} member={member} pipeline={pipeline} selection={selection} />
        </Suspense>
      )}
    </>
  );
}

/** True from the first time on: what was begun must not end with what it was begun on. */
function useOnce(isSo: boolean): boolean {
  const [wasSo, setWasSo] = useState(isSo);
  if (isSo && !wasSo) setWasSo(true);
  return isSo || wasSo;
}

const WANTED_MS = 1000;

/** What the keyboard is to go to. The card itself does it once it is there; nobody waits for long. */
function useWanted(): [Wanted | undefined, (wanted: Wanted) => void] {
  const [wanted, setWanted] = useState<Wanted>();
  useEffect(() => {
    if (wanted === undefined) return;
    focusPart(wanted);
    const timer = setTimeout(() => setWanted(undefined), WANTED_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return [wanted, setWanted];
}

interface NoticesProps {
  readonly pipeline: Pipeline;
  readonly isFiltered: boolean;
}

function Notices({ pipeline, isFiltered }: NoticesProps) {
  const { unreadable, isOpenCut, isClosedCut } = pipeline;
  return (
    <>
      {unreadable > 0 && (
        <p className="pipeline__notice message message--warning" role="status">
          {unreadable === 1 ? '1 record is' : `${unreadable} records are`} left out because the
          stored data is not valid. Tell your administrator.
        </p>
      )}
      {isOpenCut && (
        <p className="pipeline__notice message message--warning" role="status">
          Only the {MAX_OPEN_DEALS.toLocaleString()} open deals that changed last are shown.{' '}
          {isFiltered
            ? 'Filters and totals are of these.'
            : 'The counts and totals of their stages are of all of them, at most a minute old.'}
        </p>
      )}
      {isClosedCut && (
        <p className="pipeline__note">
          Of the deals won and lost, the {MAX_CLOSED_DEALS} that were closed last are shown.
        </p>
      )}
    </>
  );
}
