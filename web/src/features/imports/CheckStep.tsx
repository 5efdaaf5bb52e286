import { useState } from 'react';
import { useLocation } from 'wouter';
import { type DryRun, type ImportDetail, orderedSchema } from '../../data/imports.ts';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { fieldLabel, remarksOf, type UnknownValue, unknownValues } from './import-words.ts';
import { Outcomes } from './Outcomes.tsx';
import { Problems } from './Problems.tsx';

interface CheckStepProps {
  readonly rest: Rest;
  readonly source: ImportDetail;
  readonly found: DryRun;
  readonly plan: object;
  readonly onBack: () => void;
  readonly onReplace: (values: readonly UnknownValue[]) => void;
}

/** What the import would do, and the order to do it. */
export function CheckStep({ rest, source, found, plan, onBack, onReplace }: CheckStepProps) {
  const { rows, checkedRows, failed, counts, errors } = found;
  const { send, isSending, problem } = useCommit(rest, source.id, plan);
  const unknown = unknownValues(errors);
  const nameOf = (field: string) => fieldLabel(source.recordType, field);
  const good = rows - failed;
  return (
    <section className="section" aria-labelledby="check-title">
      <h2 className="section__title" id="check-title">
        {failed === 0 ? 'All rows can be imported' : 'Some rows cannot be imported'}
      </h2>
      <p className="soft">
        Nothing was written yet.
        {checkedRows < rows && ` The first ${checkedRows} of ${rows} rows were looked at.`}
        {failed > 0 && ' Rows with a problem are left out; the others are imported.'}
      </p>
      <Outcomes counts={counts} failed={failed} tense="would" />
      <ul className="remarks soft small">
        {remarksOf(counts, nameOf).map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
      {unknown.length > 0 && (
        <div className="message message--warning import__unknown">
          <p>
            Not known here:{' '}
            {unknown.map(({ field, from }) => `${nameOf(field)} “${from}”`).join(', ')}
          </p>
          <button className="button button--small" type="button" onClick={() => onReplace(unknown)}>
            Replace them…
          </button>
        </div>
      )}
      <Problems source={source} problems={errors} failed={failed} />
      {problem !== undefined && (
        <p className="message" role="alert">
          {problem.message}
        </p>
      )}
      <div className="form__actions">
        {good > 0 && (
          <button
            className="button button--primary"
            type="button"
            aria-disabled={isSending}
            onClick={send}
          >
            {good === 1 ? 'Import 1 row' : `Import ${good} rows`}
          </button>
        )}
        <button className="button" type="button" onClick={onBack}>
          Back to the columns
        </button>
      </div>
    </section>
  );
}

/** Orders the import and goes to where it can be watched. */
function useCommit(rest: Rest, importId: string, plan: object) {
  const [, navigate] = useLocation();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const commit = async () => {
    setIsSending(true);
    setProblem(undefined);
    try {
      const answer = await rest.send('POST', `/api/imports/${importId}/commit`, plan);
      navigate(`/import/${readAnswer(orderedSchema, answer).jobId}`);
    } catch (error) {
      setProblem(toProblem(error));
      setIsSending(false);
    }
  };
  return { isSending, problem, send: () => (isSending ? undefined : void commit()) };
}
