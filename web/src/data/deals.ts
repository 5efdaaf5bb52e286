import {
  appointmentViewSchema,
  previewAnswerSchema,
  restatementViewSchema,
} from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Rest, Schema } from './port.ts';
import { refusal } from './refusal.ts';

/** What the page of a deal reads of the answers about it; what else they carry is left out. */
export const dealVersionSchema = z.object({ id: z.string(), version: z.int() });

export const namedCompanySchema = z.object({ id: z.string(), name: z.string() });

export const appointmentListSchema = z.object({ appointments: z.array(appointmentViewSchema) });

const runSchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  status: z.enum(['queued', 'running', 'waiting', 'done', 'stopped', 'failed']),
  createdAt: z.string(),
});
export type DealRun = z.infer<typeof runSchema>;
export const dealRunListSchema = z.object({ runs: z.array(runSchema) });

export const workflowNamesSchema = z.object({
  workflows: z.array(z.object({ id: z.string(), name: z.string() })),
});

export { previewAnswerSchema, restatementViewSchema };

/** Asks what would be; the question has a body, and nothing is changed by it. */
export async function ask<T>(
  rest: Rest,
  path: string,
  schema: Schema<T>,
  question: object,
): Promise<T> {
  const parsed = schema.safeParse(await rest.send('POST', path, question));
  if (parsed.success) return parsed.data;
  throw refusal('The answer is not as this page expects it. Reload the page.');
}
