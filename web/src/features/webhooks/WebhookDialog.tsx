import { Controller, FormProvider } from 'react-hook-form';
import type { WorkspaceData } from '../../data/port.ts';
import type { Webhook } from '../../data/webhooks.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { FilterFields } from './FilterFields.tsx';
import { HeaderFields } from './HeaderFields.tsx';
import type { NewSecret } from './SecretDialog.tsx';
import { TypePicker } from './TypePicker.tsx';
import { useWebhookForm } from './useWebhookForm.ts';

interface WebhookDialogProps {
  readonly data: WorkspaceData;
  /** The webhook that is changed; a new one without it. */
  readonly webhook: Webhook | undefined;
  readonly onClose: () => void;
  readonly onSaved: (saved: NewSecret) => void;
}

/** Adds a webhook or changes one. */
export function WebhookDialog({ data, webhook, onClose, onSaved }: WebhookDialogProps) {
  const { form, dialog } = useWebhookForm({ rest: data.rest, webhook, onSaved });
  const { errors } = form.formState;
  return (
    <FormDialog
      title={webhook === undefined ? 'Add webhook' : 'Edit webhook'}
      lead={
        webhook === undefined
          ? 'From now on, the events you choose are sent to the address as a POST with JSON.'
          : 'What is on its way is sent to the new address; the types hold from now on.'
      }
      form={dialog}
      submit={webhook === undefined ? 'Add webhook' : 'Save webhook'}
      isWide
      onClose={onClose}
    >
      <FormProvider {...form}>
        <Field
          {...form.register('url')}
          label="Address"
          hint="https://…"
          inputMode="url"
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          error={errors.url?.message}
        />
        <Field
          {...form.register('description')}
          label="Description"
          hint="optional"
          maxLength={500}
          autoComplete="off"
          error={errors.description?.message}
        />
        <Controller
          control={form.control}
          name="types"
          render={({ field, fieldState }) => (
            <TypePicker
              rest={data.rest}
              chosen={field.value}
              onChoose={field.onChange}
              inputRef={field.ref}
              error={fieldState.error?.message}
            />
          )}
        />
        <FilterFields data={data} />
        <HeaderFields kept={webhook?.headerNames ?? []} />
      </FormProvider>
    </FormDialog>
  );
}
