import { z } from 'zod';
import { idSchema } from '../../platform/text.schema.ts';

const inboxProviderSchema = z.enum(['stripe', 'twilio']);
export type InboxProvider = z.infer<typeof inboxProviderSchema>;

/**
 * `pending`: to be processed, perhaps again; `processed`: its effects are committed; `ignored`:
 * nobody handles its type; `failed`: for a person to look at, and `error` says why.
 */
const inboxStatusSchema = z.enum(['pending', 'processed', 'ignored', 'failed']);

/** A provider's verified delivery, `inbox/{provider}_{eventId}`. Of its content it holds what handlers need. */
export const inboxEntrySchema = z.strictObject({
  provider: inboxProviderSchema,
  eventId: idSchema,
  type: z.string().min(1).max(100),
  /** When it happened, by the provider's clock. */
  occurredAt: z.date(),
  livemode: z.boolean(),
  /** The provider's sub-account that it happened on; null for the platform's own. */
  account: z.string().nullable(),
  /** The organisation that its content names, which is not checked here. */
  orgId: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
  status: inboxStatusSchema,
  attempts: z.int().min(0),
  error: z.string().nullable(),
  receivedAt: z.date(),
  /** When the sweep takes it up; null once nothing is left to do. */
  dueAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  /** When it may be removed; null keeps it, as all are that somebody has to look at. */
  expiresAt: z.date().nullable(),
});
export type InboxEntry = z.infer<typeof inboxEntrySchema>;

/** A verified delivery that is to be stored. */
export type Delivery = Pick<
  InboxEntry,
  'provider' | 'eventId' | 'type' | 'occurredAt' | 'livemode' | 'account' | 'payload'
>;
