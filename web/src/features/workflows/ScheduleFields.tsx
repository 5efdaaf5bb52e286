import { useState } from 'react';
import { Field, SelectField } from '../../ui/Field.tsx';
import { type Fields, textIn } from './draft.ts';
import { useProblemAt } from './scope.ts';

interface ScheduleFieldsProps {
  readonly settings: Fields;
  readonly change: (name: string, value: unknown) => void;
}

const rhythms = [
  { id: 'weekdays', name: 'Monday to Friday', days: '* * 1-5' },
  { id: 'daily', name: 'Every day', days: '* * *' },
  { id: 'weekly', name: 'Every Monday', days: '* * 1' },
  { id: 'monthly', name: 'On the first of every month', days: '1 * *' },
] as const;

/** When a schedule comes: one of the usual rhythms with a time, or any other in five fields. */
export function ScheduleFields({ settings, change }: ScheduleFieldsProps) {
  const cron = textIn(settings, 'cron');
  const error = useProblemAt('trigger.cron');
  const usual = usualOf(cron);
  const [isOwn, setIsOwn] = useState(usual === undefined);
  const zone = textIn(settings, 'timeZone');
  const set = (time: string, days: string) => {
    const [hour = '9', minute = '0'] = time.split(':');
    change('cron', `${Number(minute)} ${Number(hour)} ${days}`);
  };
  return (
    <>
      <div className="pair">
        <SelectField
          label="How often"
          name="rhythm"
          value={isOwn || usual === undefined ? 'own' : usual.rhythm.id}
          onChange={(event) => {
            const next = rhythms.find(({ id }) => id === event.target.value);
            setIsOwn(next === undefined);
            if (next !== undefined) set(usual?.time ?? '09:00', next.days);
          }}
        >
          {rhythms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="own">Another rhythm…</option>
        </SelectField>
        {isOwn || usual === undefined ? (
          <Field
            label="Rhythm"
            hint="minute hour day month weekday"
            name="trigger.cron"
            value={cron}
            error={error}
            maxLength={100}
            autoComplete="off"
            placeholder="0 9 * * 1-5"
            onChange={(event) => change('cron', event.target.value)}
          />
        ) : (
          <Field
            label="At"
            name="trigger.cron"
            type="time"
            required
            value={usual.time}
            error={error}
            onChange={(event) => set(event.target.value, usual.rhythm.days)}
          />
        )}
      </div>
      <p className="soft small">
        {zone === '' ? 'In the time zone of your organisation.' : `In the time zone ${zone}.`}
      </p>
    </>
  );
}

function usualOf(cron: string) {
  const [, minute = '', hour = '', days = ''] = /^(\d{1,2}) (\d{1,2}) (.+)$/.exec(cron) ?? [];
  const rhythm = rhythms.find((each) => each.days === days);
  if (rhythm === undefined) return undefined;
  return { rhythm, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
}
