const MAX_SHOWN = 3;

/** The first tags of a record, for a line in a list. */
export function TagList({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="tags">
      {tags.slice(0, MAX_SHOWN).map((tag) => (
        <span key={tag} className="tag">
          {tag}
        </span>
      ))}
      {tags.length > MAX_SHOWN && <span className="tag">+{tags.length - MAX_SHOWN}</span>}
    </span>
  );
}
