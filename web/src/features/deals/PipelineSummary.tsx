import { totalsOf } from './group-deals.ts';
import { Totals } from './Totals.tsx';
import type { Pipeline } from './usePipeline.ts';

interface PipelineSummaryProps {
  readonly pipeline: Pipeline;
  readonly isFiltered: boolean;
}

/** The page's title with what is still to be won. */
export function PipelineSummary({ pipeline, isFiltered }: PipelineSummaryProps) {
  const { shown, deals } = pipeline;
  const open = shown.filter(({ stageKind }) => stageKind === 'open');
  const all = deals.filter(({ stageKind }) => stageKind === 'open').length;
  const of = isFiltered ? `${open.length.toLocaleString()} of ` : '';
  return (
    <div className="pipeline__head">
      <h1 className="pipeline__title">Pipeline</h1>
      <p className="pipeline__summary" role="status">
        {of}
        {all === 1 ? '1 open deal' : `${all.toLocaleString()} open deals`}
        {open.length > 0 && (
          <>
            {' · '}
            <Totals totals={totalsOf(open)} />
          </>
        )}
      </p>
    </div>
  );
}
