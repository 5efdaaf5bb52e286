import type { Collection, Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import { externalIdValue } from '../claims/claims.public.ts';
import type { MergeableRecord } from './owned-type.ts';

/** Whose value a field has after a merge. */
export type MergeChoice = 'this' | 'other';

/**
 * Single values after a merge: of the record that was chosen; without a choice this one's, or the
 * other's where this one has none.
 */
export function chooseFields<T extends object, K extends keyof T>(
  mine: T,
  other: T,
  fields: readonly K[],
  choices: { readonly [F in K]?: MergeChoice | undefined },
): Pick<T, K> {
  const chosen = fields.map((field) => {
    const choice = choices[field];
    if (choice === undefined) return [field, mine[field] ?? other[field]];
    return [field, choice === 'this' ? mine[field] : other[field]];
  });
  // Each key of K has its value of one of the two records.
  return Object.fromEntries(chosen) as Pick<T, K>;
}

/** The values of several lists, each once, in order. */
export function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

/** What two records have several of, put together: where both have a custom field, this one's stays. */
export function joinRecords(mine: MergeableRecord, other: Stored<MergeableRecord>) {
  const externalIds = [...mine.externalIds, ...other.externalIds];
  return {
    tags: union(mine.tags, other.tags),
    externalIds: [...new Map(externalIds.map((id) => [externalIdValue(id), id])).values()],
    customFields: { ...other.customFields, ...mine.customFields },
    mergedFrom: union(mine.mergedFrom, [other.id], other.mergedFrom),
  };
}

/** Refuses a merge whose result has more of something than a record can. @throws AppError failed-precondition */
export function requireFits<T extends object>({ schema }: Collection<T>, merged: Stored<T>): void {
  const { id: _, ...fields } = merged;
  const issue = schema.safeParse(fields).error?.issues[0];
  if (issue === undefined) return;
  const field = issue.path.map(String).join('.');
  throw new AppError(
    'failed-precondition',
    `${field}: the two together have more than one record can; take some off one of them first`,
    { field },
  );
}
