import type { Workflow } from './automations.schema.ts';

/** What can happen to a workflow; an event lists every name that fits, most telling first. */
export const workflowEventTypes = [
  'workflow.created',
  'workflow.activated',
  'workflow.published',
  'workflow.paused',
  'workflow.archived',
  'workflow.updated',
] as const;
export type WorkflowEventType = (typeof workflowEventTypes)[number];

type State = Pick<Workflow, 'status' | 'activeVersion'>;

const byStatus = {
  DRAFT: [],
  ACTIVE: ['workflow.activated'],
  PAUSED: ['workflow.paused'],
  ARCHIVED: ['workflow.archived'],
} as const satisfies Record<Workflow['status'], readonly WorkflowEventType[]>;

/** Names what happened to a workflow between two of its states; `published`: another version runs. */
export function nameWorkflowChanges(before: State | undefined, after: State): WorkflowEventType[] {
  const isPublished = after.activeVersion !== (before?.activeVersion ?? null);
  const names: WorkflowEventType[] = [
    ...(before === undefined ? (['workflow.created'] as const) : []),
    ...(before?.status === after.status ? [] : byStatus[after.status]),
    ...(isPublished ? (['workflow.published'] as const) : []),
  ];
  return names.length === 0 ? ['workflow.updated'] : names;
}
