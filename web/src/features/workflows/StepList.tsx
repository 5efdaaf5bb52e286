import { useState } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import {
  freshId,
  type LeafType,
  moved,
  newBranch,
  newKey,
  type StepDraft,
  type StepType,
} from './draft.ts';
import { StepCard } from './StepCard.tsx';
import { newSettings } from './step-forms.ts';
import type { StepListProps } from './step-list.ts';
import { useKit } from './useKit.ts';
import { stepName, stepNames } from './words.ts';

/** Deeper branches are refused. */
const MAX_DEPTH = 2;

/** Steps one after another; each can be moved, taken out, and followed by another. */
export function StepList({ steps, path, label, depth = 0, takenIds, onChange }: StepListProps) {
  const [added, setAdded] = useState<string>();
  const add = (type: StepType) => {
    const step = newStep(type, takenIds);
    setAdded(step.key);
    onChange([...steps, step]);
  };
  return (
    <div className="steps">
      <ol className="steps__list" aria-label={label}>
        {steps.map((step, index) => (
          <li key={step.key} className="steps__item">
            <StepCard
              step={step}
              path={`${path}.${index}`}
              number={index + 1}
              isLast={index === steps.length - 1}
              isNew={step.key === added}
              depth={depth}
              takenIds={takenIds}
              renderSteps={renderSteps}
              onChange={(changed) => onChange(steps.with(index, changed))}
              onMove={(by) => onChange(moved(steps, index, by))}
              onRemove={() => onChange(steps.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ol>
      <AddStep label={label} canBranch={depth < MAX_DEPTH} onAdd={add} />
    </div>
  );
}

/** The steps of a branch are steps again. */
function renderSteps(list: StepListProps) {
  return <StepList {...list} />;
}

interface AddStepProps {
  readonly label: string;
  readonly canBranch: boolean;
  readonly onAdd: (type: StepType) => void;
}

function AddStep({ label, canBranch, onAdd }: AddStepProps) {
  const { catalogue } = useKit();
  const known = Object.keys(stepNames).filter(isStepType);
  const offered = known.filter((type) =>
    type === 'BRANCH' ? canBranch : catalogue.actions.some((action) => action.type === type),
  );
  return (
    <Menu
      name={`Add step to “${label}”`}
      className="button button--small steps__add"
      items={offered.map((type) => ({ id: type, label: stepName(type), isDisabled: false }))}
      onSelect={(id) => {
        if (isStepType(id)) onAdd(id);
      }}
    >
      <Icon name="plus" /> Add step
    </Menu>
  );
}

function isStepType(type: string): type is StepType {
  return type in stepNames;
}

function newStep(type: StepType, takenIds: readonly string[]): StepDraft {
  const named = { key: newKey(), id: freshId(type, takenIds) };
  return type === 'BRANCH'
    ? { ...named, type, branches: [newBranch()], otherwise: [] }
    : newLeaf(named, type);
}

function newLeaf(named: { readonly key: string; readonly id: string }, type: LeafType): StepDraft {
  return { ...named, type, config: newSettings[type] };
}
