import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { BranchFields } from './BranchFields.tsx';
import type { StepDraft } from './draft.ts';
import { type Problems, unplaced } from './problems.ts';
import { StepFields } from './StepFields.tsx';
import { useScope } from './scope.ts';
import { stepSettings } from './step-forms.ts';
import type { RenderSteps } from './step-list.ts';
import { stepName } from './words.ts';

interface StepCardProps {
  readonly step: StepDraft;
  readonly path: string;
  readonly number: number;
  readonly isLast: boolean;
  /** True for one that the person has just added. */
  readonly isNew: boolean;
  readonly depth: number;
  readonly takenIds: readonly string[];
  readonly renderSteps: RenderSteps;
  readonly onChange: (step: StepDraft) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** One step with its settings. Alt with an arrow moves it, as its buttons do. */
export function StepCard(props: StepCardProps) {
  const { step, path, number, isLast, isNew, onChange, onMove, onRemove } = props;
  const { problems } = useScope();
  const element = useRef<HTMLElement>(null);
  const name = stepName(step.type);
  useEffect(() => {
    if (isNew) element.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [isNew]);
  const move = (by: -1 | 1) => {
    if (by === -1 ? number > 1 : !isLast) onMove(by);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    // A step in a branch moves within the branch, and the branch stays.
    event.stopPropagation();
    move(by);
  };
  return (
    <section
      ref={element}
      className="step"
      aria-label={`Step ${number}: ${name}`}
      onKeyDown={onKeyDown}
    >
      <header className="step__head">
        <span className="step__number" aria-hidden="true">
          {number}
        </span>
        <h4 className="step__name">{name}</h4>
        <div className="step__tools">
          <MoveButton number={number} by={-1} isDisabled={number === 1} onMove={move} />
          <MoveButton number={number} by={1} isDisabled={isLast} onMove={move} />
          <button
            className="icon-button"
            type="button"
            aria-label={`Remove step ${number}: ${name}`}
            onClick={onRemove}
          >
            <Icon name="close" />
          </button>
        </div>
      </header>
      {problemsOf(step, path, problems).map((message) => (
        <p key={message} className="field__error" role="alert">
          {message}
        </p>
      ))}
      {step.type === 'BRANCH' ? (
        <BranchFields {...props} step={step} onChange={onChange} />
      ) : (
        <StepFields step={step} path={path} onChange={onChange} />
      )}
    </section>
  );
}

interface MoveButtonProps {
  readonly number: number;
  readonly by: -1 | 1;
  readonly isDisabled: boolean;
  readonly onMove: (by: -1 | 1) => void;
}

function MoveButton({ number, by, isDisabled, onMove }: MoveButtonProps) {
  return (
    <button
      className={`icon-button ${by === -1 ? 'step__up' : ''}`}
      type="button"
      // Not disabled: a button that is loses the focus, and a step can be moved on by the next key.
      aria-disabled={isDisabled}
      aria-label={`Move step ${number} ${by === -1 ? 'up' : 'down'}`}
      onClick={() => onMove(by)}
    >
      <Icon name="down" />
    </button>
  );
}

/** Settings of forms that are made for their kind of step. */
const special = ['to', 'strategy', 'uid', 'uids', 'teamId', 'fields', 'data'] as const;
const ofWaits = ['minutes', 'untilField', 'offsetMinutes', 'untilEvent', 'timeoutMinutes'] as const;

/** What is wrong with a step and is said at none of its settings. */
function problemsOf(step: StepDraft, path: string, problems: Problems): readonly string[] {
  const names =
    step.type === 'BRANCH'
      ? ['branches', 'otherwise']
      : [...stepSettings[step.type].map(({ name }) => name), ...special, ...ofWaits];
  return unplaced(
    problems,
    path,
    names.map((name) => `${path}.config.${name}`),
  );
}
