import { useCallback } from 'react';
import { useSearchParams } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { refusal } from '../../data/refusal.ts';
import { useLoad } from '../../data/useLoad.ts';
import {
  templateListSchema,
  type WorkflowDetail,
  workflowDetailSchema,
} from '../../data/workflows.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { BuilderForm } from './BuilderForm.tsx';
import { blankDraft, draftOf } from './draft.ts';
import type { WorkflowDraft } from './useBuilder.ts';
import { WithKit } from './WithKit.tsx';

interface BuilderPageProps {
  readonly data: WorkspaceData;
  /** The workflow that is edited; a new one is made without. */
  readonly id: string | undefined;
}

interface Start {
  readonly workflow: WorkflowDetail | undefined;
  readonly draft: WorkflowDraft;
}

/** Makes a workflow, or changes one. */
export function BuilderPage({ data, id }: BuilderPageProps) {
  const { rest } = data;
  const [search] = useSearchParams();
  const template = search.get('template') ?? undefined;
  const start = useLoad(
    useCallback(async (): Promise<Start> => {
      if (id !== undefined) {
        const workflow = await rest.get(`/api/workflows/${id}`, workflowDetailSchema);
        return { workflow, draft: editable(workflow) };
      }
      if (template === undefined) return { workflow: undefined, draft: BLANK };
      const { templates } = await rest.get('/api/workflows/templates', templateListSchema);
      const chosen = templates.find((each) => each.id === template);
      if (chosen === undefined) throw refusal('There is no such template. Start from another one.');
      const { name, description, definition } = chosen;
      return { workflow: undefined, draft: { name, description, definition: draftOf(definition) } };
    }, [rest, id, template]),
  );
  const title = id === undefined ? 'New workflow' : 'Edit workflow';
  return (
    <div className="page">
      <title>{`${title} · Splitline`}</title>
      {start.status === 'loading' && <Loading what="the workflow" />}
      {start.status === 'failed' && (
        <Failure
          title="The workflow cannot be shown"
          message={start.problem.message}
          onRetry={start.reload}
        />
      )}
      {start.status === 'ready' && (
        <WithKit data={data}>
          <BuilderForm
            key={`${id} ${template}`}
            data={data}
            title={title}
            start={start.value.draft}
            workflow={start.value.workflow}
          />
        </WithKit>
      )}
    </div>
  );
}

const BLANK: WorkflowDraft = { name: '', description: '', definition: blankDraft() };

/** What was changed last is edited on, whether or not it runs. */
function editable({ name, description, definition, draft }: WorkflowDetail): WorkflowDraft {
  return {
    ...{ name, description: description ?? '' },
    definition: draftOf(draft?.definition ?? definition),
  };
}
