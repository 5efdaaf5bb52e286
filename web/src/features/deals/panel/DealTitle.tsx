import type { Deal } from '@splitline/functions/contracts';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Stored, WorkspaceData } from '../../../data/port.ts';
import { toProblem } from '../../../data/problem.ts';
import { useNotices } from '../../../ui/Toasts.tsx';
import { fitToText } from './InlineText.tsx';

interface DealTitleProps {
  readonly data: WorkspaceData;
  readonly deal: Stored<Deal>;
  readonly isChangeable: boolean;
}

const MAX_TITLE_LENGTH = 300;

/** The title, edited where it stands: Enter or leaving it saves, Escape takes it back. */
export function DealTitle({ data, deal, isChangeable }: DealTitleProps) {
  const { warn, announce } = useNotices();
  // Undefined while nobody types: then the live title shows.
  const [draft, setDraft] = useState<string>();
  const input = useRef<HTMLTextAreaElement>(null);
  const shown = draft ?? deal.title;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => fitToText(input.current), [shown]);

  const save = async (title: string) => {
    try {
      await data.renameDeal(deal.id, title);
      announce('The title is saved.');
    } catch (error) {
      warn(`The title was not saved. ${toProblem(error).message}`);
    }
  };
  const commit = () => {
    const title = (draft ?? '').replaceAll(/\s+/g, ' ').trim();
    setDraft(undefined);
    if (title !== '' && title !== deal.title) void save(title);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && draft !== undefined) {
      // The panel stays: this Escape was for the draft.
      event.preventDefault();
      setDraft(undefined);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      commit();
    }
  };
  if (!isChangeable) return <h2 className="deal-title">{deal.title}</h2>;
  return (
    <h2 className="deal-title">
      <textarea
        ref={input}
        className="deal-title__input"
        aria-label="Title"
        rows={1}
        maxLength={MAX_TITLE_LENGTH}
        value={shown}
        onChange={(event: FormEvent<HTMLTextAreaElement>) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </h2>
  );
}
