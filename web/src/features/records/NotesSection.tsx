import type { NoteView, User } from '@splitline/functions/contracts';
import { type FormEvent, useCallback, useState } from 'react';
import type { Query, Rest, Stored } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { noteListSchema } from '../../data/records.ts';
import { usePages } from '../../data/usePages.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { MentionInput } from './MentionInput.tsx';
import { mentionedIn } from './mentions.ts';
import { NoteText } from './NoteText.tsx';
import { SectionState } from './SectionState.tsx';
import type { Subject } from './subject.ts';

interface NotesSectionProps {
  readonly rest: Rest;
  readonly subject: Subject;
  readonly member: Stored<User>;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly onChange: () => void;
}

/** What people wrote about a record, newest first. */
export function NotesSection({ rest, subject, member, people, onChange }: NotesSectionProps) {
  const { recordType, recordId } = subject;
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/notes', noteListSchema, { recordType, recordId, limit: '20', ...at }),
      [rest, recordType, recordId],
    ),
  );
  const { warn, offer } = useNotices();
  const done = () => {
    onChange();
    if (list.status !== 'loading') list.reload();
  };
  const command = async (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => {
    try {
      await rest.send(method, `/api/notes/${path}`, body);
      return true;
    } catch (error) {
      warn(`The note was not changed. ${toProblem(error).message}`);
      return false;
    } finally {
      done();
    }
  };
  const remove = async ({ id }: NoteView) => {
    if (!(await command('DELETE', id))) return;
    const run = () => void command('POST', `${id}/restore`);
    offer('The note was deleted.', { label: 'Undo', run });
  };
  return (
    <section className="side-panel__section" aria-label="Notes">
      <h3>Notes</h3>
      <AddNote rest={rest} subject={subject} people={people} onAdded={done} />
      <SectionState list={list} what="notes" empty="Nobody has written a note yet." />
      {list.status === 'ready' && (
        <>
          <ul className="notes">
            {list.value.records.map((note) => (
              <li key={note.id} className="notes__note" data-pinned={note.pinned}>
                <NoteText note={note} people={people} />
                <div className="notes__foot">
                  <span className="soft small">
                    {note.pinned && 'Pinned · '}
                    {people.get(note.authorId)?.name ?? 'Somebody'}, <Moment at={note.createdAt} />
                  </span>
                  {(note.authorId === member.id || member.role === 'admin') && (
                    <span>
                      <button
                        className="button button--quiet button--small"
                        type="button"
                        onClick={() => void command('PATCH', note.id, { pinned: !note.pinned })}
                      >
                        {note.pinned ? 'Unpin' : 'Pin'}
                      </button>
                      <button
                        className="button button--quiet button--small"
                        type="button"
                        aria-label="Delete the note"
                        onClick={() => void remove(note)}
                      >
                        Delete
                      </button>
                    </span>
                  )}
                </div>
              </li>
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
    </section>
  );
}

interface AddNoteProps {
  readonly rest: Rest;
  readonly subject: Subject;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly onAdded: () => void;
}

function AddNote({ rest, subject, people, onAdded }: AddNoteProps) {
  const [text, setText] = useState('');
  const { save, problem } = useSaving(async () => {
    const mentions = mentionedIn(text, people.values());
    const named = mentions.length === 0 ? {} : { mentions };
    await rest.send('POST', '/api/notes', { ...subject, text, ...named });
  });
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || !(await save(undefined))) return;
    setText('');
    onAdded();
  };
  return (
    <form className="records__adder" onSubmit={(event) => void add(event)}>
      <MentionInput
        label="New note"
        placeholder="Write a note; @ mentions a colleague"
        maxLength={20_000}
        value={text}
        people={[...people.values()]}
        onChange={setText}
      />
      <button className="button" type="submit">
        Add note
      </button>
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </form>
  );
}
