import { useFieldArray, useFormContext } from 'react-hook-form';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { WebhookInput } from './webhook-form.ts';

const MAX_HEADERS = 20;

interface HeaderFieldsProps {
  /** The names of the headers that are there; their values are not shown. */
  readonly kept: readonly string[];
}

/** Headers of one's own, for endpoints that ask for a key. They are replaced as a whole. */
export function HeaderFields({ kept }: HeaderFieldsProps) {
  const { control, register, formState, watch, setValue } = useFormContext<WebhookInput>();
  const { fields, append, remove, replace } = useFieldArray({ control, name: 'headers' });
  const isKept = watch('keepsHeaders');
  const errorsAt = (index: number) => formState.errors.headers?.[index];
  if (isKept) {
    return (
      <div className="webhook__headers">
        <p className="small">
          <span className="field__label">Own headers</span>{' '}
          <span className="soft">{kept.join(', ')}, whose values are not shown</span>
        </p>
        <div>
          <button
            className="button button--small"
            type="button"
            onClick={() => {
              setValue('keepsHeaders', false);
              replace(kept.map((name) => ({ name, value: '' })));
            }}
          >
            Replace headers
          </button>
        </div>
      </div>
    );
  }
  return (
    <fieldset className="webhook__headers">
      <legend className="field__label">
        Own headers <span className="field__hint">(optional)</span>
      </legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="webhook__header">
          <Field
            {...register(`headers.${index}.name`)}
            label="Name"
            placeholder="X-Api-Key"
            autoComplete="off"
            spellCheck={false}
            error={errorsAt(index)?.name?.message}
          />
          <Field
            {...register(`headers.${index}.value`)}
            label="Value"
            autoComplete="off"
            spellCheck={false}
            error={errorsAt(index)?.value?.message}
          />
          <button
            className="icon-button"
            type="button"
            aria-label={`Remove header ${index + 1}`}
            onClick={() => remove(index)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {fields.length < MAX_HEADERS && (
        <div>
          <button
            className="button button--small"
            type="button"
            onClick={() => append({ name: '', value: '' })}
          >
            Add header
          </button>
        </div>
      )}
    </fieldset>
  );
}
