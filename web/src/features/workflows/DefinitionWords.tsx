import type { Definition, Step } from '@splitline/functions/contracts';
import { recordTypesOf, subjectsOf } from './kit.ts';
import { stepSummary } from './step-words.ts';
import { useKit } from './useKit.ts';
import { type ConditionWords, conditionWords, stepName, triggerWords } from './words.ts';

/** A definition in words: when it runs, on what, and what it does. */
export function DefinitionWords({ definition }: { readonly definition: Definition }) {
  const kit = useKit();
  const { trigger, condition, steps } = definition;
  const recordTypes = recordTypesOf(kit.catalogue, trigger);
  const types = [...new Set([...recordTypes, ...subjectsOf(kit.catalogue, trigger)])];
  return (
    <dl className="definition">
      <dt>When</dt>
      <dd>{triggerWords(trigger, kit)}</dd>
      <dt>Only if</dt>
      <dd>
        {condition === null ? (
          <span className="soft">Every time</span>
        ) : (
          <Conditions words={conditionWords(condition, kit, recordTypes)} />
        )}
      </dd>
      <dt>Then</dt>
      <dd>
        <Steps steps={steps} recordTypes={types} />
      </dd>
    </dl>
  );
}

function Conditions({ words: { text, parts } }: { readonly words: ConditionWords }) {
  if (parts.length === 0) return <p>{text}</p>;
  return (
    <>
      <p className="soft">{text}:</p>
      <ul className="definition__parts">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is shown does not change its order
          <li key={index}>
            <Conditions words={part} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface StepsProps {
  readonly steps: readonly Step[];
  readonly recordTypes: readonly string[];
}

function Steps({ steps, recordTypes }: StepsProps) {
  const kit = useKit();
  if (steps.length === 0) return <p className="soft">Nothing</p>;
  return (
    <ol className="definition__steps">
      {steps.map((step) => {
        const summary = stepSummary(step, kit, recordTypes);
        return (
          <li key={step.id}>
            <strong>{stepName(step.type)}</strong>
            {summary !== '' && <span className="soft"> {summary}</span>}
            {step.type === 'BRANCH' && <Branches step={step} recordTypes={recordTypes} />}
          </li>
        );
      })}
    </ol>
  );
}

interface BranchesProps {
  readonly step: Extract<Step, { readonly type: 'BRANCH' }>;
  readonly recordTypes: readonly string[];
}

function Branches({ step, recordTypes }: BranchesProps) {
  const kit = useKit();
  const { branches, otherwise } = step.config;
  return (
    <ul className="definition__parts">
      {branches.map(({ condition, steps }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is shown does not change its order
        <li key={index}>
          <Conditions words={conditionWords(condition, kit, recordTypes)} />
          <Steps steps={steps} recordTypes={recordTypes} />
        </li>
      ))}
      {otherwise.length > 0 && (
        <li>
          <p className="soft">Otherwise:</p>
          <Steps steps={otherwise} recordTypes={recordTypes} />
        </li>
      )}
    </ul>
  );
}
