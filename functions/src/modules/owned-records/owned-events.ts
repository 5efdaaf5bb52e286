import { nameTagChanges } from '../tags/tags.public.ts';
import type { OwnedRecord, OwnedTypeName } from './owned-type.ts';

/**
 * Names what happened to an owned record between two states, most telling first: `contact.created`,
 * `contact.deleted`, `contact.restored`, `contact.reassigned`, `contact.tag_added`,
 * `contact.tag_removed`, and those in `special`; `contact.updated` when nothing else fits.
 */
export function nameOwnedChanges(
  recordType: OwnedTypeName,
  before: OwnedRecord | undefined,
  after: OwnedRecord,
  special: readonly string[] = [],
): string[] {
  if (before === undefined) return [`${recordType}.created`];
  const verbs = [
    ...special,
    ...(before.deletedAt === null && after.deletedAt !== null ? ['deleted'] : []),
    ...(before.deletedAt !== null && after.deletedAt === null ? ['restored'] : []),
    ...(before.ownerId === after.ownerId ? [] : ['reassigned']),
    ...nameTagChanges(before.tags, after.tags),
  ];
  return (verbs.length === 0 ? ['updated'] : verbs).map((verb) => `${recordType}.${verb}`);
}
