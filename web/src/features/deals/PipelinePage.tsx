import type { User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { MAX_LISTED_DEALS, type Stored, type WorkspaceData } from '../../data/port.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { Board } from './Board.tsx';
import { DealPanel } from './DealPanel.tsx';
import { focusCard } from './focus.ts';
import { PipelineSummary } from './PipelineSummary.tsx';
import { type Pipeline, usePipeline } from './usePipeline.ts';
import './pipeline.css';

interface PipelinePageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openDealId: string | undefined;
}

/** The board, and beside it the deal that the address names. */
export function PipelinePage({ data, member, openDealId }: PipelinePageProps) {
  const pipeline = usePipeline(data, member);
  const [, navigate] = useLocation();
  const close = useCallback(() => {
    navigate('/');
    if (openDealId !== undefined) focusCard(openDealId);
  }, [navigate, openDealId]);
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
        <PipelineSummary columns={pipeline.value.columns} />
        <Notices pipeline={pipeline.value} />
        <Board data={data} member={member} pipeline={pipeline.value} openDealId={openDealId} />
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

function Notices({ pipeline: { unreadable, isCut } }: { readonly pipeline: Pipeline }) {
  return (
    <>
      {unreadable > 0 && (
        <p className="pipeline__notice message message--warning" role="status">
          {unreadable === 1 ? '1 record is' : `${unreadable} records are`} left out because the
          stored data is not valid. Tell your administrator.
        </p>
      )}
      {isCut && (
        <p className="pipeline__notice message message--warning" role="status">
          Only the {MAX_LISTED_DEALS} deals that changed last are shown; counts and totals are of
          these.
        </p>
      )}
    </>
  );
}
