import { type MessageSettings, settingsChangeSchema } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { FormFoot } from './FormFoot.tsx';
import { emptyIsLeftOut, emptyIsNull, useContractForm } from './useContractForm.ts';

interface SendingFormProps {
  readonly rest: Rest;
  readonly settings: MessageSettings;
  readonly onSaved: () => void;
}

/** Quiet hours are one value, which is none while they are off. */
const formSchema = z
  .object({
    isQuiet: z.boolean(),
    quietHours: z.object({ start: z.string(), end: z.string() }),
    dailyBudget: z.number().optional(),
    smsNumber: z.string().nullable(),
    whatsAppNumber: z.string().nullable(),
  })
  .transform(
    ({ isQuiet, quietHours, smsNumber, ...rest }): z.input<typeof settingsChangeSchema> => ({
      ...rest,
      quietHours: isQuiet ? quietHours : null,
      ...(smsNumber === null ? {} : { smsNumber }),
    }),
  )
  .pipe(settingsChangeSchema);

const USUAL = { start: '21:00', end: '08:00' };

/** How texts are sent: not at night, not too many, and from which number. */
export function SendingForm({ rest, settings, onSaved }: SendingFormProps) {
  const { quietHours, dailyBudget, numbers, smsNumber, whatsAppNumber } = settings;
  const form = useContractForm({
    schema: formSchema,
    defaultValues: {
      isQuiet: quietHours !== null,
      quietHours: quietHours ?? USUAL,
      ...{ dailyBudget, smsNumber, whatsAppNumber },
    },
    run: async (change) => {
      await rest.send('PATCH', '/api/messages/settings', change);
    },
    done: 'The settings are saved.',
    onDone: onSaved,
  });
  const senders = numbers.filter(({ isWhatsApp }) => isWhatsApp);
  return (
    <form className="form settings__form" onSubmit={form.onSubmit}>
      <QuietHours form={form} isQuiet={form.watch('isQuiet')} />
      <Field
        {...form.register('dailyBudget', emptyIsLeftOut)}
        label="Most messages a day"
        type="number"
        inputMode="numeric"
        min={0}
        step={1}
        required
        error={form.errorOf('dailyBudget')}
      />
      {numbers.length > 0 && (
        <SelectField
          {...form.register('smsNumber', emptyIsNull)}
          label="Texts are sent from"
          error={form.errorOf('smsNumber')}
        >
          {smsNumber === null && <option value="">No number</option>}
          {numbers.map(({ phoneNumber }) => (
            <option key={phoneNumber} value={phoneNumber}>
              {phoneNumber}
            </option>
          ))}
        </SelectField>
      )}
      {senders.length > 0 && (
        <SelectField
          {...form.register('whatsAppNumber', emptyIsNull)}
          label="WhatsApp messages are sent from"
          error={form.errorOf('whatsAppNumber')}
        >
          <option value="">No number</option>
          {senders.map(({ phoneNumber }) => (
            <option key={phoneNumber} value={phoneNumber}>
              {phoneNumber}
            </option>
          ))}
        </SelectField>
      )}
      <FormFoot form={form} submit="Save changes" />
    </form>
  );
}

interface QuietHoursProps {
  readonly form: ReturnType<typeof useContractForm<z.input<typeof formSchema>, unknown>>;
  readonly isQuiet: boolean;
}

function QuietHours({ form, isQuiet }: QuietHoursProps) {
  const error = form.errorOf('quietHours');
  return (
    <fieldset className="choices">
      <legend className="field__label">Quiet hours</legend>
      <label className="choices__choice">
        <input {...form.register('isQuiet')} type="checkbox" />
        Text nobody at night, by the contact’s clock
      </label>
      {isQuiet && (
        <div className="settings__times">
          <Field {...form.register('quietHours.start')} label="From" type="time" required />
          <Field {...form.register('quietHours.end')} label="Until" type="time" required />
        </div>
      )}
      {error !== undefined && (
        <p className="field__error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
