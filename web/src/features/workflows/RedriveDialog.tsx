import type { RunView } from '@splitline/functions/contracts';
import { useRef, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { redrivenSchema } from '../../data/workflows.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useNotices } from '../../ui/Toasts.tsx';

interface RedriveDialogProps {
  readonly rest: Rest;
  readonly runs: readonly RunView[];
  readonly nameOf: (run: RunView) => string;
  readonly onClose: () => void;
  /** Something was sent: the runs are no more as they were. */
  readonly onDone: () => void;
}

/** Few at once: so that the person sees how far it is, and can stop it. */
const AT_ONCE = 5;

type Version = 'pinned' | 'newest';

interface Refusal {
  readonly id: string;
  readonly text: string;
}

/** Has failed runs go on from the step that failed, and names those that are refused. */
export function RedriveDialog({ rest, runs, nameOf, onClose, onDone }: RedriveDialogProps) {
  // The list changes while this is open; what was asked for stays.
  const [asked] = useState(runs);
  const [version, setVersion] = useState<Version>('pinned');
  const [sent, setSent] = useState<number>();
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const isStopped = useRef(false);
  const { announce } = useNotices();
  const close = () => {
    isStopped.current = true;
    if (sent !== undefined) onDone();
    onClose();
  };
  const run = async () => {
    setProblem(undefined);
    const refused: Refusal[] = [];
    try {
      for (let start = 0; start < asked.length && !isStopped.current; start += AT_ONCE) {
        setSent(start);
        const part = asked.slice(start, start + AT_ONCE);
        refused.push(...(await redrive(rest, part, version, nameOf)));
      }
    } catch (error) {
      setProblem(toProblem(error));
      return;
    }
    if (isStopped.current) return;
    setSent(asked.length);
    setRefusals(refused);
    if (refused.length > 0) return;
    announce(`${asked.length} go on.`);
    onDone();
    onClose();
  };
  const isDone = sent === asked.length;
  const isRunning = sent !== undefined && !isDone && problem === undefined;
  return (
    <Dialog title={titleOf(asked.length)} onClose={close}>
      <p className="dialog__text">
        Each goes on from the step that failed; what its earlier steps did is not done again. What
        the remaining steps send is really sent.
      </p>
      {!isRunning && !isDone && <VersionChoice version={version} onChoose={setVersion} />}
      {isRunning && <Progress sent={sent} total={asked.length} />}
      {problem !== undefined && (
        <p className="message" role="alert">
          {problem.message}
        </p>
      )}
      {refusals.length > 0 && <Refusals refusals={refusals} />}
      <div className="form__actions">
        <button className="button button--quiet" type="button" onClick={close}>
          {isDone ? 'Done' : isRunning ? 'Stop here' : 'Cancel'}
        </button>
        {!isDone && (
          <button
            className="button button--primary"
            type="button"
            aria-disabled={isRunning}
            onClick={() => {
              if (!isRunning) void run();
            }}
          >
            {isRunning ? 'One moment…' : 'Re-drive'}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function titleOf(count: number): string {
  return count === 1 ? 'Re-drive this run?' : `Re-drive ${count} runs?`;
}

async function redrive(
  rest: Rest,
  runs: readonly RunView[],
  version: Version,
  nameOf: (run: RunView) => string,
): Promise<Refusal[]> {
  const ids = runs.map(({ id }) => id);
  const answer = await rest.send('POST', '/api/runs/redrive', { ids, version });
  const { results } = readAnswer(redrivenSchema, answer);
  return results.flatMap(({ id, error }) => {
    const run = runs.find((each) => each.id === id);
    if (error === null || run === undefined) return [];
    return [{ id, text: `${nameOf(run)}: ${error.message}` }];
  });
}

interface VersionChoiceProps {
  readonly version: Version;
  readonly onChoose: (version: Version) => void;
}

const choices = [
  { id: 'pinned', label: 'The version it began with: the cause of the failure is gone' },
  { id: 'newest', label: 'The newest active version: the workflow itself was corrected' },
] as const;

function VersionChoice({ version, onChoose }: VersionChoiceProps) {
  return (
    <fieldset className="choices redrive__choices">
      <legend className="field__label">By which version</legend>
      {choices.map(({ id, label }) => (
        <label key={id} className="choices__choice">
          <input
            type="radio"
            name="version"
            checked={version === id}
            onChange={() => onChoose(id)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Progress({ sent, total }: { readonly sent: number; readonly total: number }) {
  return (
    <p className="progress" role="status">
      <progress value={sent} max={total} aria-label="Runs sent on their way" /> {sent} of {total}
    </p>
  );
}

function Refusals({ refusals }: { readonly refusals: readonly Refusal[] }) {
  return (
    <div className="message" role="alert">
      <p>These could not go on:</p>
      <ul>
        {refusals.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
