import { z } from 'zod';
import { idSchema } from '../../platform/text.schema.ts';

/** One document holds the book: about a megabyte of settings. */
export const MAX_LISTENERS = 200;

/** What can listen: a workflow that is active, or somebody's subscription to webhooks. */
export const listenerKindSchema = z.enum(['workflow', 'subscription']);
export type ListenerKind = z.infer<typeof listenerKindSchema>;

/**
 * The types of event listened to: one of them such as `deal.won`, all of a record's with
 * `deal.*`, or `*` for every event there is.
 */
export const eventPatternSchema = z
  .string()
  .max(128)
  .regex(/^(\*|[a-z][a-zA-Z]*\.(\*|[a-z][a-z0-9_.-]*))$/, {
    error:
      'must be a type of event such as deal.won, deal.* for all of a kind, or * for all events',
  });

/** Somebody who reacts to events, as the book has it. */
export const listenerSchema = z.strictObject({
  id: idSchema,
  kind: listenerKindSchema,
  types: z.array(eventPatternSchema).min(1).max(100),
  /** What its kind decides on; read by that kind alone. */
  settings: z.record(z.string(), z.unknown()),
});
export type Listener = z.infer<typeof listenerSchema>;

/**
 * Everybody who reacts to events of an organisation now, `orgs/{orgId}/listenerBooks/current`: one
 * read for each event, however many listen.
 */
export const listenerBookSchema = z.strictObject({
  listeners: z.array(listenerSchema).max(MAX_LISTENERS),
});
export type ListenerBook = z.infer<typeof listenerBookSchema>;
