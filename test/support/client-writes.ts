import { increment, serverTimestamp, Timestamp } from 'firebase/firestore';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { dealOf } from './deals.ts';

/** An id as a client must give a record that it creates directly: the random id of its SDK, marked. */
export function newDirectId(): string {
  const random = Array.from({ length: 20 }, () => Math.floor(Math.random() * 36).toString(36));
  return `direct-${random.join('')}`;
}

/** A new deal as the web client writes it, straight through the rules, with `fields` put in. */
export function newDealBy(
  owner: Pick<Principal, 'uid' | 'teamId'>,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    ...dealOf(owner),
    ...{ createdAt: serverTimestamp(), updatedAt: serverTimestamp() },
    // Derived by the server: rules can check neither their words nor their types.
    searchTokens: [],
    ...fields,
  };
}

/** The bookkeeping of a direct edit, with the edited `fields`. */
export function editBy(
  { uid }: Pick<Principal, 'uid'>,
  fields: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    ...{ version: increment(1), updatedAt: serverTimestamp(), updatedBy: uid, cause: null },
    ...fields,
  };
}

/** A day as deals store it. */
export function midnight(day: string): Timestamp {
  return Timestamp.fromDate(new Date(`${day}T00:00:00.000Z`));
}
