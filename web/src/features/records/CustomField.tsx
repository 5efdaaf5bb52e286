import type { Field, FieldValue } from '@splitline/functions/contracts';
import { refusal } from '../../data/refusal.ts';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { InlineField, InlineRow, InlineSelect, useSaving } from '../../ui/InlineField.tsx';
import { moneyForInput, readMoney } from '../../ui/money-input.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

interface CustomFieldProps {
  readonly field: Field;
  readonly value: FieldValue | undefined;
  readonly people: readonly Option[];
  /** The organisation's, for amounts that have none yet. */
  readonly currency: string;
  readonly isChangeable: boolean;
  /** Null clears. */
  readonly onSave: (value: FieldValue | null) => Promise<void>;
}

/** One custom field, edited as its type asks for. */
export function CustomField(props: CustomFieldProps) {
  const { field, value, people, isChangeable, onSave } = props;
  const { label, type, required: isRequired } = field;
  const base = { label, isChangeable, isRequired };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const saveText = (typed: string) => onSave(typed === '' ? null : typed);
  switch (type) {
    case 'money':
      return <MoneyField {...props} />;
    case 'checkbox':
      return <CheckboxField {...props} />;
    case 'multiSelect':
      return <MultiSelectField {...props} />;
    case 'picklist':
      return (
        <InlineSelect
          {...base}
          value={text}
          options={withNone(field.options.map(toOption), text)}
          onSave={saveText}
        />
      );
    case 'user':
      return (
        <InlineSelect {...base} value={text} options={withNone(people, text)} onSave={saveText} />
      );
    case 'number':
      return (
        <InlineField
          {...base}
          type="number"
          value={text}
          onSave={(typed) => onSave(typed === '' ? null : Number(typed))}
        />
      );
    case 'date':
      return (
        <InlineField
          {...base}
          type="date"
          value={text}
          shown={text === '' ? '' : formatDay(new Date(text))}
          onSave={saveText}
        />
      );
    case 'text':
      return <InlineField {...base} value={text} onSave={saveText} />;
  }
}

function toOption(option: string): Option {
  return { value: option, label: option };
}

/** With the choice of none, and with the present value if it is no longer offered. */
function withNone(options: readonly Option[], value: string): readonly Option[] {
  const isOffered = value === '' || options.some((option) => option.value === value);
  const gone = isOffered ? [] : [{ value, label: 'No longer offered' }];
  return [{ value: '', label: 'Not set' }, ...gone, ...options];
}

function MoneyField({ field, value, currency, isChangeable, onSave }: CustomFieldProps) {
  const amount = typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  const unit = amount?.currency ?? currency;
  const save = async (text: string) => {
    if (text === '') return onSave(null);
    const read = readMoney(text, unit, field.key);
    if ('problem' in read) throw refusal(read.problem.message);
    await onSave({ amountMinor: read.minor, currency: unit });
  };
  return (
    <InlineField
      label={`${field.label} (${unit})`}
      type="number"
      value={amount === undefined ? '' : moneyForInput(amount.amountMinor, unit)}
      shown={amount === undefined ? '' : formatMoney(amount.amountMinor, unit)}
      isRequired={field.required}
      isChangeable={isChangeable}
      onSave={save}
    />
  );
}

function CheckboxField({ field, value, isChangeable, onSave }: CustomFieldProps) {
  const { save, problem, isSaving } = useSaving(onSave);
  return (
    <InlineRow label={field.label} problem={problem}>
      {(links) => (
        <input
          {...links}
          className="records__check"
          type="checkbox"
          checked={value === true}
          disabled={!isChangeable || isSaving}
          onChange={(event) => void save(event.currentTarget.checked)}
        />
      )}
    </InlineRow>
  );
}

function MultiSelectField({ field, value, isChangeable, onSave }: CustomFieldProps) {
  const { save, problem, isSaving } = useSaving(onSave);
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (option: string) => {
    const next = chosen.includes(option)
      ? chosen.filter((one) => one !== option)
      : [...chosen, option];
    void save(next.length === 0 ? null : next);
  };
  return (
    <fieldset className="records__choices">
      <legend className="inline-field__label">{field.label}</legend>
      <div className="choices">
        {field.options.map((option) => (
          <label key={option} className="choices__choice">
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              disabled={!isChangeable || isSaving}
              onChange={() => toggle(option)}
            />
            {option}
          </label>
        ))}
        {problem !== undefined && (
          <p className="field__error" role="alert">
            {problem.message}
          </p>
        )}
      </div>
    </fieldset>
  );
}
