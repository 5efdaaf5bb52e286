import { InlineField } from '../../ui/InlineField.tsx';
import { type FieldSpec, toChange, toInput } from './fields.ts';

interface TextFieldsProps {
  readonly fields: readonly FieldSpec[];
  readonly record: object;
  readonly isChangeable: boolean;
  readonly change: (change: object) => Promise<void>;
}

/** Fields of a record, each edited where it stands. */
export function TextFields({ fields, record, isChangeable, change }: TextFieldsProps) {
  const values = new Map<string, unknown>(Object.entries(record));
  return fields.map((field) => (
    <InlineField
      key={field.key}
      label={field.label}
      value={toInput(values.get(field.key))}
      isChangeable={isChangeable}
      isRequired={field.isRequired ?? false}
      type={field.type ?? 'text'}
      onSave={(text) => change(toChange(field, text))}
    />
  ));
}
