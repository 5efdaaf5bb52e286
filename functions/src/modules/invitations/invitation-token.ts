import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { idSchema } from '../../platform/text.schema.ts';

/** Which mail of which invitation a token belongs to. */
export interface Sending {
  readonly orgId: string;
  readonly invitationId: string;
  readonly sendings: number;
}

/**
 * The token in the mail of an invitation, `organisation.invitation.proof`. It is derived, not
 * drawn: a mail that is sent twice, because the first attempt was killed before it was noted,
 * carries the same token both times.
 */
export function invitationToken(key: string, { orgId, invitationId, sendings }: Sending): string {
  const proof = createHmac('sha256', key)
    .update(`${orgId}/${invitationId}/${sendings}`)
    .digest('base64url');
  return `${orgId}.${invitationId}.${proof}`;
}

/** What is stored of a token: of no use to whoever reads the database. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** True when the token is the one whose hash is stored. */
export function matchesHash(token: string, tokenHash: string): boolean {
  const given = Buffer.from(hashToken(token));
  const stored = Buffer.from(tokenHash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}

/** Where the invitation of a token is, or undefined when the text is no token of ours. */
export function locateInvitation(
  token: string,
): { readonly orgId: string; readonly invitationId: string } | undefined {
  const [orgId, invitationId, proof, ...rest] = token.split('.');
  if (proof === undefined || rest.length > 0) return undefined;
  const ids = [idSchema.safeParse(orgId).data, idSchema.safeParse(invitationId).data];
  return ids[0] === undefined || ids[1] === undefined
    ? undefined
    : { orgId: ids[0], invitationId: ids[1] };
}
