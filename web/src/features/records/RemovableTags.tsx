import { Icon } from '../../ui/Icon.tsx';

interface RemovableTagsProps {
  readonly tags: readonly string[];
  readonly isChangeable: boolean;
  readonly onRemove: (tag: string) => void;
}

/** The tags of a record, each with a way to take it off. */
export function RemovableTags({ tags, isChangeable, onRemove }: RemovableTagsProps) {
  return (
    <ul className="tags">
      {tags.map((tag) => (
        <li key={tag} className="tag">
          {tag}
          {isChangeable && (
            <button
              className="tags__remove"
              type="button"
              aria-label={`Remove the tag ${tag}`}
              onClick={() => onRemove(tag)}
            >
              <Icon name="close" size={12} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
