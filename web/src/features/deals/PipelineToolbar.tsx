import type { DealFilters } from '@splitline/functions/contracts';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useDebounced } from '../../ui/useDebounced.ts';
import { countFilters, type Layout, type PipelineView } from './filters.ts';
import type { Pipeline } from './usePipeline.ts';
import type { Selection } from './useSelection.ts';
import type { ChangeView } from './useView.ts';

/** Loaded when they are asked for. */
const FilterPanel = lazy(() => import('./tools/FilterPanel.tsx'));
const ViewsMenu = lazy(() => import('./tools/ViewsMenu.tsx'));

interface PipelineToolbarProps {
  readonly data: WorkspaceData;
  readonly pipeline: Pipeline;
  readonly view: PipelineView;
  readonly changeView: ChangeView;
  readonly selection: Selection;
}

const layouts = [
  { id: 'board', name: 'Board' },
  { id: 'table', name: 'Table' },
] as const satisfies readonly { id: Layout; name: string }[];

/** How the pipeline is looked at: what is searched and filtered, as a board or a table. */
export function PipelineToolbar(props: PipelineToolbarProps) {
  const { data, pipeline, view, changeView, selection } = props;
  const [isFiltering, setIsFiltering] = useState(false);
  const [hasViews, setHasViews] = useState(view.savedId !== undefined);
  const count = countFilters(view.filters);
  const setFilters = (filters: DealFilters) => changeView({ filters }, { replace: true });
  return (
    <div className="pipeline__tools">
      <SearchField
        text={view.filters.text ?? ''}
        onText={(text) => setFilters({ ...view.filters, text: text === '' ? undefined : text })}
      />
      <button
        className="button button--small"
        type="button"
        aria-expanded={isFiltering}
        onClick={() => setIsFiltering(!isFiltering)}
      >
        Filters
      </button>
      {count > 0 && (
        <button
          className="button button--small button--quiet"
          type="button"
          onClick={() => changeView({ filters: {} })}
        >
          {count === 1 ? '1 filter' : `${count} filters`} – clear
        </button>
      )}
      {hasViews ? (
        <Suspense fallback={<ViewsButton />}>
          <ViewsMenu
            rest={data.rest}
            view={view}
            changeView={changeView}
            startsOpen={view.savedId === undefined}
          />
        </Suspense>
      ) : (
        <ViewsButton onClick={() => setHasViews(true)} />
      )}
      <Tabs
        label="Show as"
        tabs={layouts}
        chosen={view.layout}
        onChoose={(layout) => changeView({ layout })}
      />
      <button
        className="button button--small button--quiet"
        type="button"
        onClick={() => selection.selectAll(pipeline.shown.map(({ id }) => id))}
      >
        Select all shown
      </button>
      {isFiltering && (
        <Suspense fallback={<p className="soft small">Loading the filters…</p>}>
          <FilterPanel
            data={data}
            pipeline={pipeline}
            filters={view.filters}
            onFilters={setFilters}
            onClose={() => setIsFiltering(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function ViewsButton({ onClick }: { readonly onClick?: () => void }) {
  return (
    <button className="button button--small" type="button" aria-haspopup="dialog" onClick={onClick}>
      Views <Icon name="down" size={14} />
    </button>
  );
}

interface SearchFieldProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** What is typed goes into the address once the person pauses; what the address says shows here. */
function SearchField({ text, onText }: SearchFieldProps) {
  const [draft, setDraft] = useState(text);
  const [seen, setSeen] = useState(text);
  const [told, setTold] = useState(text);
  const settled = useDebounced(draft.trim(), 150);
  if (seen !== text) {
    setSeen(text);
    // Somebody else has changed it: a link, the way back, a button.
    if (text !== told) {
      setDraft(text);
      setTold(text);
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is told
  useEffect(() => {
    if (settled === told) return;
    setTold(settled);
    onText(settled);
  }, [settled]);
  return (
    <input
      className="input pipeline__search"
      type="search"
      aria-label="Search deals"
      placeholder="Search title, owner, tag, contact…"
      maxLength={200}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
    />
  );
}
