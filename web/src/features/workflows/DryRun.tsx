import {
  type DryRunView,
  dryRunViewSchema,
  type SearchResult,
} from '@splitline/functions/contracts';
import { useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { SelectField } from '../../ui/Field.tsx';
import { RecordPicker } from '../search/RecordPicker.tsx';
import { textIn, textsIn } from './draft.ts';
import { subjectsOf } from './kit.ts';
import { SettingsList } from './SettingsList.tsx';
import type { Builder } from './useBuilder.ts';
import { useKit } from './useKit.ts';
import { trialProblem, useTrial } from './useTrial.ts';
import { duration, recordName, stepName } from './words.ts';

interface DryRunProps {
  readonly data: WorkspaceData;
  readonly workflowId: string;
  readonly builder: Builder;
}

/** What the workflow would do with one record now. */
export function DryRun({ data, workflowId, builder }: DryRunProps) {
  const kit = useKit();
  const { trigger } = builder.draft.definition;
  const subjects = subjectsOf(kit.catalogue, {
    ...{ kind: trigger.kind, recordType: textIn(trigger.settings, 'recordType') },
    types: textsIn(trigger.settings, 'types'),
  });
  const [chosen, setChosen] = useState<string>();
  const [picked, setPicked] = useState<SearchResult>();
  const trial = useTrial(data.rest, `/api/workflows/${workflowId}/dry-run`, dryRunViewSchema);
  const type = subjects.find((subject) => subject === chosen) ?? subjects[0];
  if (type === undefined) {
    return <p className="soft">What starts it is about no record that could be tried.</p>;
  }
  const run = (record: SearchResult) => {
    setPicked(record);
    if (!builder.prove()) return;
    const { definition } = builder;
    void trial.run({ recordType: record.type, recordId: record.id, definition });
  };
  return (
    <div className="form">
      {subjects.length > 1 && (
        <SelectField
          label="Kind of record"
          name="tried"
          value={type}
          onChange={(event) => setChosen(event.target.value)}
        >
          {subjects.map((subject) => (
            <option key={subject} value={subject}>
              {recordName(subject)}
            </option>
          ))}
        </SelectField>
      )}
      <RecordPicker
        key={type}
        rest={data.rest}
        type={type}
        label={`Find a ${type} to try it on`}
        except={[]}
        onPick={run}
      />
      {picked !== undefined && (
        <div>
          <button
            className="button button--small"
            type="button"
            aria-disabled={trial.isRunning}
            onClick={() => run(picked)}
          >
            {trial.isRunning ? 'Trying…' : `Try again on ${picked.name}`}
          </button>
        </div>
      )}
      {picked !== undefined && builder.problems.size > 0 && (
        <p className="message" role="alert">
          First correct what is marked on this page.
        </p>
      )}
      {trial.problem !== undefined && (
        <p className="message" role="alert">
          {trialProblem(trial.problem)}
        </p>
      )}
      {trial.result !== undefined && picked !== undefined && (
        <Outcome result={trial.result} name={picked.name} />
      )}
    </div>
  );
}

const ends = {
  done: 'Then it would be done.',
  stopped: 'It would stop there.',
  waiting: 'It would wait there.',
  failed: 'It would fail there.',
} as const;

function Outcome({ result, name }: { readonly result: DryRunView; readonly name: string }) {
  return (
    <div className="outcome" role="status">
      <p className={result.conditionHolds ? 'outcome__lead' : 'message message--warning'}>
        {result.conditionHolds
          ? `With ${name} it would do this. Nothing was done.`
          : `It would not run for ${name}: the conditions do not hold. If they did, it would do this.`}
      </p>
      <ol className="outcome__steps" aria-label="What it would do">
        {result.steps.map(({ stepId, type, afterMinutes, input, branch, problem }) => (
          <li key={`${stepId} ${afterMinutes}`} className="outcome__step">
            <p>
              <strong>{stepName(type)}</strong>
              {afterMinutes > 0 && (
                <span className="soft"> after {duration(Math.round(afterMinutes))}</span>
              )}
            </p>
            {branch !== null && <p className="soft small">{branchWords(branch)}</p>}
            <SettingsList settings={input} />
            {problem !== null && <p className="field__error">{problem}</p>}
          </li>
        ))}
      </ol>
      <p className="soft small">{ends[result.end]}</p>
    </div>
  );
}

export function branchWords(branch: unknown): string {
  return typeof branch === 'number' ? `It takes way ${branch + 1}.` : 'It takes “otherwise”.';
}
