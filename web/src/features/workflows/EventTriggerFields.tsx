import { Field, SelectField } from '../../ui/Field.tsx';
import { Checks } from './Checks.tsx';
import { type Fields, textIn, textsIn } from './draft.ts';
import { EventTypes } from './EventTypes.tsx';
import { useProblemAt, useScope } from './scope.ts';
import { useKit } from './useKit.ts';

interface EventTriggerFieldsProps {
  readonly settings: Fields;
  readonly change: (name: string, value: unknown) => void;
}

/** Which events start a workflow, and what narrows them where they can be narrowed. */
export function EventTriggerFields({ settings, change }: EventTriggerFieldsProps) {
  const kit = useKit();
  const types = textsIn(settings, 'types');
  const hears = (...suffixes: readonly string[]) =>
    types.some((type) => type === '*' || suffixes.some((suffix) => type.endsWith(suffix)));
  const isSet = (name: string) => settings[name] !== undefined;
  const stages = kit.stages.map(({ id, name }) => ({ id, label: name }));
  const movesDeals = types.includes('deal.stage_changed') || types.includes('deal.*');
  const stageChecks = (name: string, label: string) => (
    <Checks
      label={label}
      path={`trigger.${name}`}
      options={stages}
      chosen={textsIn(settings, name).map(
        (ref) => kit.stages.find(({ systemKey }) => systemKey === ref)?.id ?? ref,
      )}
      onChange={(chosen) => change(name, chosen)}
    />
  );
  return (
    <>
      <EventTypes
        label="Event"
        path="trigger.types"
        types={types}
        onChange={(next) => change('types', next)}
      />
      {(movesDeals || isSet('stageFrom') || isSet('stageTo')) && (
        <div className="pair">
          {stageChecks('stageFrom', 'Only from these stages')}
          {stageChecks('stageTo', 'Only to these stages')}
        </div>
      )}
      {(hears('.updated') || isSet('field')) && (
        <ChangedField
          value={textIn(settings, 'field')}
          onChange={(next) => change('field', next)}
        />
      )}
      {(hears('.tag_added', '.tag_removed') || isSet('tag')) && (
        <TagField value={textIn(settings, 'tag')} onChange={(next) => change('tag', next)} />
      )}
    </>
  );
}

interface TextProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ChangedField({ value, onChange }: TextProps) {
  const { catalogue } = useKit();
  const { recordTypes } = useScope();
  const error = useProblemAt('trigger.field');
  const fields = recordTypes.flatMap((type) => catalogue.fields[type] ?? []);
  const byName = new Map(fields.map((field) => [field.field, field.label]));
  return (
    <SelectField
      label="Only when this field has changed"
      hint="optional"
      name="trigger.field"
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Any field</option>
      {[...byName].map(([field, label]) => (
        <option key={field} value={field}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}

function TagField({ value, onChange }: TextProps) {
  const error = useProblemAt('trigger.tag');
  return (
    <Field
      label="Only for this tag"
      hint="optional"
      name="trigger.tag"
      value={value}
      error={error}
      maxLength={100}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
