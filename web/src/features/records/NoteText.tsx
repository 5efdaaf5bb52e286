import type { NoteView, User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';
import { partsOf } from './mentions.ts';
import './mentions.css';

interface NoteTextProps {
  readonly note: Pick<NoteView, 'text' | 'mentions'>;
  readonly people: ReadonlyMap<string, Stored<User>>;
}

/** What a note says; whom it mentions stands out. */
export function NoteText({ note: { text, mentions }, people }: NoteTextProps) {
  const named = mentions.flatMap((uid) => people.get(uid) ?? []);
  let at = 0;
  return (
    <p className="notes__text">
      {partsOf(text, named).map((part) => {
        const key = at;
        at += part.text.length;
        return part.uid === undefined ? (
          part.text
        ) : (
          <span key={key} className="mention">
            {part.text}
          </span>
        );
      })}
    </p>
  );
}
