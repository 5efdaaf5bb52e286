import { z } from 'zod';

export const roleSchema = z.enum(['admin', 'manager', 'rep']);
export type Role = z.infer<typeof roleSchema>;

export const scopeSchema = z.enum(['read:crm', 'write:crm']);
export type Scope = z.infer<typeof scopeSchema>;

/**
 * Who acts: a person with a current membership of an organisation; an API key, which acts as a
 * service user (`uid` is then `key_…`) within its scopes; or a workflow of the organisation
 * (`workflow_…`), which administrators made and which acts with their rights.
 */
export interface Principal {
  readonly kind: 'user' | 'apiKey' | 'automation';
  readonly orgId: string;
  readonly uid: string;
  readonly role: Role;
  readonly teamId: string | null;
  readonly managedTeamIds: readonly string[];
  readonly scopes: readonly Scope[];
}

/** What of a record decides who may see or change it. */
export interface Audience {
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly participantIds: readonly string[];
}
