import { planVersionSchema } from '@splitline/functions/contracts';
import { z } from 'zod';

/** What the page reads of the answers about plans. */
const planShape = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  latestVersion: z.int(),
  archivedAt: z.string().nullable(),
};

const versionSchema = z.object({
  ...planVersionSchema.pick({
    number: true,
    currency: true,
    rules: true,
    capMinor: true,
    floorMinor: true,
    assignment: true,
  }).shape,
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
  publishedAt: z.string(),
});
export type PlanVersion = z.infer<typeof versionSchema>;

export const planListSchema = z.object({ plans: z.array(z.object(planShape)) });

export const planSchema = z.object({ ...planShape, versions: z.array(versionSchema) });
export type Plan = z.infer<typeof planSchema>;

export const teamListSchema = z.object({
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type NamedTeam = z.infer<typeof teamListSchema>['teams'][number];
