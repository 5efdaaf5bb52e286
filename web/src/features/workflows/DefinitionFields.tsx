import { useMemo } from 'react';
import { ConditionGroup } from './ConditionGroup.tsx';
import { type DefinitionDraft, everyStep, textIn, textsIn } from './draft.ts';
import { mergeFieldsFor, recordTypesOf, subjectsOf } from './kit.ts';
import { unplaced } from './problems.ts';
import { StepList } from './StepList.tsx';
import { type Scope, ScopeProvider } from './scope.ts';
import { TriggerFields } from './TriggerFields.tsx';
import type { Builder } from './useBuilder.ts';
import { useKit } from './useKit.ts';

const TRIGGER_PLACES = ['kind', 'types', 'stageFrom', 'stageTo', 'field', 'tag', 'cron'];
const OTHER_TRIGGER_PLACES = ['recordType', 'days', 'minutesBefore'];

/** When a workflow runs, on which records, and what it does. */
export function DefinitionFields({ builder }: { readonly builder: Builder }) {
  const { draft, change, problems } = builder;
  const { trigger, condition, steps } = draft.definition;
  const scope = useDefinitionScope(builder);
  const set = (part: Partial<DefinitionDraft>) =>
    change({ definition: { ...draft.definition, ...part } });
  const takenIds = [...everyStep(steps)].map(({ id }) => id);
  const places = [...TRIGGER_PLACES, ...OTHER_TRIGGER_PLACES].map((name) => `trigger.${name}`);
  const messages = (path: string, below: readonly string[]) =>
    unplaced(problems, path, below).map((message) => (
      <p key={message} className="field__error" role="alert">
        {message}
      </p>
    ));
  return (
    <ScopeProvider value={scope}>
      <section className="part" aria-labelledby="part-when">
        <h2 className="part__title" id="part-when">
          When
        </h2>
        {messages('trigger', places)}
        <TriggerFields trigger={trigger} onChange={(next) => set({ trigger: next })} />
      </section>
      <section className="part" aria-labelledby="part-if">
        <h2 className="part__title" id="part-if">
          Only if
        </h2>
        {condition.parts.length === 0 && (
          <p className="soft">It runs every time. Add a condition to have it run less often.</p>
        )}
        <ConditionGroup
          group={condition}
          path="condition"
          label="Conditions"
          onChange={(next) => set({ condition: next })}
        />
      </section>
      <section className="part" aria-labelledby="part-then">
        <h2 className="part__title" id="part-then">
          Then
        </h2>
        {messages(
          'steps',
          steps.map((_, index) => `steps.${index}`),
        )}
        <StepList
          steps={steps}
          path="steps"
          label="Steps"
          takenIds={takenIds}
          onChange={(next) => set({ steps: next })}
        />
      </section>
    </ScopeProvider>
  );
}

function useDefinitionScope({ draft, problems }: Builder): Scope {
  const kit = useKit();
  const { trigger } = draft.definition;
  return useMemo(() => {
    const like = {
      kind: trigger.kind,
      types: textsIn(trigger.settings, 'types').filter((type) => type !== ''),
      recordType: textIn(trigger.settings, 'recordType'),
    };
    const subjects = subjectsOf(kit.catalogue, like);
    return {
      ...{ problems, subjects, recordTypes: recordTypesOf(kit.catalogue, like) },
      mergeFields: mergeFieldsFor(kit, subjects),
      knowsBefore: trigger.kind === 'event',
    };
  }, [kit, trigger, problems]);
}
