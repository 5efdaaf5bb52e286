import {
  type Field,
  type FieldRecordType,
  fieldRecordTypeSchema,
} from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import type { Rest, WorkspaceData } from '../../data/port.ts';
import { fieldListSchema } from '../../data/records.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { AddFieldDialog, ChangeFieldDialog } from './FieldDialogs.tsx';
import { FieldRow } from './FieldRow.tsx';
import { recordNames } from './field-words.ts';
import { SectionHead } from './SectionHead.tsx';

const tabs = fieldRecordTypeSchema.options.map((id) => ({ id, name: recordNames[id][1] }));

/** The fields that the organisation adds to its records. */
export default function FieldsSection({ data }: { readonly data: WorkspaceData }) {
  const [recordType, setRecordType] = useState<FieldRecordType>('deal');
  return (
    <section className="section" aria-label="Custom fields">
      <SectionHead
        title="Custom fields"
        lead="What you want to know of your records beside what every record has."
      />
      <div className="settings__tools">
        <Tabs
          label="Fields of which records"
          tabs={tabs}
          chosen={recordType}
          onChoose={setRecordType}
        />
      </div>
      <FieldsOf key={recordType} rest={data.rest} recordType={recordType} />
    </section>
  );
}

interface FieldsOfProps {
  readonly rest: Rest;
  readonly recordType: FieldRecordType;
}

type Step = { readonly kind: 'add' } | { readonly kind: 'change'; readonly field: Field };

function FieldsOf({ rest, recordType }: FieldsOfProps) {
  const list = useLoad(
    useCallback(
      () => rest.get('/api/settings/fields', fieldListSchema, { recordType }),
      [rest, recordType],
    ),
  );
  const [step, setStep] = useState<Step>();
  if (list.status === 'loading') return <Loading what="the fields" />;
  if (list.status === 'failed') {
    return (
      <Failure
        title="The fields cannot be shown"
        message={list.problem.message}
        onRetry={list.reload}
      />
    );
  }
  const close = () => setStep(undefined);
  const finish = () => {
    close();
    list.reload();
  };
  const fields = list.value.fields.toSorted((a, b) => Number(a.archived) - Number(b.archived));
  const [noun, plural] = recordNames[recordType];
  return (
    <>
      <Stale problem={list.problem} reload={list.reload} />
      <ul className="rows" aria-label={`Fields of ${plural.toLowerCase()}`}>
        {fields.length === 0 && <li className="rows__empty">{plural} have no custom field yet.</li>}
        {fields.map((field) => (
          <FieldRow
            key={field.key}
            rest={rest}
            recordType={recordType}
            field={field}
            onChange={() => setStep({ kind: 'change', field })}
            onChanged={list.reload}
          />
        ))}
      </ul>
      <div>
        <button
          className="button button--primary"
          type="button"
          onClick={() => setStep({ kind: 'add' })}
        >
          Add {noun} field…
        </button>
      </div>
      {step?.kind === 'add' && (
        <AddFieldDialog rest={rest} recordType={recordType} onClose={close} onDone={finish} />
      )}
      {step?.kind === 'change' && (
        <ChangeFieldDialog
          rest={rest}
          recordType={recordType}
          field={step.field}
          onClose={close}
          onDone={finish}
        />
      )}
    </>
  );
}
