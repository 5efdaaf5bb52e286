import type { RunDetail } from '@splitline/functions/contracts';
import { Moment } from '../../ui/Moment.tsx';
import { branchWords } from './DryRun.tsx';
import { errorWords, isMoving, outcomeWords } from './run-words.ts';
import { SettingsList } from './SettingsList.tsx';
import { stepName } from './words.ts';

type Entry = RunDetail['log'][number];

/** What each step of a run was asked to do, and what came of it. */
export function StepLog({ run }: { readonly run: RunDetail }) {
  const { log } = run;
  return (
    <section className="section" aria-labelledby="log-title">
      <h2 className="section__title" id="log-title">
        Steps
      </h2>
      {log.length === 0 && (
        <p className="rows rows__empty">
          {isMoving(run) ? 'It begins in a moment.' : 'No step was begun.'}
        </p>
      )}
      {log.length > 0 && (
        <ol className="rows log" aria-label="Steps of the run">
          {log.map((entry, index) => (
            <LogEntry key={`${entry.path} ${entry.at}`} entry={entry} number={index + 1} />
          ))}
        </ol>
      )}
    </section>
  );
}

function LogEntry({ entry, number }: { readonly entry: Entry; readonly number: number }) {
  const { type, stepId, at, input, outcome, result, attempts, error } = entry;
  const { name, tone } = outcomeWords[outcome];
  const isBranch = outcome === 'branched';
  return (
    <li className="rows__row log__entry">
      <div className="log__head">
        <p>
          <span className="soft">{number}.</span> <strong>{stepName(type)}</strong>{' '}
          <span className="soft small">{stepId}</span>
        </p>
        <p className="log__aside">
          <span className="tag" data-tone={tone}>
            {name}
          </span>
          <Moment className="soft small" at={at} />
        </p>
      </div>
      {attempts > 1 && <p className="soft small">It took {attempts} attempts.</p>}
      {error !== null && <p className="field__error">{errorWords(error)}</p>}
      {isBranch && <p>{branchWords(result.branch)}</p>}
      <SettingsList settings={input} />
      {!isBranch && Object.keys(result).length > 0 && (
        <details className="log__result">
          <summary>What came of it</summary>
          <SettingsList settings={result} />
        </details>
      )}
    </li>
  );
}
