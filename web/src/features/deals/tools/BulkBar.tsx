import type { User } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Stored, WorkspaceData } from '../../../data/port.ts';
import type { Pipeline } from '../usePipeline.ts';
import type { Selection } from '../useSelection.ts';
import { BulkDialog } from './BulkDialog.tsx';
import type { BulkAction } from './bulk.ts';
import { useBulk } from './useBulk.ts';
import './tools.css';

interface BulkBarProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly pipeline: Pipeline;
  readonly selection: Selection;
}

const actions: readonly { readonly kind: BulkAction['kind']; readonly name: string }[] = [
  { kind: 'owner', name: 'Change owner' },
  { kind: 'move', name: 'Move' },
  { kind: 'tag', name: 'Add tag' },
  { kind: 'delete', name: 'Delete' },
];

/** What can be done with the selected deals. It stays while something is under way. */
export default function BulkBar({ data, member, pipeline, selection }: BulkBarProps) {
  const [asked, setAsked] = useState<BulkAction['kind']>();
  const bulk = useBulk(data.rest, selection);
  const { ids } = selection;
  const count = ids.size;
  const overseesOthers = member.role !== 'rep';
  const offered = actions.filter(({ kind }) => kind !== 'owner' || overseesOthers);
  const isDialog = (asked !== undefined && count > 0) || bulk.job?.isShown === true;
  return (
    <>
      {count > 0 && (
        <section className="bulk-bar" aria-label="Selected deals">
          <span className="bulk-bar__count" role="status">
            {count.toLocaleString()} selected
          </span>
          {offered.map(({ kind, name }) => (
            <button
              key={kind}
              className={`button button--small ${kind === 'delete' ? 'bulk-bar__delete' : ''}`}
              type="button"
              aria-haspopup="dialog"
              onClick={() => setAsked(kind)}
            >
              {name}
            </button>
          ))}
          <button
            className="button button--small button--quiet"
            type="button"
            onClick={selection.clear}
          >
            Clear selection
          </button>
        </section>
      )}
      {isDialog && (
        <BulkDialog
          kind={asked}
          pipeline={pipeline}
          deals={pipeline.deals.filter(({ id }) => ids.has(id))}
          bulk={bulk}
          onStart={(action, deals) => {
            setAsked(undefined);
            bulk.start(action, deals);
          }}
          onClose={() => {
            setAsked(undefined);
            bulk.hide();
          }}
        />
      )}
    </>
  );
}
