import { newSubscriptionSchema } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Webhook } from '../../data/webhooks.ts';

const { shape } = newSubscriptionSchema;

const headerSchema = z.object({ name: z.string().trim(), value: z.string().trim() });
export type HeaderInput = z.infer<typeof headerSchema>;

/** What stands in the form. Choices that are not made are empty texts. */
export const webhookFormSchema = z.object({
  url: z
    .string()
    .trim()
    .min(1, { error: 'Enter the address that events are sent to.' })
    .pipe(shape.url),
  description: z.string().trim().max(500, { error: 'Use at most 500 characters.' }),
  types: z
    .array(z.string())
    .min(1, { error: 'Choose at least one type of event.' })
    .pipe(shape.types),
  teamId: z.string(),
  ownerId: z.string(),
  /** The headers that are there stay. */
  keepsHeaders: z.boolean(),
  headers: z.array(headerSchema).superRefine(checkHeaders),
});
export type WebhookInput = z.input<typeof webhookFormSchema>;
export type WebhookFields = z.output<typeof webhookFormSchema>;

/** The form of a webhook; an empty one without it. */
export function inputOf(webhook: Webhook | undefined): WebhookInput {
  return {
    url: webhook?.url ?? '',
    description: webhook?.description ?? '',
    types: [...(webhook?.types ?? [])],
    teamId: webhook?.filters.teamId ?? '',
    ownerId: webhook?.filters.ownerId ?? '',
    // What is stored is never shown again, so it can only be replaced as a whole.
    keepsHeaders: webhook !== undefined && webhook.headerNames.length > 0,
    headers: [],
  };
}

/** What is sent to make a webhook of the fields, or to change the one that is there. */
export function bodyOf(fields: WebhookFields, webhook: Webhook | undefined): object {
  const { url, description, types, teamId, ownerId, keepsHeaders, headers } = fields;
  const recordType = webhook?.filters.recordType ?? null;
  const named = headers.filter(({ name, value }) => name !== '' || value !== '');
  return {
    ...{ url, description, types },
    ...(webhook === undefined ? {} : { version: webhook.version }),
    filters: { recordType, teamId: teamId || null, ownerId: ownerId || null },
    ...(keepsHeaders
      ? {}
      : { headers: Object.fromEntries(named.map(({ name, value }) => [name, value])) }),
  };
}

/** A header is checked as the server would; an empty line is none. */
function checkHeaders(headers: HeaderInput[], ctx: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { name, value }] of headers.entries()) {
    if (name === '' && value === '') continue;
    const refuse = (key: keyof HeaderInput, message: string) =>
      ctx.addIssue({ code: 'custom', path: [index, key], message });
    if (seen.has(name.toLowerCase())) refuse('name', 'This header is there twice.');
    seen.add(name.toLowerCase());
    if (!isHeader(name, 'x')) refuse('name', 'Write the name of a header, such as X-Api-Key.');
    else if (!isHeader(name, value)) refuse('value', 'Use 1 to 1,000 visible ASCII characters.');
  }
}

function isHeader(name: string, value: string): boolean {
  return shape.headers.safeParse({ [name]: value }).success;
}
