import { type FormEvent, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { type OwnedView, readAnswer } from '../../data/records.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import type { Kind } from './kinds.ts';
import { splitList } from './names.ts';
import { RemovableTags } from './RemovableTags.tsx';

interface TagsSectionProps<T extends OwnedView> {
  readonly rest: Rest;
  readonly kind: Kind<T>;
  readonly record: T;
  readonly isChangeable: boolean;
  readonly show: (record: T) => void;
}

/** The tags of a record: added by typing, taken off by their button. */
export function TagsSection<T extends OwnedView>(props: TagsSectionProps<T>) {
  const { rest, kind, record, isChangeable, show } = props;
  const [text, setText] = useState('');
  const { save, problem } = useSaving(async (change: { add?: string[]; remove?: string[] }) => {
    const answer = await rest.send('POST', `${kind.api}/${record.id}/tags`, change);
    show(readAnswer(kind.schema, answer));
  });
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const tags = splitList(text);
    if (tags.length > 0 && (await save({ add: tags }))) setText('');
  };
  return (
    <section className="side-panel__section" aria-label="Tags">
      <h3>Tags</h3>
      {record.tags.length === 0 && !isChangeable && <p className="soft">None</p>}
      <RemovableTags
        tags={record.tags}
        isChangeable={isChangeable}
        onRemove={(tag) => void save({ remove: [tag] })}
      />
      {isChangeable && (
        <form className="records__adder" onSubmit={(event) => void add(event)}>
          <input
            className="input"
            aria-label="New tag"
            placeholder="New tag"
            maxLength={50}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <button className="button" type="submit">
            Add tag
          </button>
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
