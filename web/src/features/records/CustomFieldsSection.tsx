import type { Field, FieldRecordType, FieldValue, User } from '@splitline/functions/contracts';
import { useCallback, useMemo } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { fieldListSchema, type OwnedView } from '../../data/records.ts';
import { useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { CustomField } from './CustomField.tsx';

interface CustomFieldsSectionProps {
  readonly data: WorkspaceData;
  readonly recordType: FieldRecordType;
  readonly record: OwnedView;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly isChangeable: boolean;
  readonly change: (change: object) => Promise<void>;
}

/** The fields that the organisation defined, and archived ones that still have a value. */
export function CustomFieldsSection({
  data,
  recordType,
  record,
  ...props
}: CustomFieldsSectionProps) {
  const { rest } = data;
  const org = useLive(data.watchOrg);
  const load = useCallback(
    () => rest.get('/api/settings/fields', fieldListSchema, { recordType }),
    [rest, recordType],
  );
  const loaded = useLoad(load);
  const people = useMemo(
    () =>
      [...props.people.values()]
        .filter(({ active }) => active)
        .map(({ id, name }) => ({ value: id, label: name })),
    [props.people],
  );
  if (loaded.status === 'loading') return null;
  if (loaded.status === 'failed') {
    return (
      <p className="message message--warning" role="alert">
        The custom fields cannot be shown. {loaded.problem.message}{' '}
        <button className="button button--quiet" type="button" onClick={loaded.reload}>
          Try again
        </button>
      </p>
    );
  }
  const fields = loaded.value.fields.filter((field) => isShown(field, record.customFields));
  if (fields.length === 0) return null;
  return (
    <section className="side-panel__section" aria-label="Custom fields">
      <h3>Custom fields</h3>
      <div className="inline-fields">
        {fields.map((field) => (
          <CustomField
            key={field.key}
            field={field}
            value={record.customFields[field.key]}
            people={people}
            currency={org.status === 'ready' ? (org.value?.currency ?? 'USD') : 'USD'}
            isChangeable={props.isChangeable && !field.archived}
            onSave={(value) => props.change({ customFields: { [field.key]: value } })}
          />
        ))}
      </div>
    </section>
  );
}

function isShown(
  { key, archived }: Field,
  values: Readonly<Record<string, FieldValue | undefined>>,
): boolean {
  return !archived || values[key] !== undefined;
}
