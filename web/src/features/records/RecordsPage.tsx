import type { User } from '@splitline/functions/contracts';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { Query, Stored, WorkspaceData } from '../../data/port.ts';
import type { OwnedView } from '../../data/records.ts';
import { usePages } from '../../data/usePages.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useDebounced } from '../../ui/useDebounced.ts';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { type Kind, listRecords } from './kinds.ts';
import { applyChanges, type Changes, type Sorting, sortRecords } from './record-list.ts';
import './records.css';

/** What a page hands to the dialog that adds a record and to the panel of one. */
export interface RecordProps<T> {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly id: string;
  /** The record has other values now; undefined when it is gone. */
  readonly onChange: (id: string, record: T | undefined) => void;
  /** Others may have come or changed. */
  readonly onReload: () => void;
  readonly onClose: () => void;
}

interface RecordsPageProps<T extends OwnedView> {
  readonly kind: Kind<T>;
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openId: string | undefined;
  /** What else narrows the list, and the controls for it. It has to keep its identity. */
  readonly narrow?: Query;
  readonly filters?: ReactNode;
  /** What stands below the name in the list. */
  readonly detailOf: (record: T) => ReactNode;
  readonly asideOf: (record: T) => ReactNode;
  /** What to do about an empty list. */
  readonly emptyHint: string;
  readonly renderAdd: (dialog: {
    readonly onClose: () => void;
    readonly onAdded: (id: string) => void;
  }) => ReactNode;
  readonly renderPanel: (props: RecordProps<T>) => ReactNode;
}

const NOTHING: Query = {};
const sortings = [
  { id: 'updated', name: 'Latest change' },
  { id: 'name', name: 'Name' },
] as const;

/** A list to search in and add to, and beside it the record that the address names. */
export function RecordsPage<T extends OwnedView>(props: RecordsPageProps<T>) {
  const { kind, data, member, openId, narrow = NOTHING, emptyHint } = props;
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>('updated');
  const [changes, setChanges] = useState<Changes<T>>(new Map());
  const [turn, setTurn] = useState(0);
  const [params, setParams] = useSearchParams();
  const [, navigate] = useLocation();
  const isCovering = useMediaQuery('(max-width: 760px)') && openId !== undefined;
  const sought = useDebounced(search.trim());
  const list = usePages(
    useCallback(
      (at: Query) =>
        listRecords(data.rest, kind, {
          ...{ ...narrow, ...at },
          ...(sought === '' ? {} : { search: sought }),
        }),
      [data, kind, narrow, sought],
    ),
    String(turn),
  );
  // Not the list's own reload: a list that is still on its way has none, and would come too early.
  const onReload = useCallback(() => {
    setChanges(new Map());
    setTurn((count) => count + 1);
  }, []);
  const onChange = useCallback(
    (id: string, record: T | undefined) => setChanges((old) => new Map(old).set(id, record)),
    [],
  );
  const close = () => {
    navigate(kind.path);
    if (openId !== undefined) focusRow(openId);
  };
  const isAdding = params.has('add');
  return (
    <>
      <div className="page" inert={isCovering}>
        <title>{`${kind.title} · Splitline`}</title>
        <div className="page__content">
          <div className="page__head">
            <h1 className="page__title">{kind.title}</h1>
            <button
              className="button button--primary"
              type="button"
              onClick={() => setParams({ add: '' })}
            >
              <Icon name="plus" /> Add {kind.noun}
            </button>
          </div>
          <div className="records__tools">
            <input
              className="input records__search"
              type="search"
              aria-label={`Search ${kind.plural}`}
              placeholder="Search names, e-mail addresses, phone numbers…"
              maxLength={200}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {props.filters}
            <Tabs label="Sort by" tabs={sortings} chosen={sorting} onChoose={setSorting} />
          </div>
          {list.status === 'loading' && <Loading what={`the ${kind.plural}`} />}
          {list.status === 'failed' && (
            <Failure
              title={`The ${kind.plural} cannot be shown`}
              message={list.problem.message}
              onRetry={list.reload}
            />
          )}
          {list.status === 'ready' && (
            <>
              <Stale problem={list.problem} reload={list.reload} />
              <Rows
                {...props}
                records={applyChanges(list.value.records, changes)}
                sorting={sorting}
                hasMore={list.value.hasMore}
                emptyText={
                  sought === ''
                    ? emptyHint
                    : `Nothing you can see matches “${sought}”. Try fewer letters.`
                }
              />
              <More pages={list.value} />
            </>
          )}
        </div>
      </div>
      {isAdding &&
        props.renderAdd({
          onClose: () => setParams({}),
          onAdded: (id) => {
            onReload();
            navigate(`${kind.path}/${id}`);
          },
        })}
      {openId !== undefined &&
        props.renderPanel({ data, member, id: openId, onChange, onReload, onClose: close })}
    </>
  );
}

interface RowsProps<T extends OwnedView>
  extends Pick<RecordsPageProps<T>, 'kind' | 'openId' | 'detailOf' | 'asideOf'> {
  readonly records: readonly T[];
  readonly sorting: Sorting;
  readonly hasMore: boolean;
  readonly emptyText: string;
}

function Rows<T extends OwnedView>(props: RowsProps<T>) {
  const { kind, records, sorting, openId, hasMore } = props;
  const sorted = useMemo(
    () => sortRecords(records, sorting, kind.nameOf),
    [records, sorting, kind],
  );
  return (
    <>
      {sorting === 'name' && hasMore && (
        <p className="soft small" role="status">
          By name among the {records.length} {kind.plural} shown, which changed last. Show more to
          sort more.
        </p>
      )}
      <ul className="rows" aria-label={kind.title}>
        {sorted.length === 0 && <li className="rows__empty">{props.emptyText}</li>}
        {sorted.map((record) => (
          <li key={record.id} className="rows__row records__row" data-open={record.id === openId}>
            <div className="records__main">
              <Link
                id={rowId(record.id)}
                href={`${kind.path}/${record.id}`}
                className="records__name"
                aria-current={record.id === openId ? 'page' : undefined}
              >
                {kind.nameOf(record)}
              </Link>
              <div className="records__detail">{props.detailOf(record)}</div>
            </div>
            <div className="records__aside">
              {props.asideOf(record)}
              <Moment className="soft small" at={record.updatedAt} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function rowId(id: string): string {
  return `record-${id}`;
}

/** Puts the focus back on a row when its panel closes. */
function focusRow(id: string): void {
  requestAnimationFrame(() => document.getElementById(rowId(id))?.focus());
}
