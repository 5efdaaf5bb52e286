import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import type { SavedWorkflow, WorkflowDetail } from '../../data/workflows.ts';
import { Field } from '../../ui/Field.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { ActivateDialog } from './ActivateDialog.tsx';
import { DefinitionFields } from './DefinitionFields.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { StatusTag } from './StatusTag.tsx';
import { TryWorkflow } from './TryWorkflow.tsx';
import { type Builder, useBuilder, type WorkflowDraft } from './useBuilder.ts';
import { useLeaveGuard } from './useLeaveGuard.ts';
import { Versions } from './Versions.tsx';

interface BuilderFormProps {
  readonly data: WorkspaceData;
  readonly title: string;
  readonly start: WorkflowDraft;
  readonly workflow: WorkflowDetail | undefined;
}

/** A workflow as it is edited, with ways to try it. */
export function BuilderForm({ data, title, start, workflow }: BuilderFormProps) {
  const builder = useBuilder(data.rest, start, workflow);
  const guard = useLeaveGuard(builder.isDirty);
  const { announce } = useNotices();
  const [state, setState] = useState<WorkflowDetail | SavedWorkflow | undefined>(workflow);
  const [isActivating, setIsActivating] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) showFirstProblem(page.current);
  }, [attempt]);
  const save = async () => {
    const saved = await builder.save();
    if (saved === undefined) {
      setAttempt((count) => count + 1);
      return undefined;
    }
    announce('The draft is saved.');
    setState(saved);
    if (workflow === undefined) guard.go(`/workflows/${saved.id}/edit`);
    return saved;
  };
  const saveAndActivate = async () => {
    const isReady = !builder.isDirty || (await save()) !== undefined;
    if (isReady) setIsActivating(true);
  };
  return (
    <div className="page__content builder" ref={page}>
      <Head
        title={title}
        state={state}
        builder={builder}
        onSave={() => void save()}
        onActivate={workflow === undefined ? undefined : () => void saveAndActivate()}
      />
      <div className="builder__columns">
        <div className="builder__main">
          <NameFields builder={builder} />
          <DefinitionFields builder={builder} />
        </div>
        <aside className="builder__aside" aria-label="Try it">
          <TryWorkflow data={data} workflowId={workflow?.id} builder={builder} />
          {workflow !== undefined && state !== undefined && (
            <Versions data={data} workflow={state} />
          )}
        </aside>
      </div>
      {isActivating && state !== undefined && (
        <ActivateDialog
          rest={data.rest}
          workflow={state}
          number={state.latestVersion}
          onClose={() => setIsActivating(false)}
          onDone={() => guard.go(`/workflows/${state.id}`)}
        />
      )}
      {guard.isAsking && <LeaveDialog onStay={guard.stay} onLeave={guard.leave} />}
    </div>
  );
}

interface HeadProps {
  readonly title: string;
  readonly state: WorkflowDetail | SavedWorkflow | undefined;
  readonly builder: Builder;
  readonly onSave: () => void;
  readonly onActivate: (() => void) | undefined;
}

function Head({ title, state, builder, onSave, onActivate }: HeadProps) {
  const { isDirty, isSaving, generalProblem, warnings, problems } = builder;
  const isRunning = state?.status === 'ACTIVE' && state.activeVersion === state.latestVersion;
  return (
    <>
      <div className="page__head builder__head">
        <div>
          <p className="crumbs">
            <Link href="/workflows">Workflows</Link>
            {state !== undefined && (
              <>
                {' / '}
                <Link href={`/workflows/${state.id}`}>{state.name}</Link>
              </>
            )}
          </p>
          <h1 className="page__title">
            {title} {state !== undefined && <StatusTag status={state.status} />}
          </h1>
          <p className="soft small" role="status">
            {savedWords(state, isDirty)}
          </p>
        </div>
        <div className="page__actions">
          {onActivate !== undefined && (isDirty || !isRunning) && (
            <button className="button" type="button" aria-disabled={isSaving} onClick={onActivate}>
              {isDirty ? 'Save and activate…' : 'Activate…'}
            </button>
          )}
          <button
            className="button button--primary"
            type="button"
            aria-disabled={isSaving}
            onClick={onSave}
          >
            {isSaving ? 'Saving…' : 'Save draft'}
          </button>
        </div>
      </div>
      {generalProblem !== undefined && (
        <p className="message" role="alert">
          {generalProblem}
        </p>
      )}
      {problems.size > 0 && generalProblem === undefined && (
        <p className="message" role="status">
          {problems.size === 1
            ? 'One thing needs another look; it is marked below.'
            : `${problems.size} things need another look; they are marked below.`}
        </p>
      )}
      {warnings.map(({ message }) => (
        <p key={message} className="message message--warning" role="status">
          {message}
        </p>
      ))}
    </>
  );
}

function savedWords(state: HeadProps['state'], isDirty: boolean): string {
  if (state === undefined) return 'Nothing is saved yet.';
  const { latestVersion, activeVersion, status } = state;
  if (isDirty) return `Changed since version ${latestVersion}; not saved yet.`;
  if (status === 'ACTIVE' && activeVersion === latestVersion) {
    return `Version ${latestVersion} is saved and runs.`;
  }
  const running =
    status === 'ACTIVE' && activeVersion !== null
      ? ` Version ${activeVersion} runs until you activate it.`
      : ' It does not run until you activate it.';
  return `Version ${latestVersion} is saved.${running}`;
}

function NameFields({ builder }: { readonly builder: Builder }) {
  const { draft, change, problems } = builder;
  return (
    <div className="form">
      <Field
        label="Name"
        name="name"
        value={draft.name}
        maxLength={200}
        autoComplete="off"
        error={problems.get('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <Field
        label="Description"
        hint="optional"
        name="description"
        value={draft.description}
        maxLength={2000}
        autoComplete="off"
        error={problems.get('description')}
        onChange={(event) => change({ description: event.target.value })}
      />
    </div>
  );
}

/** Leads to the first place that is marked, or to the message where no place is. */
function showFirstProblem(page: HTMLElement | null): void {
  const marked = '[aria-invalid="true"], [data-invalid="true"], .field__error, .message';
  const found = page?.querySelector<HTMLElement>(`.builder__main :is(${marked})`);
  const shown = found ?? page?.querySelector<HTMLElement>('.message');
  shown?.scrollIntoView({ block: 'center' });
  found?.focus({ preventScroll: true });
}
