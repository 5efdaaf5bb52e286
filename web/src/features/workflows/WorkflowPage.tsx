import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePages } from '../../data/usePages.ts';
import { runListSchema, type WorkflowDetail, workflowDetailSchema } from '../../data/workflows.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { ActivateDialog } from './ActivateDialog.tsx';
import { DefinitionWords } from './DefinitionWords.tsx';
import { RunList } from './RunList.tsx';
import { StartByHand } from './StartByHand.tsx';
import { StateButtons } from './StateButtons.tsx';
import { StatusTag } from './StatusTag.tsx';
import { Versions } from './Versions.tsx';
import { WithKit } from './WithKit.tsx';

interface WorkflowPageProps {
  readonly data: WorkspaceData;
  readonly id: string;
}

/** One workflow: what it does, its versions, and what it has done. */
export function WorkflowPage({ data, id }: WorkflowPageProps) {
  const { rest } = data;
  const found = useLoad(
    useCallback(() => rest.get(`/api/workflows/${id}`, workflowDetailSchema), [rest, id]),
  );
  return (
    <div className="page">
      <title>Workflow · Splitline</title>
      {found.status === 'loading' && <Loading what="the workflow" />}
      {found.status === 'failed' && (
        <Failure
          title="This workflow cannot be shown"
          message={found.problem.message}
          onRetry={found.reload}
        />
      )}
      {found.status === 'ready' && (
        <div className="page__content builder">
          <Stale problem={found.problem} reload={found.reload} />
          <Head data={data} workflow={found.value} reload={found.reload} />
          <WithKit data={data}>
            <Body data={data} workflow={found.value} reload={found.reload} />
          </WithKit>
        </div>
      )}
    </div>
  );
}

interface PartProps {
  readonly data: WorkspaceData;
  readonly workflow: WorkflowDetail;
  readonly reload: () => void;
}

function Head({ data, workflow, reload }: PartProps) {
  const { id, name, description, status, definition } = workflow;
  const { trigger } = definition;
  return (
    <div className="page__head builder__head">
      <div>
        <p className="crumbs">
          <Link href="/workflows">Workflows</Link>
        </p>
        <h1 className="page__title">
          {name} <StatusTag status={status} />
        </h1>
        {description !== null && <p className="page__lead">{description}</p>}
      </div>
      <div className="page__actions">
        {trigger.kind === 'manual' && status === 'ACTIVE' && (
          <StartByHand rest={data.rest} workflowId={id} type={trigger.recordType} />
        )}
        <StateButtons rest={data.rest} workflow={workflow} onChange={reload} />
        {status !== 'ARCHIVED' && (
          <Link href={`/workflows/${id}/edit`} className="button button--primary">
            Edit
          </Link>
        )}
      </div>
    </div>
  );
}

function Body({ data, workflow, reload }: PartProps) {
  const { id, status, shownVersion, definition, draft } = workflow;
  const [activated, setActivated] = useState<number>();
  return (
    <div className="builder__columns">
      <div className="builder__main">
        <section className="part" aria-labelledby="part-does">
          <h2 className="part__title" id="part-does">
            What it does
          </h2>
          <p className="soft small">
            {status === 'ACTIVE'
              ? `Version ${shownVersion}, which runs`
              : `Version ${shownVersion}, which does not run`}
            {draft !== null && `; version ${draft.number} is a draft`}
          </p>
          <DefinitionWords definition={definition} />
        </section>
        <Runs data={data} workflow={workflow} />
      </div>
      <aside className="builder__aside" aria-label="Versions">
        <Versions data={data} workflow={workflow} onActivate={setActivated} />
      </aside>
      {activated !== undefined && (
        <ActivateDialog
          rest={data.rest}
          workflow={{ ...workflow, id }}
          number={activated}
          onClose={() => setActivated(undefined)}
          onDone={() => {
            setActivated(undefined);
            reload();
          }}
        />
      )}
    </div>
  );
}

function Runs({ data, workflow }: Omit<PartProps, 'reload'>) {
  const { rest } = data;
  const { id, name } = workflow;
  const list = usePages(
    useCallback(
      (at: Query) => rest.get('/api/runs', runListSchema, { workflowId: id, limit: '10', ...at }),
      [rest, id],
    ),
  );
  return (
    <section className="section" aria-labelledby="runs-title">
      <div className="section__head">
        <h2 className="section__title" id="runs-title">
          Runs
        </h2>
        <Link href={`/workflows/runs?workflow=${id}`} className="small">
          All runs
        </Link>
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
        <RunList
          rest={rest}
          pages={list.value}
          names={new Map([[id, name]])}
          empty="It has not run yet."
        />
      )}
    </section>
  );
}
