import { z } from 'zod';

/** A mail to administrators that waits to be sent, `orgs/{orgId}/disablingNotices/{id}`. */
export const disablingNoticeSchema = z.strictObject({
  subscriptionId: z.string(),
  url: z.string(),
  reason: z.enum(['gone', 'failing']),
  nextSendAt: z.date(),
  attempts: z.int().min(0),
  sentTo: z.array(z.string()).max(100),
});
export type DisablingNotice = z.infer<typeof disablingNoticeSchema>;
