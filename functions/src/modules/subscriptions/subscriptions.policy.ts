import { checkTarget, TargetRefusal } from '../../integrations/webhook/webhook-target.ts';
import { AppError } from '../../platform/errors.ts';
import { webhookTargets } from '../../platform/params.ts';
import type { Audience } from '../../platform/principal.schema.ts';
import type { SubscriptionFilters, SubscriptionSecrets } from './subscriptions.schema.ts';

/** Headers of the connection, and those by which a receiver tells what we have sent. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate'],
  ...['proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'via'],
  ...['host', 'content-length', 'content-type', 'content-encoding', 'http2-settings'],
]);
const RESERVED_PREFIXES = ['webhook-', 'proxy-', 'sec-', 'x-forwarded-'];

/** @throws AppError invalid-argument: field url */
export function requireTarget(url: string): void {
  try {
    checkTarget(url, webhookTargets());
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    throw new AppError('invalid-argument', `url: ${error.message}`, { field: 'url', cause: error });
  }
}

/** @throws AppError invalid-argument: field headers.<name> */
export function requireOwnHeaders(headers: Readonly<Record<string, string>>): void {
  const seen = new Set<string>();
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase();
    const field = `headers.${name}`;
    if (RESERVED_HEADERS.has(lower) || RESERVED_PREFIXES.some((each) => lower.startsWith(each))) {
      throw new AppError('invalid-argument', `${field}: is set by us; leave it out`, { field });
    }
    if (seen.has(lower)) {
      throw new AppError('invalid-argument', `${field}: is there twice; give it once`, { field });
    }
    seen.add(lower);
  }
}

/** True when the filters let an event of this type of record and audience through. */
export function passesFilters(
  { recordType, teamId, ownerId }: SubscriptionFilters,
  event: Audience & { readonly recordType: string },
): boolean {
  return (
    (recordType == null || recordType === event.recordType) &&
    (teamId == null || teamId === event.teamId) &&
    (ownerId == null || ownerId === event.ownerId)
  );
}

/** The secrets that are valid at a time, the newest first. */
export function validSecrets({ current, previous }: SubscriptionSecrets, now: Date): string[] {
  return previous !== null && previous.until > now ? [current, previous.secret] : [current];
}
