import { z } from 'zod';
import { audienceShape, causeSchema } from '../../platform/record.schema.ts';

/** The fields that changed, as Firestore holds them; a field that was or is absent is left out. */
const changedFieldsSchema = z.record(z.string(), z.unknown());

/**
 * One change of one record, `orgs/{orgId}/events/{recordId}_{version}`; immutable. Its audience
 * is the team after the change and the participants on either side of it.
 */
export const eventSchema = z.strictObject({
  ...audienceShape,
  participantIds: z.array(z.string()).max(200),
  recordType: z.string(),
  recordId: z.string(),
  /** The record's version that the change made; 0 for what was reported and changed nothing. */
  version: z.int().min(0),
  types: z.array(z.string()).min(1),
  actor: z.string(),
  at: z.date(),
  before: changedFieldsSchema,
  after: changedFieldsSchema,
  cause: causeSchema.nullable(),
  /** True when the sweep found the change that a lost trigger had left unrecorded. */
  recovered: z.boolean(),
  /** The SHA-256 of the fields above, by which an altered event is found out. */
  digest: z.string(),
  /** When Firestore took the event in: the order of the stream. It stamps it with the commit. */
  recordedAt: z.date().optional(),
});
export type Event = z.infer<typeof eventSchema>;

/** An event before it is stored. */
export type EventContent = Omit<Event, 'digest' | 'recordedAt'>;

/**
 * The id of something that was reported about a record, `orgs/{orgId}/events/{recordId}_c_{id}`:
 * it stands beside the versions, which stay without gaps.
 */
export function reportedEventId(recordId: string, id: string): string {
  return `${recordId}_c_${id}`;
}

/** The event's id follows from the record and its version: that is what makes recording it repeatable. */
export function eventId(recordId: string, version: number): string {
  return `${recordId}_${version}`;
}
