import { z } from 'zod';
import { idSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';
import { recordTypeSchema } from '../access/access.schema.ts';
import { eventPayloadSchema } from './event-payload.schema.ts';

const typeSchema = z.string().regex(/^[a-z][a-zA-Z0-9_.-]{0,127}$/, {
  error: 'must be a type of event such as deal.won',
});
/** A person, an API key, a workflow, or a part of the system such as `system:purge`. */
const actorSchema = z.string().regex(/^[A-Za-z0-9_:-]{1,128}$/, {
  error: 'must be the id of a person, or another actor as events name it',
});

/** Which events to list, the latest first; all filters must hold, and `to` is not in the range. */
export const feedQuerySchema = z.strictObject({
  type: typeSchema.optional(),
  actor: actorSchema.optional(),
  ownerId: idSchema.optional(),
  recordType: recordTypeSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type FeedQuery = z.infer<typeof feedQuerySchema>;

export const feedSchema = z.object({
  events: z.array(eventPayloadSchema),
  nextCursor: z.string().nullable(),
});
export type Feed = z.infer<typeof feedSchema>;
