import { z } from 'zod';
import { idSchema } from '../../platform/text.schema.ts';

/** What a caller may do to a record; each has its row in the policy. */
export const operationSchema = z.enum(['read', 'create', 'update', 'move', 'assign', 'delete']);
export type Operation = z.infer<typeof operationSchema>;

/** The kinds of record that access is decided on. */
export const recordTypeSchema = z.enum([
  'org',
  'user',
  'team',
  'invitation',
  'apiKey',
  'stage',
  'fieldSet',
  'deal',
  'contact',
  'company',
  'lead',
  'note',
  'task',
  'activity',
  'appointment',
  'conversation',
  'message',
  'notification',
  'event',
  'subscription',
  'job',
  'plan',
  'ledger',
  'split',
  'dispute',
  'adjustment',
  'payout',
  'period',
  'workflow',
  'run',
]);
export type RecordType = z.infer<typeof recordTypeSchema>;

/** Which decision an administrator wants explained. */
export const explainSchema = z.strictObject({
  userId: idSchema,
  recordType: recordTypeSchema,
  recordId: idSchema,
  operation: operationSchema,
});
export type Explain = z.infer<typeof explainSchema>;

export const relationSchema = z.enum(['any', 'managed', 'owned', 'involved']);
