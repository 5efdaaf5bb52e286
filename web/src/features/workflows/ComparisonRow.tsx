import type { CatalogueField } from '../../data/workflows.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ComparedValue } from './ComparedValue.tsx';
import type { ComparisonDraft } from './draft.ts';
import { eventFields, findField, type Kit, operatorsFor, REPORTED_VALUE } from './kit.ts';
import { useProblemAt, useScope } from './scope.ts';
import { useKit } from './useKit.ts';
import { recordName } from './words.ts';

interface ComparisonRowProps {
  readonly comparison: ComparisonDraft;
  readonly path: string;
  /** For people: 1 is the first of its group. */
  readonly number: number;
  readonly onChange: (comparison: ComparisonDraft) => void;
  readonly onRemove: () => void;
}

/** One thing that must be so: a field, what is asked of it, and what it is compared with. */
export function ComparisonRow(props: ComparisonRowProps) {
  const { comparison, path, number, onChange, onRemove } = props;
  const kit = useKit();
  const { recordTypes } = useScope();
  const field = findField(kit, recordTypes, comparison.field);
  const operators = operatorsFor(kit, field);
  const operator = operators.find(({ name }) => name === comparison.operator);
  const valueProblem = useProblemAt(`${path}.value`);
  const operatorProblem = useProblemAt(`${path}.operator`);
  const chooseField = (name: string) => {
    const next = findField(kit, recordTypes, name);
    const [first] = operatorsFor(kit, next);
    onChange({ ...comparison, field: name, operator: first?.name ?? '', value: undefined });
  };
  const chooseOperator = (name: string) => {
    const next = operators.find((candidate) => candidate.name === name);
    // Another kind of value is wanted: what is there would not fit.
    const value = next?.takes === operator?.takes ? comparison.value : undefined;
    onChange({ ...comparison, operator: name, value });
  };
  return (
    <fieldset className="comparison">
      <legend className="visually-hidden">Condition {number}</legend>
      <FieldChoice comparison={comparison} path={path} onChoose={chooseField} />
      <SelectField
        label="Is asked"
        name={`${path}.operator`}
        value={comparison.operator}
        error={operatorProblem}
        onChange={(event) => chooseOperator(event.target.value)}
      >
        {operator === undefined && <option value={comparison.operator}>Choose…</option>}
        {operators.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </SelectField>
      <div className="comparison__value">
        {field !== undefined && operator !== undefined && (
          <ComparedValue
            key={`${comparison.field} ${operator.takes}`}
            field={field}
            operator={operator}
            path={`${path}.value`}
            error={valueProblem}
            value={comparison.value}
            onChange={(value) => onChange({ ...comparison, value })}
          />
        )}
      </div>
      <button
        className="icon-button comparison__remove"
        type="button"
        aria-label={`Remove condition ${number}`}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </fieldset>
  );
}

interface FieldChoiceProps {
  readonly comparison: ComparisonDraft;
  readonly path: string;
  readonly onChoose: (field: string) => void;
}

function FieldChoice({ comparison, path, onChoose }: FieldChoiceProps) {
  const kit = useKit();
  const { recordTypes, knowsBefore } = useScope();
  const error = useProblemAt(`${path}.field`);
  const isReported = comparison.field.startsWith(REPORTED_VALUE);
  const groups = groupsOf(kit, recordTypes, knowsBefore);
  const isOffered = groups.some(({ fields }) =>
    fields.some(({ field }) => field === comparison.field),
  );
  return (
    <div className="comparison__field">
      <SelectField
        label="Field"
        name={`${path}.field`}
        value={isReported ? REPORTED_VALUE : comparison.field}
        error={error}
        onChange={(event) => onChoose(event.target.value)}
      >
        {comparison.field === '' && <option value="">Choose…</option>}
        {!isReported && !isOffered && comparison.field !== '' && (
          <option value={comparison.field}>{comparison.field}</option>
        )}
        {groups.map(({ name, fields }) => (
          <optgroup key={name} label={name}>
            {fields.map(({ field, label }) => (
              <option key={field} value={field}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
        {knowsBefore && <option value={REPORTED_VALUE}>A value of a reported event…</option>}
      </SelectField>
      {isReported && (
        <Field
          label="Name of the value"
          name={`${path}.reported`}
          value={comparison.field.slice(REPORTED_VALUE.length)}
          autoComplete="off"
          maxLength={64}
          onChange={(event) => onChoose(`${REPORTED_VALUE}${event.target.value}`)}
        />
      )}
    </div>
  );
}

interface FieldGroup {
  readonly name: string;
  readonly fields: readonly CatalogueField[];
}

function groupsOf({ catalogue }: Kit, recordTypes: readonly string[], knowsBefore: boolean) {
  const known = recordTypes.flatMap((type): FieldGroup[] => {
    const fields = catalogue.fields[type] ?? [];
    if (fields.length === 0) return [];
    const before = fields.map((field) => ({
      ...field,
      ...{ field: `before.${field.field}`, label: `${field.label} before` },
    }));
    const name = recordName(type);
    return [
      { name, fields },
      ...(knowsBefore ? [{ name: `${name} before the event`, fields: before }] : []),
    ];
  });
  return knowsBefore ? [...known, { name: 'The event', fields: eventFields }] : known;
}
