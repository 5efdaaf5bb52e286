import type { StatusWords } from './webhook-words.ts';

/** A status in a word, with the colour that it has everywhere. */
export function StatusTag({ words: { name, tone } }: { readonly words: StatusWords }) {
  return (
    <span className="tag webhook__status" data-tone={tone}>
      {name}
    </span>
  );
}
