import { type BacktestView, backtestViewSchema } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { Field } from '../../ui/Field.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { endOfDayIn, startOfDayIn } from '../../ui/moment-in.ts';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { dayIn } from '../../ui/wall-clock.ts';
import { RecordLink } from './RecordLink.tsx';
import type { Builder } from './useBuilder.ts';
import { useRecordNames } from './useRecordNames.ts';
import { trialProblem, useTrial } from './useTrial.ts';

interface BacktestProps {
  readonly data: WorkspaceData;
  readonly workflowId: string;
  readonly builder: Builder;
}

const MS_PER_DAY = 24 * 60 * 60 * 1000;
const USUAL_DAYS = 30;

/** What the workflow would have done in a span of the organisation's history. */
export function Backtest({ data, workflowId, builder }: BacktestProps) {
  const timeZone = useTimeZone();
  const dayBefore = (days: number) => dayIn(timeZone, new Date(Date.now() - days * MS_PER_DAY));
  const [from, setFrom] = useState(() => dayBefore(USUAL_DAYS));
  const [to, setTo] = useState(() => dayBefore(0));
  const trial = useTrial(data.rest, `/api/workflows/${workflowId}/backtest`, backtestViewSchema);
  if (builder.draft.definition.trigger.kind !== 'event') {
    return (
      <p className="soft">
        History has events alone. What is started by the clock or by hand can be tried on one
        record.
      </p>
    );
  }
  const isBackwards = from === '' || to === '' || from > to;
  const run = () => {
    if (isBackwards || !builder.prove()) return;
    const { definition } = builder;
    const span = { from: startOfDayIn(timeZone, from), to: endOfDayIn(timeZone, to) };
    void trial.run({ ...span, definition });
  };
  return (
    <div className="form">
      <p className="soft small">
        It looks at what happened in these days as if it had run then. Nothing is done.
      </p>
      <div className="pair">
        <Field
          label="From"
          name="from"
          type="date"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Field
          label="To"
          name="to"
          type="date"
          value={to}
          error={isBackwards ? 'Give a first and a last day, in this order.' : undefined}
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      <div>
        <button className="button" type="button" aria-disabled={trial.isRunning} onClick={run}>
          {trial.isRunning ? 'Looking at history…' : 'Run backtest'}
        </button>
      </div>
      {trial.isRunning && (
        <p className="progress" role="status">
          <span className="spinner" /> This can take some seconds. You can go on editing.
        </p>
      )}
      {trial.problem !== undefined && (
        <p className="message" role="alert">
          {trialProblem(trial.problem)}
        </p>
      )}
      {trial.result !== undefined && !trial.isRunning && (
        <Outcome data={data} result={trial.result} />
      )}
    </div>
  );
}

const PAGE = 10;

interface OutcomeProps {
  readonly data: WorkspaceData;
  readonly result: BacktestView;
}

function Outcome({ data, result }: OutcomeProps) {
  const [most, setMost] = useState(PAGE);
  const { touched, events, until, cut } = result;
  const shown = touched.slice(0, most);
  const names = useRecordNames(data.rest, shown);
  const records = new Set(touched.map(({ recordId }) => recordId)).size;
  return (
    <div className="outcome" role="status">
      <p className="outcome__lead">
        It would have run {count(touched.length, 'time')} on {count(records, 'record')}.{' '}
        <span className="soft">{count(events, 'event')} looked at.</span>
      </p>
      {cut && (
        <p className="message message--warning">
          There was more than is looked at in one go: this ends on <Moment at={until} />. Choose
          fewer days to see the rest.
        </p>
      )}
      <Difference result={result} />
      <ul className="outcome__steps" aria-label="What it would have run on">
        {shown.map((touch) => (
          <li key={touch.eventId} className="outcome__step">
            <p>
              <RecordLink record={touch} names={names} />
            </p>
            <p className="soft small">
              <Moment at={touch.at} /> · {count(touch.steps.length, 'step')}, {endWords[touch.end]}
            </p>
          </li>
        ))}
      </ul>
      {touched.length > most && (
        <div>
          <button
            className="button button--small"
            type="button"
            onClick={() => setMost(most + PAGE)}
          >
            Show more
          </button>
        </div>
      )}
      <p className="soft small outcome__hash">
        The same history gives the same result: {result.resultHash.slice(0, 12)}
      </p>
    </div>
  );
}

const endWords = {
  done: 'all done',
  stopped: 'stopped',
  waiting: 'still waiting at the end',
  failed: 'failed',
} as const;

function Difference({ result: { difference } }: { readonly result: BacktestView }) {
  if (difference === null) return null;
  const { version, added, removed, changed } = difference;
  if (added.length + removed.length + changed.length === 0) {
    return <p className="soft">The active version {version} would have done the same.</p>;
  }
  return (
    <p>
      Compared with the active version {version}: {added.length} more, {removed.length} fewer,{' '}
      {changed.length} with other steps.
    </p>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
