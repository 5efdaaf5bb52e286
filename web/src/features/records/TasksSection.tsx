import type { TaskView, User } from '@splitline/functions/contracts';
import { type FormEvent, useCallback, useState } from 'react';
import type { Query, Rest, Stored } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { taskListSchema } from '../../data/records.ts';
import { usePages } from '../../data/usePages.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { momentIn } from '../../ui/moment-in.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { useForeignZone, useTimeZone } from '../../ui/useTimeZone.ts';
import { SectionState } from './SectionState.tsx';
import type { Subject } from './subject.ts';

interface TasksSectionProps {
  readonly rest: Rest;
  readonly subject: Subject;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly onChange: () => void;
}

/** What is to be done about a record. */
export function TasksSection({ rest, subject, people, onChange }: TasksSectionProps) {
  const { recordType, recordId } = subject;
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/tasks', taskListSchema, { recordType, recordId, limit: '20', ...at }),
      [rest, recordType, recordId],
    ),
  );
  const done = () => {
    onChange();
    if (list.status !== 'loading') list.reload();
  };
  return (
    <section className="side-panel__section" aria-label="Tasks">
      <h3>Tasks</h3>
      <SectionState list={list} what="tasks" empty="Nothing to do." />
      {list.status === 'ready' && (
        <>
          <ul className="tasks">
            {list.value.records.map((task) => (
              <TaskRow
                key={task.id}
                rest={rest}
                task={task}
                assignee={people.get(task.assigneeId)?.name}
                onChange={done}
              />
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
      <AddTask rest={rest} subject={subject} onAdded={done} />
    </section>
  );
}

interface TaskRowProps {
  readonly rest: Rest;
  readonly task: TaskView;
  readonly assignee: string | undefined;
  readonly onChange: () => void;
}

/** A task is ticked off at once on the screen, then on the server. */
function TaskRow({ rest, task, assignee, onChange }: TaskRowProps) {
  const [draft, setDraft] = useState<{ readonly isDone: boolean; readonly version: number }>();
  const { warn } = useNotices();
  const isDone = draft?.version === task.version ? draft.isDone : task.done;
  const toggle = async () => {
    setDraft({ isDone: !isDone, version: task.version });
    try {
      await rest.send('PATCH', `/api/tasks/${task.id}`, { done: !isDone });
    } catch (error) {
      setDraft(undefined);
      warn(`“${task.title}” was not changed. ${toProblem(error).message}`);
    }
    onChange();
  };
  return (
    <li className="tasks__task" data-done={isDone}>
      <label className="choices__choice">
        <input type="checkbox" checked={isDone} onChange={() => void toggle()} />
        <span className="tasks__title">{task.title}</span>
      </label>
      <span className="soft small">
        {task.dueAt !== null && (
          <>
            due <Moment at={task.dueAt} />
          </>
        )}
        {task.dueAt !== null && assignee !== undefined && ' · '}
        {assignee}
      </span>
    </li>
  );
}

interface AddTaskProps {
  readonly rest: Rest;
  readonly subject: Subject;
  readonly onAdded: () => void;
}

function AddTask({ rest, subject, onAdded }: AddTaskProps) {
  const [title, setTitle] = useState('');
  const [due, setDue] = useState('');
  const timeZone = useTimeZone();
  const foreignZone = useForeignZone();
  const { save, problem } = useSaving(async () => {
    const dueAt = momentIn(timeZone, due)?.toISOString() ?? null;
    await rest.send('POST', '/api/tasks', { ...subject, title, dueAt });
  });
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '' || !(await save(undefined))) return;
    setTitle('');
    setDue('');
    onAdded();
  };
  return (
    <form className="records__adder" onSubmit={(event) => void add(event)}>
      <input
        className="input"
        aria-label="New task"
        placeholder="New task"
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <input
        className="input"
        aria-label="Due (optional)"
        type="datetime-local"
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      <button className="button" type="submit">
        Add task
      </button>
      {due !== '' && foreignZone !== undefined && (
        <p className="records__zone soft small" role="status">
          This is a time in {foreignZone}, where your organisation is.
        </p>
      )}
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </form>
  );
}
