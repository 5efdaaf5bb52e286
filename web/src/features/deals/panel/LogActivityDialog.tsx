import { zodResolver } from '@hookform/resolvers/zod';
import { newActivitySchema } from '@splitline/functions/contracts';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import type { Rest } from '../../../data/port.ts';
import { Field, SelectField, TextField } from '../../../ui/Field.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { momentIn } from '../../../ui/moment-in.ts';
import { placeAmong, useFormCommand } from '../../../ui/useFormCommand.ts';
import { useForeignZone, useTimeZone } from '../../../ui/useTimeZone.ts';

interface LogActivityDialogProps {
  readonly rest: Rest;
  readonly dealId: string;
  readonly onClose: () => void;
  readonly onLogged: () => void;
}

const typeNames = { call: 'Call', meeting: 'Meeting', email: 'E-mail', other: 'Something else' };

const formSchema = z.object({
  type: newActivitySchema.shape.type,
  subject: z.string().trim().min(1, { error: 'Say in a few words what it was about.' }).max(300),
  /** In the organisation's zone. */
  occurredAt: z.string(),
  durationMinutes: z
    .string()
    .trim()
    .regex(/^\d{0,5}$/, { error: 'Enter whole minutes.' })
    .transform((text) => (text === '' ? null : Number(text))),
  body: z
    .string()
    .trim()
    .max(20_000)
    .transform((text) => (text === '' ? null : text)),
});

/** Notes a call, a meeting or anything else that was done about a deal. */
export default function LogActivityDialog(props: LogActivityDialogProps) {
  const { rest, dealId, onClose, onLogged } = props;
  const timeZone = useTimeZone();
  const foreignZone = useForeignZone();
  const form = useForm<z.input<typeof formSchema>, unknown, z.output<typeof formSchema>>({
    resolver: zodResolver(formSchema),
    defaultValues: { type: 'call', subject: '', occurredAt: '', durationMinutes: '', body: '' },
  });
  const { register, formState } = form;
  const { errors } = formState;
  const command = useFormCommand(form, {
    placeOf: placeAmong(['type', 'subject', 'occurredAt', 'durationMinutes', 'body']),
    run: async (activity) => {
      const about = { recordType: 'deal', recordId: dealId };
      const occurredAt = momentIn(timeZone, activity.occurredAt)?.toISOString();
      await rest.send('POST', '/api/activities', { ...about, ...activity, occurredAt });
    },
    done: 'The activity is in the history.',
    onDone: () => {
      onLogged();
      onClose();
    },
  });
  return (
    <FormDialog
      title="Log activity"
      lead="It stands in the history of the deal for everybody who sees the deal."
      form={command}
      submit="Log activity"
      onClose={onClose}
    >
      <SelectField {...register('type')} label="Kind" error={errors.type?.message}>
        {Object.entries(typeNames).map(([type, name]) => (
          <option key={type} value={type}>
            {name}
          </option>
        ))}
      </SelectField>
      <Field
        {...register('subject')}
        label="What was it about?"
        maxLength={300}
        autoComplete="off"
        error={errors.subject?.message}
      />
      <div className="log-activity__when">
        <Field
          {...register('occurredAt')}
          label="When"
          hint={['now, if left out', foreignZone].filter(Boolean).join('; ')}
          type="datetime-local"
          error={errors.occurredAt?.message}
        />
        <Field
          {...register('durationMinutes')}
          label="Minutes"
          hint="optional"
          inputMode="numeric"
          autoComplete="off"
          error={errors.durationMinutes?.message}
        />
      </div>
      <TextField
        {...register('body')}
        label="Details"
        hint="optional"
        maxLength={20_000}
        error={errors.body?.message}
      />
    </FormDialog>
  );
}
