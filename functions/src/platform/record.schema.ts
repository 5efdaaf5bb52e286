import { z } from 'zod';

/** What made a change happen, when another event did: the chain that loop limits are checked on. */
export const causeSchema = z.strictObject({
  eventId: z.string(),
  chain: z.array(z.string()).max(64),
  depth: z.int().min(1),
});
export type Cause = z.infer<typeof causeSchema>;

/**
 * The bookkeeping of every versioned record. `version` rises by exactly one with each accepted
 * write; `updatedBy` is the uid, API key or system job that made that write.
 */
export const recordShape = {
  version: z.int().min(1),
  createdAt: z.date(),
  createdBy: z.string(),
  updatedAt: z.date(),
  updatedBy: z.string(),
  cause: causeSchema.nullable(),
};

/** The bookkeeping fields, which are no change of their own. */
export const recordFields = [
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'cause',
] as const;

/** Who is concerned by a record: what visibility is decided on. */
export const audienceShape = {
  ownerId: z.string().nullable(),
  teamId: z.string().nullable(),
  participantIds: z.array(z.string()).max(100),
};
