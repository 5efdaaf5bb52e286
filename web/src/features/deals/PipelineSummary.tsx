import type { Column } from './group-deals.ts';
import { totalsOf } from './group-deals.ts';
import { Totals } from './Totals.tsx';

/** The page's title with what is still to be won. */
export function PipelineSummary({ columns }: { readonly columns: readonly Column[] }) {
  const open = columns.flatMap(({ deals }) => deals.filter((deal) => deal.stageKind === 'open'));
  return (
    <div className="pipeline__head">
      <h1 className="pipeline__title">Pipeline</h1>
      <p className="pipeline__summary">
        {open.length === 1 ? '1 open deal' : `${open.length} open deals`}
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
