import { useId } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import type { ImportDetail } from '../../data/imports.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { usePeople } from '../../data/usePeople.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { fieldLabel } from './import-words.ts';
import type { PlanInput } from './plan-form.ts';

interface ReplaceFieldsProps {
  readonly data: WorkspaceData;
  readonly source: ImportDetail;
}

/** Values that are read as others, such as stages or people that have another name here. */
export function ReplaceFields({ data, source }: ReplaceFieldsProps) {
  const { control, watch } = useFormContext<PlanInput>();
  const { fields, append, remove } = useFieldArray({ control, name: 'replace' });
  const mapped = watch('fields').filter((field) => field !== '');
  return (
    <fieldset className="replace">
      <legend className="field__label">
        Replace values <span className="field__hint">(optional)</span>
      </legend>
      {fields.map(({ id }, index) => (
        <ReplaceRow
          key={id}
          data={data}
          source={source}
          index={index}
          mapped={mapped}
          onRemove={() => remove(index)}
        />
      ))}
      <div>
        <button
          className="button button--small"
          type="button"
          onClick={() => append({ field: mapped[0] ?? '', from: '', to: '' })}
        >
          Add replacement
        </button>
      </div>
    </fieldset>
  );
}

interface ReplaceRowProps extends ReplaceFieldsProps {
  readonly index: number;
  readonly mapped: readonly string[];
  readonly onRemove: () => void;
}

function ReplaceRow({ data, source, index, mapped, onRemove }: ReplaceRowProps) {
  const { register, watch, formState } = useFormContext<PlanInput>();
  const errors = formState.errors.replace?.[index];
  const field = watch(`replace.${index}.field`);
  const listId = useId();
  const known = useKnownValues(data, field);
  return (
    <div className="replace__row">
      <SelectField
        {...register(`replace.${index}.field`)}
        value={field}
        label="In the field"
        error={errors?.field?.message}
      >
        {!mapped.includes(field) && (
          <option value={field}>
            {field === '' ? 'Choose…' : fieldLabel(source.recordType, field)}
          </option>
        )}
        {mapped.map((each) => (
          <option key={each} value={each}>
            {fieldLabel(source.recordType, each)}
          </option>
        ))}
      </SelectField>
      <Field
        {...register(`replace.${index}.from`)}
        label="Read"
        dir="auto"
        autoComplete="off"
        error={errors?.from?.message}
      />
      <Field
        {...register(`replace.${index}.to`)}
        label="As"
        placeholder="Nothing"
        dir="auto"
        autoComplete="off"
        list={listId}
        error={errors?.to?.message}
      />
      <datalist id={listId}>
        {known.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <button
        className="icon-button replace__remove"
        type="button"
        aria-label={`Remove replacement ${index + 1}`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** What a field that refers to something can be: the names of stages or of people. */
function useKnownValues(data: WorkspaceData, field: string): string[] {
  const people = usePeople(data);
  const stages = useLive(data.watchStages);
  const active = [...people.values()].filter((person) => person.active);
  if (field === 'ownerName') return active.map(({ name }) => name);
  if (field === 'ownerEmail') return active.map(({ email }) => email);
  if (field !== 'stage' || stages.status !== 'ready') return [];
  return stages.value.records.map(({ name }) => name);
}
