import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { usePages } from '../../data/usePages.ts';
import { runListSchema } from '../../data/workflows.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { FailedRuns } from './FailedRuns.tsx';
import { RunList } from './RunList.tsx';
import { type RunStatus, runStatusWords } from './run-words.ts';
import { useWorkflowNames } from './useWorkflowNames.ts';
import { WorkflowTabs } from './WorkflowTabs.tsx';

interface RunsPageProps {
  readonly data: WorkspaceData;
  /** Administrators see the workflows as well; managers the runs about their teams. */
  readonly isAdmin: boolean;
}

const tabs: readonly { readonly id: RunStatus | 'all'; readonly name: string }[] = [
  { id: 'all', name: 'All' },
  { id: 'failed', name: 'Failed' },
  { id: 'waiting', name: 'Waiting' },
  { id: 'running', name: 'Under way' },
  { id: 'done', name: 'Done' },
  { id: 'stopped', name: 'Stopped' },
];

/** What workflows have done, newest first; what failed can be had to go on. */
export function RunsPage({ data, isAdmin }: RunsPageProps) {
  const { rest } = data;
  const [search, setSearch] = useSearchParams();
  const [turn, setTurn] = useState(0);
  const workflowId = search.get('workflow') ?? undefined;
  const recordId = search.get('record') ?? undefined;
  const status = tabs.find(({ id }) => id === search.get('status'))?.id ?? 'all';
  const names = useWorkflowNames(rest, isAdmin);
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/runs', runListSchema, {
          ...{ workflowId, recordId, ...at },
          ...(status === 'all' ? {} : { status }),
        }),
      [rest, workflowId, recordId, status],
    ),
    String(turn),
  );
  const set = (name: string, value: string | undefined) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (value === undefined || value === '') next.delete(name);
      else next.set(name, value);
      return next;
    });
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  return (
    <div className="page">
      <title>Runs · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Workflows</h1>
          <button className="button" type="button" onClick={reload}>
            Refresh
          </button>
        </div>
        {isAdmin ? (
          <WorkflowTabs at="runs" />
        ) : (
          <p className="page__lead">What workflows have done with the records of your teams.</p>
        )}
        <div className="runs__filters">
          <Tabs
            label="Which runs"
            tabs={tabs}
            chosen={status}
            onChoose={(id) => set('status', id === 'all' ? undefined : id)}
          />
          {isAdmin && (
            <select
              className="input runs__workflow"
              aria-label="Runs of the workflow"
              value={workflowId ?? ''}
              onChange={(event) => set('workflow', event.currentTarget.value)}
            >
              <option value="">All workflows</option>
              {[...names].map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              {workflowId !== undefined && !names.has(workflowId) && (
                <option value={workflowId}>This workflow</option>
              )}
            </select>
          )}
          {recordId !== undefined && (
            <button
              className="button button--small"
              type="button"
              onClick={() => set('record', undefined)}
            >
              About one record only: show all
            </button>
          )}
        </div>
        {list.status === 'loading' && <Loading what="the runs" />}
        {list.status === 'failed' && (
          <Failure
            title="The runs cannot be shown"
            message={list.problem.message}
            onRetry={list.reload}
          />
        )}
        {list.status === 'ready' && (
          <>
            <Stale problem={list.problem} reload={list.reload} />
            {status === 'failed' ? (
              <FailedRuns rest={rest} pages={list.value} names={names} onChange={reload} />
            ) : (
              <RunList
                rest={rest}
                pages={list.value}
                names={names}
                empty={
                  status === 'all'
                    ? 'Nothing has run yet. When an active workflow is started, its run appears here.'
                    : `No run is here that is “${runStatusWords[status].name.toLowerCase()}”.`
                }
              />
            )}
          </>
        )}
      </div>
    </div>
  );
}
