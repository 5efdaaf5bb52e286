import { type SavedViewView, savedViewListSchema } from '@splitline/functions/contracts';
import { useCallback, useEffect, useState } from 'react';
import type { Rest } from '../../../data/port.ts';
import { toProblem } from '../../../data/problem.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useNotices } from '../../../ui/Toasts.tsx';
import { countFilters, type PipelineView } from '../filters.ts';
import type { ChangeView } from '../useView.ts';
import { ViewsDialog } from './ViewsDialog.tsx';
import './tools.css';

interface ViewsMenuProps {
  readonly rest: Rest;
  readonly view: PipelineView;
  readonly changeView: ChangeView;
  readonly startsOpen: boolean;
}

/** The person's saved views; a link that only names one is followed to what it holds. */
export default function ViewsMenu({ rest, view, changeView, startsOpen }: ViewsMenuProps) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  const views = useLoad(useCallback(() => rest.get('/api/views', savedViewListSchema), [rest]));
  const { warn } = useNotices();
  const saved = views.status === 'ready' ? views.value.views : [];
  const current = saved.find(({ id }) => id === view.savedId);
  const isBare = view.savedId !== undefined && isPlain(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link that is followed
  useEffect(() => {
    if (!isBare || views.status !== 'ready') return;
    if (current !== undefined) {
      if (!isPlain(viewOf(current))) changeView(viewOf(current), { replace: true });
      return;
    }
    warn('This view is not among yours: it was deleted, or somebody else saved it.');
    changeView({ savedId: undefined }, { replace: true });
  }, [isBare, views.status, current?.id]);
  return (
    <>
      <button
        className="button button--small"
        type="button"
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {current === undefined ? 'Views' : `View: ${current.name}`} <Icon name="down" size={14} />
      </button>
      {isOpen && (
        <ViewsDialog
          rest={rest}
          views={views}
          view={view}
          current={current}
          onOpen={(chosen) => {
            changeView(viewOf(chosen));
            setIsOpen(false);
          }}
          onSaved={(savedId) => {
            changeView({ savedId }, { replace: true });
            if (views.status !== 'loading') views.reload();
            setIsOpen(false);
          }}
          onDelete={async (chosen) => {
            try {
              await rest.send('DELETE', `/api/views/${chosen.id}`);
              if (chosen.id === view.savedId) changeView({ savedId: undefined }, { replace: true });
            } catch (error) {
              warn(`“${chosen.name}” was not deleted. ${toProblem(error).message}`);
            }
            if (views.status !== 'loading') views.reload();
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

/** True when the address says nothing but which view is meant. */
function isPlain({ layout, filters, sorting }: PipelineView): boolean {
  return layout === 'board' && sorting === undefined && countFilters(filters) === 0;
}

function viewOf({ id, layout, filters, sorting }: SavedViewView): PipelineView {
  return { layout, filters, sorting: sorting ?? undefined, savedId: id };
}
