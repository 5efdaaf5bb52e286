import { type Schedule, scheduleSchema } from '@splitline/functions/contracts';
import type { Rest } from '../../data/port.ts';
import { SelectField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { scheduleNames } from './payout-words.ts';

interface ScheduleDialogProps {
  readonly rest: Rest;
  readonly schedule: Schedule;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** How often people are paid. */
export function ScheduleDialog({ rest, schedule, onClose, onDone }: ScheduleDialogProps) {
  const form = useCommand({
    done: 'The schedule is changed.',
    onDone,
    fields: ['schedule'],
    run: async (read) => {
      await rest.send('PUT', '/api/payout-settings', { schedule: read('schedule') });
      return undefined;
    },
  });
  return (
    <FormDialog
      title="How often are people paid?"
      lead="The new schedule holds from the end of the last period that was closed. Periods that are closed stay as they are."
      form={form}
      submit="Change schedule"
      onClose={onClose}
    >
      <SelectField
        label="Schedule"
        name="schedule"
        defaultValue={schedule}
        error={form.errorOf('schedule')}
      >
        {scheduleSchema.options.map((option) => (
          <option key={option} value={option}>
            {scheduleNames[option]}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
