import { newNumberSchema, type User } from '@splitline/functions/contracts';
import type { Rest, Stored } from '../../data/port.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useContractForm } from './useContractForm.ts';

interface AddNumberDialogProps {
  readonly rest: Rest;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const emptyIsSelf = {
  setValueAs: (value: unknown) => (value === '' ? undefined : value),
};

/** Makes a number of the Twilio account the organisation's. */
export function AddNumberDialog({ rest, people, onClose, onDone }: AddNumberDialogProps) {
  const form = useContractForm({
    schema: newNumberSchema,
    defaultValues: { phoneNumber: '', ownerId: undefined, whatsApp: false },
    run: async (number) => {
      await rest.send('POST', '/api/twilio/phone-numbers', number);
    },
    done: 'The number is yours.',
    onDone,
  });
  const owners = [...people.values()]
    .filter(({ active }) => active)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <FormDialog
      title="Add number"
      lead="Buy it at Twilio first, and have it send its messages to the address under Providers."
      form={form}
      submit="Add number"
      onClose={onClose}
    >
      <Field
        {...form.register('phoneNumber')}
        label="Number"
        hint="with its country: +1 212 555 0187"
        inputMode="tel"
        required
        maxLength={50}
        autoComplete="off"
        autoFocus
        error={form.errorOf('phoneNumber')}
      />
      <SelectField
        {...form.register('ownerId', emptyIsSelf)}
        label="Unknown senders go to"
        error={form.errorOf('ownerId')}
      >
        <option value="">Me</option>
        {owners.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="choices">
        <label className="choices__choice">
          <input {...form.register('whatsApp')} type="checkbox" />
          It is a WhatsApp sender as well
        </label>
      </div>
    </FormDialog>
  );
}
