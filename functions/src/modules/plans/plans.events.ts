import type { Plan } from './plans.schema.ts';

/** What can happen to a compensation plan. */
export const planEventTypes = [
  'plan.created',
  'plan.archived',
  'plan.version_published',
  'plan.updated',
] as const;
export type PlanEventType = (typeof planEventTypes)[number];

/** Names what happened to a plan between two of its states. */
export function namePlanChanges(before: Plan | undefined, after: Plan): PlanEventType[] {
  if (before === undefined) return ['plan.created'];
  if (before.archivedAt === null && after.archivedAt !== null) return ['plan.archived'];
  if (before.versions !== after.versions) return ['plan.version_published'];
  return ['plan.updated'];
}
