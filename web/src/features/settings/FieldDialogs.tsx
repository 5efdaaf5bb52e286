import {
  type Field as CustomField,
  type FieldRecordType,
  fieldChangeSchema,
  fieldTypeSchema,
  newFieldSchema,
} from '@splitline/functions/contracts';
import { useRef } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { Field, SelectField, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { hasOptions, keyOf, optionsIn, recordNames, typeNames } from './field-words.ts';
import { useContractForm } from './useContractForm.ts';

interface FieldDialogProps {
  readonly rest: Rest;
  readonly recordType: FieldRecordType;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** People type options one a line; fields of other types have none, whatever stands there. */
const newFormSchema = z
  .object({
    label: z.string(),
    key: z.string(),
    type: fieldTypeSchema,
    options: z.string(),
    required: z.boolean(),
  })
  .refine(({ type, options }) => !hasOptions(type) || optionsIn(options).length > 0, {
    error: 'Give the options, one a line.',
    path: ['options'],
  })
  .transform(
    ({ options, ...field }): z.input<typeof newFieldSchema> => ({
      ...field,
      options: hasOptions(field.type) ? optionsIn(options) : [],
    }),
  )
  .pipe(newFieldSchema);

/** Defines a custom field. */
export function AddFieldDialog({ rest, recordType, onClose, onDone }: FieldDialogProps) {
  const form = useContractForm({
    schema: newFormSchema,
    defaultValues: { label: '', key: '', type: 'text', options: '', required: false },
    run: async (field) => {
      await rest.send('POST', `/api/settings/fields?recordType=${recordType}`, field);
    },
    done: 'The field is added.',
    onDone,
  });
  // The key follows the label until somebody types one.
  const hasOwnKey = useRef(false);
  const [noun] = recordNames[recordType];
  return (
    <FormDialog
      title={`Add ${noun} field`}
      lead="Its key and type stay what they are, for values of it are stored."
      form={form}
      submit="Add field"
      onClose={onClose}
    >
      <Field
        {...form.register('label', {
          onChange: (event: { target: HTMLInputElement }) => {
            if (!hasOwnKey.current) form.setValue('key', keyOf(event.target.value));
          },
        })}
        label="Label"
        required
        maxLength={100}
        autoComplete="off"
        autoFocus
        error={form.errorOf('label')}
      />
      <Field
        {...form.register('key', {
          onChange: () => {
            hasOwnKey.current = true;
          },
        })}
        label="Key"
        hint="what integrators call it"
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        error={form.errorOf('key')}
      />
      <SelectField {...form.register('type')} label="Type" error={form.errorOf('type')}>
        {fieldTypeSchema.options.map((type) => (
          <option key={type} value={type}>
            {typeNames[type]}
          </option>
        ))}
      </SelectField>
      <ValueRules
        options={hasOptions(form.watch('type')) ? form.register('options') : undefined}
        required={form.register('required')}
        optionsError={form.errorOf('options')}
      />
    </FormDialog>
  );
}

const changeFormSchema = z
  .object({ label: z.string(), options: z.string(), required: z.boolean() })
  .transform(
    ({ options, ...field }): z.input<typeof fieldChangeSchema> => ({
      ...field,
      options: optionsIn(options),
    }),
  )
  .pipe(fieldChangeSchema);

interface ChangeFieldDialogProps extends FieldDialogProps {
  readonly field: CustomField;
}

/** Changes the label of a custom field, its options, and whether it is required. */
export function ChangeFieldDialog(props: ChangeFieldDialogProps) {
  const { rest, recordType, field, onClose, onDone } = props;
  const form = useContractForm({
    schema: changeFormSchema,
    defaultValues: {
      label: field.label,
      options: field.options.join('\n'),
      required: field.required,
    },
    run: async (change) => {
      const path = `/api/settings/fields/${field.key}?recordType=${recordType}`;
      await rest.send('PATCH', path, change);
    },
    done: `${field.label} is changed.`,
    onDone,
  });
  return (
    <FormDialog
      title={`Change ${field.label}`}
      lead="Records keep the values they have, those of an option that you take away as well."
      form={form}
      submit="Save changes"
      onClose={onClose}
    >
      <Field
        {...form.register('label')}
        label="Label"
        required
        maxLength={100}
        autoComplete="off"
        autoFocus
        error={form.errorOf('label')}
      />
      <ValueRules
        options={hasOptions(field.type) ? form.register('options') : undefined}
        required={form.register('required')}
        optionsError={form.errorOf('options')}
      />
    </FormDialog>
  );
}

interface ValueRulesProps {
  /** Undefined for a type that has none. */
  readonly options: UseFormRegisterReturn | undefined;
  readonly required: UseFormRegisterReturn;
  readonly optionsError: string | undefined;
}

/** What the values of a custom field can be. */
function ValueRules({ options, required, optionsError }: ValueRulesProps) {
  return (
    <>
      {options !== undefined && (
        <TextField {...options} label="Options" hint="one a line" rows={4} error={optionsError} />
      )}
      <div className="choices">
        <label className="choices__choice">
          <input {...required} type="checkbox" />
          New records must have it
        </label>
      </div>
    </>
  );
}
