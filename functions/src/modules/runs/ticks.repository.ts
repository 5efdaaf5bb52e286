import { z } from 'zod';
import { type Collection, orgCollection } from '../../platform/collection.ts';

const tickSchema = z.strictObject({
  /** Everything until then has been looked at. */
  until: z.date(),
  /** What is being looked at, page by page, on the occasion of a time. */
  occasion: z.date().nullable(),
  cursor: z.string().nullable(),
});
export type Tick = z.infer<typeof tickSchema>;

/** How far the clock's workflows have been looked after, `orgs/{orgId}/workflowTicks/{workflowId}`. */
export const workflowTicks: Collection<Tick> = orgCollection('workflowTicks', 'Tick', tickSchema);
