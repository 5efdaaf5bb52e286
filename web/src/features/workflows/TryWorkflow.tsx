import { useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { Backtest } from './Backtest.tsx';
import { DryRun } from './DryRun.tsx';
import type { Builder } from './useBuilder.ts';

interface TryWorkflowProps {
  readonly data: WorkspaceData;
  readonly workflowId: string | undefined;
  readonly builder: Builder;
}

const ways = [
  { id: 'record', name: 'On one record' },
  { id: 'history', name: 'On history' },
] as const;

/** Tries what is being edited, saved or not, without doing anything. */
export function TryWorkflow({ data, workflowId, builder }: TryWorkflowProps) {
  const [way, setWay] = useState<'record' | 'history'>('record');
  return (
    <section className="part" aria-labelledby="part-try">
      <h2 className="part__title" id="part-try">
        Try it
      </h2>
      {workflowId === undefined ? (
        <p className="soft">
          Save the draft; then you can try it on a record and on what has happened so far. Trying
          changes nothing and sends nothing.
        </p>
      ) : (
        <>
          <Tabs label="How to try it" tabs={ways} chosen={way} onChoose={setWay} />
          {way === 'record' ? (
            <DryRun data={data} workflowId={workflowId} builder={builder} />
          ) : (
            <Backtest data={data} workflowId={workflowId} builder={builder} />
          )}
        </>
      )}
    </section>
  );
}
