import type { CatalogueField } from '../../data/workflows.ts';
import { SelectField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { SingleValue } from './ComparedValue.tsx';
import { type Fields, withSetting } from './draft.ts';
import type { SpecialProps } from './SpecialFields.tsx';
import { useProblemAt, useScope } from './scope.ts';
import { TemplateInput } from './TemplateInput.tsx';
import { useKit } from './useKit.ts';

/** Types of field that have steps of their own, or that follow from other fields. */
const FOLLOWING: ReadonlySet<string> = new Set(['stage', 'team', 'id', 'instant']);
const notSet: ReadonlySet<string> = new Set([
  ...['ownerId', 'currency', 'stageKind', 'stageKey', 'paidMinor', 'refundedMinor', 'lostReason'],
  ...['tags', 'contactIds', 'companyIds', 'otherEmails', 'otherPhones', 'otherDomains'],
]);

/** New values of fields, one after another. */
export function UpdateFields({ config, path, onChange }: SpecialProps) {
  const settable = useSettable();
  const held: unknown = config.fields;
  const fields: Fields = typeof held === 'object' && held !== null ? { ...held } : {};
  const names = Object.keys(fields);
  const error = useProblemAt(`${path}.fields`);
  const isPlaced = names.length > 0;
  const change = (next: Fields) => onChange({ ...config, fields: next });
  const free = settable.filter(({ field }) => !names.includes(field));
  return (
    <div className="settings">
      {names.map((name) => (
        <NewValue
          key={name}
          field={settable.find(({ field }) => field === name) ?? unknownField(name)}
          path={`${path}.fields.${name}`}
          value={fields[name]}
          onChange={(value) => change({ ...fields, [name]: value })}
          onRemove={() => change(withSetting(fields, name, undefined))}
        />
      ))}
      <SelectField
        label={isPlaced ? 'And the field' : 'Field'}
        name={`${path}.add`}
        value=""
        error={isPlaced ? undefined : error}
        onChange={(event) => change({ ...fields, [event.target.value]: '' })}
      >
        <option value="">Choose a field to change…</option>
        {free.map(({ field, label }) => (
          <option key={field} value={field}>
            {label}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function unknownField(name: string): CatalogueField {
  return { field: name, label: name, type: 'text' };
}

/** The fields that can be set on what the steps work on; an amount is set as the deal’s value. */
function useSettable(): readonly CatalogueField[] {
  const { catalogue } = useKit();
  const { subjects } = useScope();
  const all = subjects.flatMap((type) => catalogue.fields[type] ?? []);
  const found = new Map<string, CatalogueField>();
  for (const field of all) {
    const isOwn = field.field.startsWith('customFields.');
    if (!isOwn && (FOLLOWING.has(field.type) || notSet.has(field.field))) continue;
    const name = field.field === 'valueMinor' ? 'value' : field.field;
    if (!found.has(name)) found.set(name, { ...field, field: name });
  }
  return [...found.values()];
}

interface NewValueProps {
  readonly field: CatalogueField;
  readonly path: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly onRemove: () => void;
}

function NewValue({ field, path, value, onChange, onRemove }: NewValueProps) {
  const error = useProblemAt(path);
  const isText = field.type === 'text' && field.options === undefined;
  return (
    <div className="settings__row">
      {isText ? (
        <TemplateInput
          label={field.label}
          path={path}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
        />
      ) : (
        <SingleValue
          field={field}
          label={field.label}
          path={path}
          error={error}
          value={value}
          onChange={(next) => onChange(next ?? '')}
        />
      )}
      <button
        className="icon-button"
        type="button"
        aria-label={`Leave ${field.label} as it is`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
