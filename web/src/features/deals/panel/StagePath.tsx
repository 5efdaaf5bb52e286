import type { Deal, Stage } from '@splitline/functions/contracts';
import { type KeyboardEvent, useState } from 'react';
import type { Rest, Stored } from '../../../data/port.ts';
import { isOpenTo } from '../group-deals.ts';
import type { Pipeline } from '../usePipeline.ts';
import { ChangeKindDialog } from './ChangeKindDialog.tsx';

interface StagePathProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
  readonly isChangeable: boolean;
}

/** The way of a deal through the stages; another one is a click, or arrow keys and Enter, away. */
export function StagePath({ rest, deal, pipeline, isChangeable }: StagePathProps) {
  const { stages, moveDeal, inTurn } = pipeline;
  // Won, lost or open again: that has consequences, so it is asked first.
  const [asked, setAsked] = useState<Stored<Stage>>();
  const current = stages.findIndex(({ id }) => id === deal.stageId);
  const choose = (stage: Stored<Stage>) => {
    if (!isOpenTo(stage, deal)) return;
    if (stage.kind === deal.stageKind) moveDeal(deal, stage);
    else setAsked(stage);
  };
  return (
    <>
      <ol className="stage-path" aria-label="Way of the deal" onKeyDown={moveAlong}>
        {stages.map((stage, index) => {
          const isCurrent = index === current;
          const state = { 'data-colour': stage.colour, 'data-state': stateOf(index, current) };
          return (
            <li key={stage.id} className="stage-path__stage" {...state}>
              {isChangeable ? (
                <button
                  className="stage-path__name"
                  type="button"
                  aria-current={isCurrent ? 'step' : undefined}
                  aria-label={isCurrent ? `${stage.name}, where it is` : `Move to ${stage.name}`}
                  aria-disabled={!isCurrent && !isOpenTo(stage, deal)}
                  onClick={() => choose(stage)}
                >
                  {stage.name}
                </button>
              ) : (
                <span className="stage-path__name" aria-current={isCurrent ? 'step' : undefined}>
                  {stage.name}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {asked !== undefined && (
        <ChangeKindDialog
          rest={rest}
          deal={deal}
          stage={asked}
          inTurn={inTurn}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

function stateOf(index: number, current: number): 'past' | 'present' | 'future' {
  if (index === current) return 'present';
  return index < current ? 'past' : 'future';
}

function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  const step = Object.entries(steps).find(([key]) => key === event.key)?.[1];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const focused = buttons.findIndex((button) => button.matches(':focus'));
  event.preventDefault();
  buttons[focused + step]?.focus();
}
