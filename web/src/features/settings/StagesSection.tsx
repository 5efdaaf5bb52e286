import type { Stage } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest, Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { DeleteStageDialog } from './DeleteStageDialog.tsx';
import { JobNotice } from './JobNotice.tsx';
import { SectionHead } from './SectionHead.tsx';
import { AddStageDialog, ChangeStageDialog } from './StageDialogs.tsx';
import { StageRow } from './StageRow.tsx';
import { useOrderedWork } from './useOrderedWork.ts';
import { useStageOrder } from './useStageOrder.ts';

/** The stages of the pipeline, in their order. */
export default function StagesSection({ data }: { readonly data: WorkspaceData }) {
  const stages = useLive(data.watchStages);
  if (stages.status === 'loading') return <Loading what="the stages" />;
  if (stages.status === 'failed') {
    return (
      <Failure
        title="The stages cannot be shown"
        message={stages.problem.message}
        onRetry={stages.retry}
      />
    );
  }
  return <Stages rest={data.rest} stages={stages.value.records} />;
}

interface StagesProps {
  readonly rest: Rest;
  readonly stages: readonly Stored<Stage>[];
}

type Step =
  | { readonly kind: 'add' }
  | { readonly kind: 'change' | 'delete'; readonly stage: Stored<Stage> };

function Stages({ rest, stages }: StagesProps) {
  const { ordered, count, move } = useStageOrder(rest, stages);
  const { works, add, dismiss } = useOrderedWork();
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  return (
    <section className="section" aria-label="Stages">
      <SectionHead
        title="Stages"
        lead="The columns of the pipeline, from left to right. A change shows on everybody’s board at once."
      >
        <button
          className="button button--primary"
          type="button"
          onClick={() => setStep({ kind: 'add' })}
        >
          Add stage…
        </button>
      </SectionHead>
      {works.map((work) => (
        <JobNotice key={work.jobId} {...work} rest={rest} onDismiss={() => dismiss(work.jobId)} />
      ))}
      <ol className="rows" aria-label="Stages">
        {ordered.map((stage, place) => (
          <StageRow
            key={stage.id}
            stage={stage}
            place={place}
            count={count}
            onMove={move}
            onStep={(kind) => setStep({ kind, stage })}
          />
        ))}
      </ol>
      {step?.kind === 'add' && <AddStageDialog rest={rest} onClose={close} />}
      {step?.kind === 'change' && (
        <ChangeStageDialog rest={rest} stage={step.stage} onClose={close} />
      )}
      {step?.kind === 'delete' && (
        <DeleteStageDialog
          rest={rest}
          stage={step.stage}
          stages={stages}
          onOrdered={add}
          onClose={close}
        />
      )}
    </section>
  );
}
