import {
  appendOnlyCollection,
  type Collection,
  orgCollection,
  parseStored,
  type Stored,
} from '../../platform/collection.ts';
import { compositeIndex, groupIndex } from '../../platform/indexes.ts';
import type { Store, UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  type TriggerKind,
  type Workflow,
  type WorkflowVersion,
  workflowSchema,
  workflowVersionSchema,
} from './automations.schema.ts';

export const workflows: Collection<Workflow> = orgCollection(
  'workflows',
  'Workflow',
  workflowSchema,
);
export const workflowVersions: Collection<WorkflowVersion> = appendOnlyCollection(
  'workflowVersions',
  'Workflow version',
  workflowVersionSchema,
);

/** The indexes that lists of workflows and of their versions need. */
export const workflowIndexes = [
  compositeIndex('workflows', 'status', 'createdAt desc'),
  compositeIndex('workflowVersions', 'workflowId', 'number desc'),
];

/** Sweeps look for workflows by their trigger in all organisations. */
export const workflowOverrides = [groupIndex('workflows', 'activeTrigger')];

/** The id of a version follows from the workflow and the number. */
export function versionId(workflowId: string, number: number): string {
  return `${workflowId}_${number}`;
}

/** One version of a workflow. One billed read. @throws AppError not-found */
export function getWorkflowVersion(
  unit: UnitOfWork,
  workflowId: string,
  number: number,
): Promise<Stored<WorkflowVersion>> {
  return unit.get(workflowVersions, versionId(workflowId, number));
}

/** Versions by workflow and number, in the order they are asked for. One round trip. */
export async function findVersions(
  unit: UnitOfWork,
  wanted: readonly (readonly [workflowId: string, number: number])[],
): Promise<(WorkflowVersion | undefined)[]> {
  const ids = wanted.map(([workflowId, number]) => versionId(workflowId, number));
  const found = await unit.findMany(workflowVersions, ids);
  return ids.map((id) => found.get(id));
}

/** More versions of one workflow than a person looks through. */
const MAX_VERSIONS = 200;

/** A workflow's versions, latest first. */
export function listVersions(unit: UnitOfWork, workflowId: string): Promise<WorkflowVersion[]> {
  return unit.query(workflowVersions, (query) =>
    query.where('workflowId', '==', workflowId).orderBy('number', 'desc').limit(MAX_VERSIONS),
  );
}

/** A workflow that runs, in some organisation. */
export interface ActiveWorkflow {
  readonly orgId: string;
  readonly workflow: Stored<Workflow>;
}

/**
 * The workflows, of all organisations, whose active version has a trigger of this kind, by their
 * path; `after` is the path of the last one of an earlier answer. At least one billed read.
 */
export async function findActiveByTrigger(
  { db, meter }: Store,
  kind: TriggerKind,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ found: ActiveWorkflow[]; next: string | null }> {
  const query = db
    .collectionGroup('workflows')
    .where('activeTrigger', '==', kind)
    .orderBy('__name__')
    .limit(limit);
  const page = after === undefined ? query : query.startAfter(db.doc(after));
  const { docs } = await meter.trip(() => page.get());
  meter.reads += Math.max(1, docs.length);
  const found = docs.flatMap((doc) => {
    const orgId = doc.ref.parent.parent?.id;
    const workflow = parseStored(workflows, doc);
    return orgId === undefined || workflow === undefined ? [] : [{ orgId, workflow }];
  });
  const last = docs.length === limit ? docs.at(-1) : undefined;
  return { found, next: last?.ref.path ?? null };
}
