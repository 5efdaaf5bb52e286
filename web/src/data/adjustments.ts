import { adjustmentViewSchema } from '@splitline/functions/contracts';
import { z } from 'zod';

/** A page of adjustments, and how to ask for the one after it. */
export const adjustmentListSchema = z
  .object({ adjustments: z.array(adjustmentViewSchema), nextCursor: z.string().nullable() })
  .transform(({ adjustments, nextCursor }) => ({
    records: adjustments,
    next: nextCursor === null ? undefined : { cursor: nextCursor },
  }));
