import type { Deal } from '@splitline/functions/contracts';
import { type FormEvent, useState } from 'react';
import type { Stored } from '../../../data/port.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, SelectField } from '../../../ui/Field.tsx';
import type { Pipeline } from '../usePipeline.ts';
import type { BulkAction } from './bulk.ts';
import { bulkWords, dealsInWords } from './bulk-words.ts';
import type { Bulk, BulkJob } from './useBulk.ts';

interface BulkDialogProps {
  /** What was asked for; undefined when the dialog only shows what is under way. */
  readonly kind: BulkAction['kind'] | undefined;
  readonly pipeline: Pipeline;
  readonly deals: readonly Stored<Deal>[];
  readonly bulk: Bulk;
  readonly onStart: Bulk['start'];
  readonly onClose: () => void;
}

const titles = {
  owner: 'Change owner',
  move: 'Move deals',
  tag: 'Add tag',
  delete: 'Delete deals',
  restore: 'Restore deals',
} as const;

/** Asks with what it leads to, shows how far it has come, and tells what was refused. */
export function BulkDialog({ kind, pipeline, deals, bulk, onStart, onClose }: BulkDialogProps) {
  const { job } = bulk;
  const shown = job?.action.kind ?? kind ?? 'move';
  return (
    <Dialog title={titles[shown]} onClose={onClose}>
      {job?.isShown ? (
        <Outcome job={job} bulk={bulk} onClose={onClose} />
      ) : (
        kind !== undefined && (
          <Question
            kind={kind}
            pipeline={pipeline}
            deals={deals}
            onStart={(action) => onStart(action, deals)}
            onClose={onClose}
          />
        )
      )}
    </Dialog>
  );
}

interface QuestionProps extends Pick<BulkDialogProps, 'pipeline' | 'deals' | 'onClose'> {
  readonly kind: BulkAction['kind'];
  readonly onStart: (action: BulkAction) => void;
}

function Question({ kind, pipeline, deals, onStart, onClose }: QuestionProps) {
  const [text, setText] = useState('');
  const action = actionOf(kind, text, pipeline);
  const words = action && bulkWords(action, deals.length);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (action !== undefined) onStart(action);
  };
  return (
    <form className="form" onSubmit={submit}>
      <Choice kind={kind} text={text} onText={setText} pipeline={pipeline} />
      <p className="dialog__text bulk__lead">
        {words?.lead ?? `Of ${dealsInWords(deals.length)}.`}
      </p>
      <div className="form__actions">
        <button className="button button--quiet" type="button" onClick={onClose}>
          Cancel
        </button>
        <button
          className={`button ${kind === 'delete' ? 'button--danger' : 'button--primary'}`}
          type="submit"
        >
          {words?.verb ?? titles[kind]}
        </button>
      </div>
    </form>
  );
}

type ChoiceProps = Pick<QuestionProps, 'kind' | 'pipeline'> & {
  readonly text: string;
  readonly onText: (text: string) => void;
};

function Choice({ kind, text, onText, pipeline }: ChoiceProps) {
  if (kind === 'tag') {
    return (
      <Field
        label="Tag"
        name="tag"
        required
        maxLength={50}
        // A comma parts tags where they are asked for.
        pattern="[^,]*"
        title="A tag without commas"
        autoComplete="off"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    );
  }
  if (kind !== 'owner' && kind !== 'move') return null;
  const people = [...pipeline.people.values()].filter(({ active }) => active);
  const stages = pipeline.stages.filter(({ closing }) => closing === null);
  const options = kind === 'owner' ? people.toSorted(byName) : stages;
  return (
    <SelectField
      label={kind === 'owner' ? 'New owner' : 'Stage'}
      name={kind}
      required
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    >
      <option value="">Choose…</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}

/** What would be done, once enough is chosen. */
function actionOf(
  kind: BulkAction['kind'],
  text: string,
  { people, stages }: Pipeline,
): BulkAction | undefined {
  if (kind === 'delete' || kind === 'restore') return { kind };
  if (kind === 'tag') return text.trim() === '' ? undefined : { kind, tag: text.trim() };
  if (kind === 'owner') {
    const person = people.get(text);
    return person && { kind, ownerId: person.id, name: person.name };
  }
  const stage = stages.find(({ id }) => id === text);
  return stage && { kind, stage };
}

interface OutcomeProps {
  readonly job: BulkJob;
  readonly bulk: Bulk;
  readonly onClose: () => void;
}

function Outcome({ job: { action, progress, isRunning }, bulk, onClose }: OutcomeProps) {
  const { total, done, failures } = progress;
  const count = done.length + failures.length;
  return (
    <div className="form">
      <label className="bulk__progress">
        <span>
          {isRunning
            ? `${count} of ${dealsInWords(total)}…`
            : `${bulkWords(action, done.length).done}.`}
        </span>
        <progress max={total} value={count} />
      </label>
      {failures.length > 0 && (
        <div role="alert">
          <p className="message">
            {failures.length === 1 ? '1 was refused' : `${failures.length} were refused`} and stay
            as they are:
          </p>
          <ul className="bulk__failures" aria-label="Refused deals">
            {failures.map(({ deal, reason }) => (
              <li key={deal.id}>
                <strong>{deal.title}</strong>: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="form__actions">
        {isRunning && (
          <button className="button button--quiet" type="button" onClick={bulk.stop}>
            Stop here
          </button>
        )}
        <button className="button button--primary" type="button" onClick={onClose}>
          {isRunning ? 'Go on in the background' : 'Close'}
        </button>
      </div>
    </div>
  );
}
