import { AppError } from '../../platform/errors.ts';
import { MAX_TAGS, type TagChange } from './tags.schema.ts';

/**
 * A record's tags after some were added and some removed; a tag in both lists is removed.
 * @throws AppError invalid-argument: field add
 */
export function changeTags(
  tags: readonly string[],
  { add = [], remove = [] }: TagChange,
): string[] {
  const changed = [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag));
  if (changed.length <= MAX_TAGS) return changed;
  throw new AppError(
    'invalid-argument',
    `add: a record has at most ${MAX_TAGS} tags, this would make ${changed.length}; remove some first`,
    { field: 'add' },
  );
}

/** What happened to a record's tags: `tag_added`, `tag_removed`. */
export function nameTagChanges(
  before: readonly string[],
  after: readonly string[],
): ('tag_added' | 'tag_removed')[] {
  const isAdded = after.some((tag) => !before.includes(tag));
  const isRemoved = before.some((tag) => !after.includes(tag));
  return [
    ...(isAdded ? (['tag_added'] as const) : []),
    ...(isRemoved ? (['tag_removed'] as const) : []),
  ];
}
