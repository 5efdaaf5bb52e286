interface Binnable {
  readonly deletedAt: Date | null;
}

/** `note.created`, `note.deleted` or `note.restored` and the like, when that is what happened. */
export function nameBinChange(
  recordType: string,
  before: Binnable | undefined,
  after: Binnable,
): string | undefined {
  if (before === undefined) return `${recordType}.created`;
  if (before.deletedAt === null && after.deletedAt !== null) return `${recordType}.deleted`;
  if (before.deletedAt !== null && after.deletedAt === null) return `${recordType}.restored`;
  return undefined;
}
