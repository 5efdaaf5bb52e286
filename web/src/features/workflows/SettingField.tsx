import { Field, SelectField } from '../../ui/Field.tsx';
import { Checks } from './Checks.tsx';
import { DurationInput } from './DurationInput.tsx';
import { type Fields, numberIn, textIn, textsIn } from './draft.ts';
import { MoneyInput } from './MoneyInput.tsx';
import { useProblemAt } from './scope.ts';
import type { Setting } from './step-forms.ts';
import { TemplateInput } from './TemplateInput.tsx';
import { useKit } from './useKit.ts';

interface SettingFieldProps {
  readonly setting: Setting;
  readonly config: Fields;
  /** Of the settings: `steps.0.config`. */
  readonly path: string;
  readonly onChange: (value: unknown) => void;
}

/** One setting of a step. */
export function SettingField({ setting, config, path: below, onChange }: SettingFieldProps) {
  const { kind, name, label, hint } = setting;
  const path = `${below}.${name}`;
  const error = useProblemAt(path);
  const kit = useKit();
  const text = textIn(config, name);
  const field = { label, name: path, error, ...(hint === undefined ? {} : { hint }) };
  const onText = (event: { readonly target: { readonly value: string } }) =>
    onChange(event.target.value);
  const people = kit.people
    .filter(({ active, id }) => active || id === text)
    .map((person) => ({ id: person.id, label: person.name }));
  switch (kind) {
    case 'template':
      return <TemplateInput {...setting} path={path} value={text} onChange={onChange} />;
    case 'text':
      return <Field {...field} value={text} autoComplete="off" onChange={onText} />;
    case 'duration':
      return (
        <DurationInput
          {...setting}
          path={path}
          value={numberIn(config, name)}
          onChange={onChange}
        />
      );
    case 'money':
      return <MoneyInput label={label} path={path} value={config[name]} onChange={onChange} />;
    case 'stage':
      return (
        <SelectField {...field} value={stageId(kit.stages, text)} onChange={onText}>
          <option value="">{setting.none ?? 'Choose…'}</option>
          <Options options={kit.stages.map((stage) => ({ id: stage.id, label: stage.name }))} />
        </SelectField>
      );
    case 'person':
      return (
        <SelectField {...field} value={text} onChange={onText}>
          {setting.hasOwner ? (
            <option value="owner">The owner of the record</option>
          ) : (
            <option value="">Choose…</option>
          )}
          <Options options={people} />
        </SelectField>
      );
    case 'people':
    case 'choices':
      return (
        <Checks
          label={label}
          path={path}
          options={kind === 'people' ? people : setting.options}
          chosen={textsIn(config, name)}
          onChange={onChange}
        />
      );
    case 'flag':
      return (
        <label className="choices__choice">
          <input
            type="checkbox"
            checked={config[name] === true}
            onChange={(event) => onChange(event.target.checked ? true : undefined)}
          />
          {label}
        </label>
      );
    case 'choice':
      return (
        <SelectField {...field} value={text} onChange={onText}>
          <Options options={setting.options} />
        </SelectField>
      );
  }
}

interface OptionsProps {
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

function Options({ options }: OptionsProps) {
  return options.map(({ id, label }) => (
    <option key={id} value={id}>
      {label}
    </option>
  ));
}

/** Templates name stages by their fixed keys. */
function stageId(
  stages: readonly { readonly id: string; readonly systemKey: string | null }[],
  ref: string,
): string {
  return stages.find(({ systemKey }) => systemKey === ref)?.id ?? ref;
}
