import type { Deal } from '@splitline/functions/contracts';
import { type FormEvent, useState } from 'react';
import type { Stored } from '../../../data/port.ts';
import { splitList } from '../../records/names.ts';
import { RemovableTags } from '../../records/RemovableTags.tsx';
import type { ChangeDeal } from './useDealChange.ts';
import { useQuickChange } from './useQuickChange.ts';

interface DealTagsProps {
  readonly deal: Stored<Deal>;
  readonly isChangeable: boolean;
  readonly change: ChangeDeal;
}

/** The tags of a deal: added by typing, taken off by their button. */
export function DealTags({ deal: { tags }, isChangeable, change }: DealTagsProps) {
  const [text, setText] = useState('');
  const { quick, problem } = useQuickChange(change);
  if (tags.length === 0 && !isChangeable) return null;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const added = splitList(text);
    if (added.length === 0) return;
    const isAdded = await quick((deal) => ({ tags: [...new Set([...deal.tags, ...added])] }));
    if (isAdded) setText('');
  };
  return (
    <section className="deal__tags" aria-label="Tags">
      <RemovableTags
        tags={tags}
        isChangeable={isChangeable}
        onRemove={(tag) =>
          void quick((deal) => ({ tags: deal.tags.filter((other) => other !== tag) }))
        }
      />
      {isChangeable && (
        <form className="deal__tag-form" onSubmit={(event) => void add(event)}>
          <input
            className="inline-field__input"
            aria-label="New tag"
            placeholder="Add a tag"
            maxLength={50}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </form>
      )}
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </section>
  );
}
