import type { Stage } from './stages.schema.ts';

/** What can happen to a stage. */
export const stageEventTypes = [
  'stage.created',
  'stage.deleted',
  'stage.closing',
  'stage.renamed',
  'stage.reordered',
  'stage.updated',
] as const;
export type StageEventType = (typeof stageEventTypes)[number];

/** Names what happened to a stage between two of its states. */
export function nameStageChanges(before: Stage | undefined, after: Stage): StageEventType[] {
  if (before === undefined) return ['stage.created'];
  if (before.deletedAt === null && after.deletedAt !== null) return ['stage.deleted'];
  const names: StageEventType[] = [];
  if (before.closing === null && after.closing !== null) names.push('stage.closing');
  if (before.name !== after.name) names.push('stage.renamed');
  if (before.sortOrder !== after.sortOrder) names.push('stage.reordered');
  return names.length === 0 ? ['stage.updated'] : names;
}
