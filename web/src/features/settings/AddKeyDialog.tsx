import { newApiKeySchema } from '@splitline/functions/contracts';
import { useMemo, useRef } from 'react';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import { type NewKey, newKeySchema } from '../../data/settings.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { endOfDayIn } from '../../ui/moment-in.ts';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { useContractForm } from './useContractForm.ts';

interface AddKeyDialogProps {
  readonly rest: Rest;
  readonly onClose: () => void;
  readonly onMade: (key: NewKey) => void;
}

/** A key is valid to the end of its last day, as the organisation counts days. */
function formSchemaIn(timeZone: string) {
  return z
    .object({
      name: z.string(),
      scopes: newApiKeySchema.shape.scopes,
      expiresAt: z.string(),
    })
    .transform(
      ({ expiresAt, ...key }): z.input<typeof newApiKeySchema> => ({
        ...key,
        expiresAt: endOfDayIn(timeZone, expiresAt)?.toISOString() ?? null,
      }),
    )
    .pipe(newApiKeySchema);
}

const scopes = [
  { id: 'read:crm', name: 'Read records' },
  { id: 'write:crm', name: 'Write records' },
] as const;

/** Makes an API key. */
export function AddKeyDialog({ rest, onClose, onMade }: AddKeyDialogProps) {
  const made = useRef<NewKey>(undefined);
  const timeZone = useTimeZone();
  const schema = useMemo(() => formSchemaIn(timeZone), [timeZone]);
  const form = useContractForm({
    schema,
    defaultValues: { name: '', scopes: ['read:crm'], expiresAt: '' },
    run: async (key) => {
      made.current = readAnswer(newKeySchema, await rest.send('POST', '/api/api-keys', key));
    },
    done: 'The API key is made.',
    onDone: () => {
      if (made.current !== undefined) onMade(made.current);
    },
  });
  const scopesError = form.errorOf('scopes');
  return (
    <FormDialog
      title="Add API key"
      lead="Give each program a key of its own, so that you can revoke one without the others."
      form={form}
      submit="Add API key"
      onClose={onClose}
    >
      <Field
        {...form.register('name')}
        label="Name"
        hint="the program that will use it"
        required
        maxLength={100}
        autoComplete="off"
        autoFocus
        error={form.errorOf('name')}
      />
      <fieldset className="choices">
        <legend className="field__label">It may</legend>
        {scopes.map(({ id, name }) => (
          <label key={id} className="choices__choice">
            <input {...form.register('scopes')} type="checkbox" value={id} />
            {name}
          </label>
        ))}
        {scopesError !== undefined && (
          <p className="field__error" role="alert">
            Choose at least one.
          </p>
        )}
      </fieldset>
      <Field
        {...form.register('expiresAt')}
        label="Last day"
        hint="empty: until it is revoked"
        type="date"
        error={form.errorOf('expiresAt')}
      />
    </FormDialog>
  );
}
