import type { TriggerKind } from '@splitline/functions/contracts';
import { SelectField } from '../../ui/Field.tsx';
import { DurationInput } from './DurationInput.tsx';
import { numberIn, type TriggerDraft, textIn, withSetting } from './draft.ts';
import { EventTriggerFields } from './EventTriggerFields.tsx';
import { subjectTypes } from './kit.ts';
import { ScheduleFields } from './ScheduleFields.tsx';
import { useProblemAt } from './scope.ts';
import { recordName } from './words.ts';

interface TriggerFieldsProps {
  readonly trigger: TriggerDraft;
  readonly onChange: (trigger: TriggerDraft) => void;
}

const kinds: readonly { readonly id: TriggerKind; readonly name: string }[] = [
  { id: 'event', name: 'Something happens' },
  { id: 'stalled', name: 'A deal has not moved for some time' },
  { id: 'appointment_soon', name: 'An appointment is near' },
  { id: 'schedule', name: 'A time comes, again and again' },
  { id: 'manual', name: 'Somebody starts it by hand' },
];

const beginnings: Readonly<Record<TriggerKind, TriggerDraft['settings']>> = {
  event: { types: ['deal.won'] },
  stalled: { days: 14 },
  appointment_soon: { minutesBefore: 60 },
  schedule: { cron: '0 9 * * 1-5', recordType: 'deal' },
  manual: { recordType: 'deal' },
};

/** When a workflow runs. */
export function TriggerFields({ trigger, onChange }: TriggerFieldsProps) {
  const { kind, settings } = trigger;
  const change = (name: string, value: unknown) =>
    onChange({ kind, settings: withSetting(settings, name, value) });
  const minutesOf = (days: number | undefined) => (days === undefined ? days : days * 24 * 60);
  return (
    <div className="form">
      <SelectField
        label="It runs when"
        name="trigger.kind"
        value={kind}
        onChange={(event) => {
          const next = kinds.find(({ id }) => id === event.target.value);
          if (next !== undefined) onChange({ kind: next.id, settings: beginnings[next.id] });
        }}
      >
        {kinds.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {kind === 'event' && <EventTriggerFields settings={settings} change={change} />}
      {kind === 'stalled' && (
        <DurationInput
          label="Not moved for"
          path="trigger.days"
          value={minutesOf(numberIn(settings, 'days'))}
          onChange={(minutes) =>
            change('days', minutes === undefined ? undefined : minutes / (24 * 60))
          }
        />
      )}
      {kind === 'appointment_soon' && (
        <DurationInput
          label="Before it begins"
          path="trigger.minutesBefore"
          value={numberIn(settings, 'minutesBefore')}
          onChange={(minutes) => change('minutesBefore', minutes)}
        />
      )}
      {kind === 'schedule' && <ScheduleFields settings={settings} change={change} />}
      {(kind === 'schedule' || kind === 'manual') && (
        <RecordTypeField
          label={kind === 'schedule' ? 'For each' : 'On a'}
          value={textIn(settings, 'recordType')}
          onChange={(value) => change('recordType', value)}
        />
      )}
    </div>
  );
}

interface RecordTypeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function RecordTypeField({ label, value, onChange }: RecordTypeFieldProps) {
  const error = useProblemAt('trigger.recordType');
  return (
    <SelectField
      label={label}
      name="trigger.recordType"
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    >
      {subjectTypes.map((type) => (
        <option key={type} value={type}>
          {recordName(type)}
        </option>
      ))}
    </SelectField>
  );
}
