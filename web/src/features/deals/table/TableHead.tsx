import type { ReactTable } from '@tanstack/react-table';
import { useEffect, useRef } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import type { Selection } from '../useSelection.ts';
import type { features } from './columns.tsx';
import type { DealRow } from './deal-rows.ts';

interface TableHeadProps {
  readonly table: Pick<ReactTable<typeof features, DealRow>, 'getHeaderGroups' | 'FlexRender'>;
  readonly selection: Selection;
  /** All rows, as they are sorted. */
  readonly ids: readonly string[];
}

/** The names of the columns, which sort by them, and the box that ticks all rows. */
export function TableHead({ table, selection, ids }: TableHeadProps) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          <th className="deal-table__tick" scope="col">
            <AllTick selection={selection} ids={ids} />
          </th>
          {group.headers.map((header) => {
            const sorted = header.column.getIsSorted();
            return (
              <th
                key={header.id}
                className={`deal-table__head deal-table__head--${header.id}`}
                scope="col"
                aria-sort={
                  sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'
                }
              >
                <button
                  className="deal-table__sort"
                  type="button"
                  onClick={header.column.getToggleSortingHandler()}
                >
                  <table.FlexRender header={header} />
                  <span className="deal-table__arrow" aria-hidden="true">
                    {sorted !== false && <Icon name="down" size={14} />}
                  </span>
                </button>
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}

function AllTick({ selection, ids }: Pick<TableHeadProps, 'selection' | 'ids'>) {
  const box = useRef<HTMLInputElement>(null);
  const count = selection.ids.size;
  const isAll = count > 0 && count === ids.length;
  useEffect(() => {
    // There is no attribute for it.
    if (box.current !== null) box.current.indeterminate = count > 0 && !isAll;
  }, [count, isAll]);
  return (
    <input
      ref={box}
      className="tick"
      type="checkbox"
      aria-label="Select all deals shown"
      checked={isAll}
      onChange={() => (isAll ? selection.clear() : selection.selectAll(ids))}
    />
  );
}
