import { CUSTOM_PREFIX, type ImportType, type User } from '@splitline/functions/contracts';
import { useFormContext } from 'react-hook-form';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { usePeople } from '../../data/usePeople.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { typeWords } from './import-words.ts';
import type { PlanInput } from './plan-form.ts';

interface OptionFieldsProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly recordType: ImportType;
}

const duplicates = [
  { value: 'skip', name: 'Leave the record as it is' },
  { value: 'update', name: 'Update it with the values of the row' },
  { value: 'error', name: 'Report the row as a problem' },
] as const;

/** How rows are read where the file itself leaves it open. */
export function OptionFields({ data, member, recordType }: OptionFieldsProps) {
  const { register, watch, formState } = useFormContext<PlanInput>();
  const { errors } = formState;
  const fields = watch('fields');
  const hasValues = recordType === 'deal' || fields.some((each) => each.startsWith(CUSTOM_PREFIX));
  return (
    <>
      <fieldset className="choices import__choices">
        <legend className="field__label">
          When the {typeWords[recordType].noun} of a row is there already
        </legend>
        {duplicates.map(({ value, name }) => (
          <label key={value} className="choices__choice">
            <input type="radio" value={value} {...register('onDuplicate')} />
            {name}
          </label>
        ))}
      </fieldset>
      <div className="import__pair">
        <Field
          {...register('tagAll')}
          label="Tags for all of them"
          hint="optional, divided by commas"
          autoComplete="off"
          error={errors.tagAll?.message}
        />
        {member.role !== 'rep' && (
          <OwnerField data={data} memberId={member.id} error={errors.ownerId?.message} />
        )}
        {hasValues && (
          <>
            <SelectField
              {...register('dateOrder')}
              label="03/04/2026 is"
              error={errors.dateOrder?.message}
            >
              <option value="">A problem: dates are like 2026-04-03</option>
              <option value="day-first">3 April 2026</option>
              <option value="month-first">March 4, 2026</option>
            </SelectField>
            <Field
              {...register('currency')}
              label="Currency of amounts without one"
              hint="empty: the organisation’s"
              maxLength={3}
              autoComplete="off"
              error={errors.currency?.message}
            />
          </>
        )}
        {fields.includes('externalId') && (
          <Field
            {...register('externalSource')}
            label="System that the ids are of"
            maxLength={50}
            autoComplete="off"
            error={errors.externalSource?.message}
          />
        )}
      </div>
    </>
  );
}

interface OwnerFieldProps {
  readonly data: WorkspaceData;
  readonly memberId: string;
  readonly error: string | undefined;
}

function OwnerField({ data, memberId, error }: OwnerFieldProps) {
  const people = usePeople(data);
  const { register, watch } = useFormContext<PlanInput>();
  return (
    <SelectField
      {...register('ownerId')}
      // Said again whenever people come: a browser does not choose an option that was not there.
      value={watch('ownerId')}
      label="Owner of rows that name none"
      error={error}
    >
      <option value="">You</option>
      {[...people.values()]
        .filter(({ id, active }) => active && id !== memberId)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </SelectField>
  );
}
