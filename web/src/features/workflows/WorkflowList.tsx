import { useCallback, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePages } from '../../data/usePages.ts';
import {
  type ListedWorkflow,
  runListSchema,
  type WorkflowStatus,
  workflowListSchema,
} from '../../data/workflows.ts';
import { Icon } from '../../ui/Icon.tsx';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { NewWorkflowDialog } from './NewWorkflowDialog.tsx';
import { StateButtons } from './StateButtons.tsx';
import { StatusTag } from './StatusTag.tsx';
import { TemplateGallery } from './TemplateGallery.tsx';
import { WorkflowTabs } from './WorkflowTabs.tsx';
import { contractTriggerName, statusWords } from './words.ts';

const tabs: readonly { readonly id: WorkflowStatus | 'all'; readonly name: string }[] = [
  { id: 'all', name: 'All' },
  { id: 'ACTIVE', name: 'Active' },
  { id: 'PAUSED', name: 'Paused' },
  { id: 'DRAFT', name: 'Draft' },
  { id: 'ARCHIVED', name: 'Archived' },
];

/** The workflows of the organisation, newest first. */
export function WorkflowList({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const [search, setSearch] = useSearchParams();
  const [turn, setTurn] = useState(0);
  const [isAdding, setIsAdding] = useState(false);
  const status = tabs.find(({ id }) => id === search.get('status'))?.id ?? 'all';
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/workflows', workflowListSchema, {
          ...at,
          ...(status === 'all' ? {} : { status }),
        }),
      [rest, status],
    ),
    String(turn),
  );
  const failures = useFailures(data);
  return (
    <div className="page">
      <title>Workflows · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Workflows</h1>
          <button
            className="button button--primary"
            type="button"
            onClick={() => setIsAdding(true)}
          >
            <Icon name="plus" /> New workflow
          </button>
        </div>
        <WorkflowTabs at="workflows" />
        <div className="runs__filters">
          <Tabs
            label="Which workflows"
            tabs={tabs}
            chosen={status}
            onChoose={(id) => setSearch(id === 'all' ? {} : { status: id })}
          />
        </div>
        {list.status === 'loading' && <Loading what="the workflows" />}
        {list.status === 'failed' && (
          <Failure
            title="The workflows cannot be shown"
            message={list.problem.message}
            onRetry={list.reload}
          />
        )}
        {list.status === 'ready' && (
          <>
            <Stale problem={list.problem} reload={list.reload} />
            {list.value.records.length === 0 && status === 'all' ? (
              <Beginning data={data} />
            ) : (
              <ul className="rows" aria-label="Workflows">
                {list.value.records.length === 0 && status !== 'all' && (
                  <li className="rows__empty">
                    No workflow is {statusWords[status].name.toLowerCase()}.
                  </li>
                )}
                {list.value.records.map((workflow) => (
                  <WorkflowRow
                    key={workflow.id}
                    data={data}
                    workflow={workflow}
                    failed={failures.get(workflow.id) ?? 0}
                    onChange={() => setTurn((count) => count + 1)}
                  />
                ))}
              </ul>
            )}
            <More pages={list.value} />
          </>
        )}
        {isAdding && <NewWorkflowDialog rest={rest} onClose={() => setIsAdding(false)} />}
      </div>
    </div>
  );
}

const NONE: ReadonlyMap<string, number> = new Map();

/** How many failed runs of each workflow wait for somebody, as far as one page of them goes. */
function useFailures({ rest }: WorkspaceData): ReadonlyMap<string, number> {
  const failed = useLoad(
    useCallback(async () => {
      const query = { status: 'failed', limit: '100' };
      const { records } = await rest.get('/api/runs', runListSchema, query);
      const counts = new Map<string, number>();
      for (const { workflowId } of records) {
        counts.set(workflowId, (counts.get(workflowId) ?? 0) + 1);
      }
      return counts;
    }, [rest]),
  );
  return failed.status === 'ready' ? failed.value : NONE;
}

/** Where there is no workflow yet. */
function Beginning({ data }: { readonly data: WorkspaceData }) {
  return (
    <section className="section" aria-labelledby="beginning-title">
      <div>
        <h2 className="section__title" id="beginning-title">
          No workflows yet
        </h2>
        <p className="soft">
          A workflow does something whenever something happens. Start from one of these, or from a
          blank one; nothing runs before you activate it.
        </p>
      </div>
      <TemplateGallery rest={data.rest} />
    </section>
  );
}

interface WorkflowRowProps {
  readonly data: WorkspaceData;
  readonly workflow: ListedWorkflow;
  readonly failed: number;
  readonly onChange: () => void;
}

function WorkflowRow({ data, workflow, failed, onChange }: WorkflowRowProps) {
  const { id, name, status, trigger, actions, executionCount, activeVersion } = workflow;
  const { latestVersion } = workflow;
  const isAhead = status === 'ACTIVE' && activeVersion !== latestVersion;
  return (
    <li className="rows__row workflow-row">
      <div className="workflow-row__main">
        <p>
          <Link href={`/workflows/${id}`} className="row-link">
            {name}
          </Link>
        </p>
        <p className="soft small">
          {contractTriggerName(trigger)} · {actions.length} step{actions.length === 1 ? '' : 's'} ·
          version {status === 'ACTIVE' ? activeVersion : latestVersion}
          {isAhead && `, a newer draft ${latestVersion}`}
        </p>
      </div>
      <div className="workflow-row__aside">
        <StatusTag status={status} />
        <Link href={`/workflows/runs?workflow=${id}`} className="small">
          {executionCount} run{executionCount === 1 ? '' : 's'}
        </Link>
        {failed > 0 && (
          <Link
            href={`/workflows/runs?workflow=${id}&status=failed`}
            className="tag"
            data-tone="danger"
          >
            {failed} failed
          </Link>
        )}
        <StateButtons rest={data.rest} workflow={workflow} onChange={onChange} isSmall />
      </div>
    </li>
  );
}
