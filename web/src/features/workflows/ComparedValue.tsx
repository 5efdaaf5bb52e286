import type { CatalogueField, CatalogueOperator } from '../../data/workflows.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { Checks, type Choice } from './Checks.tsx';
import type { Kit } from './kit.ts';
import { MoneyInput } from './MoneyInput.tsx';
import { useKit } from './useKit.ts';
import { listCodec, numberCodec, useTyped } from './useTyped.ts';

interface ComparedValueProps {
  readonly field: CatalogueField;
  readonly operator: CatalogueOperator;
  readonly path: string;
  readonly error: string | undefined;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** What a field is compared with, entered as its type and the operator ask for. */
export function ComparedValue({ operator, ...props }: ComparedValueProps) {
  const { field, path, error, value, onChange } = props;
  switch (operator.takes) {
    case 'nothing':
      return null;
    case 'days':
      return <NumberValue label="Days" {...props} />;
    case 'value':
      return <SingleValue label="Value" {...props} />;
    case 'list':
      return <ListValue {...props} />;
    case 'range': {
      const { from, to } = endsOf(value);
      const end = { field, path, error: undefined };
      return (
        <div className="range">
          <SingleValue
            {...end}
            label="From"
            error={error}
            value={from}
            onChange={(next) => onChange({ from: next, to })}
          />
          <SingleValue
            {...end}
            label="To"
            value={to}
            onChange={(next) => onChange({ from, to: next })}
          />
        </div>
      );
    }
  }
}

function endsOf(value: unknown): { readonly from: unknown; readonly to: unknown } {
  if (typeof value !== 'object' || value === null || !('from' in value)) {
    return { from: undefined, to: undefined };
  }
  return { from: value.from, to: 'to' in value ? value.to : undefined };
}

/** What is to be chosen from, for fields that hold one of few things. */
function optionsOf(field: CatalogueField, kit: Kit): readonly Choice[] | undefined {
  switch (field.type) {
    case 'stage':
      return kit.stages.map(({ id, name }) => ({ id, label: name }));
    case 'user':
      return kit.people.map(({ id, name }) => ({ id, label: name }));
    case 'team':
      return kit.teams.map(({ id, name }) => ({ id, label: name }));
    default:
      return field.options?.map((option) => ({ id: option, label: option }));
  }
}

interface SingleValueProps extends Omit<ComparedValueProps, 'operator'> {
  readonly label: string;
}

/** One value of a field. */
export function SingleValue(props: SingleValueProps) {
  const { field, label, path, error, value, onChange } = props;
  const kit = useKit();
  const options = optionsOf(field, kit);
  const text = typeof value === 'string' ? value : '';
  const shared = { label, name: path, error };
  if (options !== undefined) {
    return (
      <SelectField {...shared} value={text} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose…</option>
        {options.map(({ id, label: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {text !== '' && options.every(({ id }) => id !== text) && (
          <option value={text}>No longer offered</option>
        )}
      </SelectField>
    );
  }
  switch (field.type) {
    case 'number':
      return <NumberValue {...props} />;
    case 'money':
      return <MoneyInput {...props} />;
    case 'checkbox':
      return (
        <SelectField
          {...shared}
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          onChange={(event) => onChange(event.target.value === 'yes')}
        >
          <option value="">Choose…</option>
          <option value="yes">Yes</option>
          <option value="no">No</option>
        </SelectField>
      );
    case 'day':
    case 'instant':
      return (
        <Field
          {...shared}
          type="date"
          value={text.slice(0, 10)}
          onChange={(event) => onChange(emptyAsNone(event.target.value))}
        />
      );
    default:
      return (
        <Field
          {...shared}
          value={text}
          autoComplete="off"
          maxLength={1000}
          onChange={(event) => onChange(emptyAsNone(event.target.value))}
        />
      );
  }
}

function emptyAsNone(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function NumberValue({ label, path, error, value, onChange }: SingleValueProps) {
  const held = typeof value === 'number' ? value : undefined;
  const { text, type } = useTyped(held, numberCodec, onChange);
  return (
    <Field
      label={label}
      name={path}
      error={error}
      type="number"
      step="any"
      value={text}
      onChange={(event) => type(event.target.value)}
    />
  );
}

function ListValue({ field, path, error, value, onChange }: Omit<ComparedValueProps, 'operator'>) {
  const options = optionsOf(field, useKit());
  const isNumeric = field.type === 'number';
  const held = Array.isArray(value) ? value.map(String) : [];
  const change = (texts: readonly string[]) =>
    onChange(texts.length === 0 ? undefined : isNumeric ? texts.map(Number) : texts);
  const { text, type } = useTyped<readonly string[]>(held, listCodec, change);
  if (options !== undefined) {
    return <Checks label="Values" path={path} options={options} chosen={held} onChange={change} />;
  }
  return (
    <Field
      label="Values"
      hint="with commas between"
      name={path}
      error={error}
      value={text}
      autoComplete="off"
      onChange={(event) => type(event.target.value)}
    />
  );
}
