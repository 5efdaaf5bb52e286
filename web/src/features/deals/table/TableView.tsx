import { type DealSorting, dealSortingSchema, type User } from '@splitline/functions/contracts';
import { type SortingState, useTable } from '@tanstack/react-table';
import { useMemo, useRef } from 'react';
import type { Stored, WorkspaceData } from '../../../data/port.ts';
import type { PipelineView } from '../filters.ts';
import type { Wanted } from '../focus.ts';
import type { Pipeline } from '../usePipeline.ts';
import type { Selection } from '../useSelection.ts';
import type { ChangeView } from '../useView.ts';
import { columns, features } from './columns.tsx';
import { dealRows } from './deal-rows.ts';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import { useCompanyNames } from './useCompanyNames.ts';
import { useTableRows } from './useTableRows.ts';
import './table.css';

interface TableViewProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly pipeline: Pipeline;
  readonly view: PipelineView;
  readonly search: string;
  readonly changeView: ChangeView;
  readonly openDealId: string | undefined;
  readonly selection: Selection;
  readonly wanted: Wanted | undefined;
}

const LATEST_FIRST: SortingState = [{ id: 'updatedAt', desc: true }];

/** The deals as rows to sort and to edit where they stand. */
export default function TableView(props: TableViewProps) {
  const { data, member, pipeline, view, search, changeView, openDealId, selection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const companies = useCompanyNames(data, pipeline.shown);
  const { shown, stages, people } = pipeline;
  const rows = useMemo(
    () => dealRows({ shown, stages, people }, companies),
    [shown, stages, people, companies],
  );
  const { sorting } = view;
  const state = useMemo(
    () => ({
      sorting:
        sorting === undefined
          ? LATEST_FIRST
          : [{ id: sorting.field, desc: sorting.order === 'desc' }],
    }),
    [sorting],
  );
  const table = useTable({
    ...{ features, columns, data: rows, state },
    getRowId: ({ deal }) => deal.id,
    enableSortingRemoval: false,
    enableMultiSort: false,
    onSortingChange: (next) => {
      const [first] = typeof next === 'function' ? next(state.sorting) : next;
      changeView({ sorting: first && sortingOf(first) }, { replace: true });
    },
  });
  const sorted = table.getRowModel().rows;
  const order = useRef<readonly string[]>([]);
  order.current = sorted.map(({ id }) => id);
  const { parts, measure, onFocus } = useTableRows(order.current, {
    scroller,
    pinned: [openDealId, props.wanted?.dealId],
  });
  return (
    <div ref={scroller} className="table-view">
      <table className="deal-table" aria-label="Deals" aria-rowcount={sorted.length + 1}>
        <TableHead table={table} selection={selection} ids={order.current} />
        <tbody onFocus={onFocus}>
          {parts.map((part) => {
            if ('heightPx' in part) return <Space key={part.key} heightPx={part.heightPx} />;
            const row = sorted[part.index];
            return (
              row && (
                <TableRow
                  key={row.id}
                  rest={data.rest}
                  member={member}
                  row={row.original}
                  pipeline={pipeline}
                  search={search}
                  index={part.index}
                  measure={measure}
                  isOpen={row.id === openDealId}
                  isSelected={selection.ids.has(row.id)}
                  onSelect={(id, isRange) => selection.toggle(id, order.current, isRange)}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are out of sight. */
function Space({ heightPx }: { readonly heightPx: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true" className="deal-table__space">
      <td colSpan={columns.length + 1} style={{ height: heightPx }} />
    </tr>
  );
}

function sortingOf({ id, desc }: SortingState[number]): DealSorting | undefined {
  return dealSortingSchema.safeParse({ field: id, order: desc ? 'desc' : 'asc' }).data;
}
