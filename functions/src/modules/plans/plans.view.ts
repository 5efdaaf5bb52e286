import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { type Plan, type PlanVersion, planVersionSchema } from './plans.schema.ts';

const { number, currency, rules, capMinor, floorMinor, assignment } = planVersionSchema.shape;

/** What a version pays, whoever looks at it. */
const ratesShape = {
  number,
  currency,
  rules,
  capMinor,
  floorMinor,
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
};

/** A version as those see it who administer plans: with whom it is for. */
const planVersionViewSchema = z
  .object({ ...ratesShape, assignment, publishedAt: z.string(), publishedBy: z.string() })
  .openapi('PlanVersion');
type PlanVersionView = z.infer<typeof planVersionViewSchema>;

/** A plan without its terms. */
const planShape = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  latestVersion: z.int(),
  archivedAt: z.string().nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
};
export const planViewSchema = z.object(planShape).openapi('Plan');

/** A plan with its versions, the latest first. */
export const planWithVersionsSchema = z
  .object({ ...planShape, versions: z.array(planVersionViewSchema) })
  .openapi('PlanWithVersions');

/** The version of a plan that somebody earns by, without whom else it is for. */
export const ownPlanSchema = z
  .object({
    planId: z.string(),
    planName: z.string(),
    component: z.enum(['split', 'override']),
    ...ratesShape,
  })
  .openapi('OwnPlan');

/** What the `/api` door shows of a plan. */
export function toPlanView(plan: Stored<Plan>): z.infer<typeof planViewSchema> {
  return {
    ...{ id: plan.id, name: plan.name, description: plan.description, version: plan.version },
    latestVersion: plan.versions,
    archivedAt: plan.archivedAt?.toISOString() ?? null,
    createdAt: plan.createdAt.toISOString(),
    updatedAt: plan.updatedAt.toISOString(),
  };
}

/** What the `/api` door shows of a plan's version. */
export function toPlanVersionView(version: PlanVersion): PlanVersionView {
  return {
    ...ratesOf(version),
    assignment: version.assignment,
    publishedAt: version.publishedAt.toISOString(),
    publishedBy: version.publishedBy,
  };
}

/** What somebody sees of the version that they earn by. */
export function toOwnPlan({
  component,
  version,
}: {
  readonly component: 'split' | 'override';
  readonly version: PlanVersion;
}): z.infer<typeof ownPlanSchema> {
  const { planId, planName } = version;
  return { planId, planName, component, ...ratesOf(version) };
}

function ratesOf(version: PlanVersion) {
  return {
    ...{ number: version.number, currency: version.currency, rules: version.rules },
    ...{ capMinor: version.capMinor, floorMinor: version.floorMinor },
    effectiveFrom: version.effectiveFrom.toISOString(),
    effectiveTo: version.effectiveTo?.toISOString() ?? null,
  };
}
