import { useState } from 'react';
import { Field, SelectField } from '../../ui/Field.tsx';
import { Checks } from './Checks.tsx';
import { DurationInput } from './DurationInput.tsx';
import { type Fields, numberIn, textIn, textsIn, withSetting } from './draft.ts';
import { EventTypes } from './EventTypes.tsx';
import { useProblemAt, useScope } from './scope.ts';
import { useKit } from './useKit.ts';
import { recordName } from './words.ts';

export interface SpecialProps {
  readonly config: Fields;
  /** Of the settings: `steps.0.config`. */
  readonly path: string;
  readonly onChange: (config: Fields) => void;
}

/** To whom a mail goes: somebody by what they are to the record, or an address. */
export function RecipientFields({ config, path, onChange }: SpecialProps) {
  const to = textIn(config, 'to');
  const error = useProblemAt(`${path}.to`);
  const isNamed = to === 'contact' || to === 'owner';
  const set = (value: string) => onChange({ ...config, to: value });
  return (
    <div className="pair">
      <SelectField
        label="To"
        name={`${path}.to`}
        value={isNamed ? to : 'address'}
        onChange={(event) => set(event.target.value === 'address' ? '' : event.target.value)}
      >
        <option value="contact">The contact</option>
        <option value="owner">The owner</option>
        <option value="address">An address…</option>
      </SelectField>
      {!isNamed && (
        <Field
          label="Address"
          name={`${path}.address`}
          type="email"
          value={to}
          error={error}
          autoComplete="off"
          onChange={(event) => set(event.target.value)}
        />
      )}
    </div>
  );
}

const strategies = [
  { id: 'fixed', name: 'One person' },
  { id: 'roundRobin', name: 'Several in turn' },
  { id: 'leastLoaded', name: 'Who has the fewest open records' },
] as const;

/** Whom a record is given to. */
export function AssignFields({ config, path, onChange }: SpecialProps) {
  const { people, teams } = useKit();
  const strategy = textIn(config, 'strategy');
  const teamId = textIn(config, 'teamId');
  const errorOfPerson = useProblemAt(`${path}.uid`);
  const errorOfTeam = useProblemAt(`${path}.teamId`);
  const active = people.filter(({ active: isActive }) => isActive);
  const set = (name: string, value: unknown) => onChange(withSetting(config, name, value));
  return (
    <>
      <SelectField
        label="To whom"
        name={`${path}.strategy`}
        value={strategy}
        onChange={(event) => onChange({ strategy: event.target.value })}
      >
        {strategies.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {strategy === 'fixed' ? (
        <SelectField
          label="Person"
          name={`${path}.uid`}
          value={textIn(config, 'uid')}
          error={errorOfPerson}
          onChange={(event) => set('uid', event.target.value)}
        >
          <option value="">Choose…</option>
          {active.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : (
        <SelectField
          label="Of the team"
          name={`${path}.teamId`}
          value={teamId}
          error={errorOfTeam}
          onChange={(event) => onChange(withSetting({ strategy }, 'teamId', event.target.value))}
        >
          <option value="">People I name…</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {strategy !== 'fixed' && teamId === '' && (
        <Checks
          label="People"
          path={`${path}.uids`}
          options={active.map(({ id, name }) => ({ id, label: name }))}
          chosen={textsIn(config, 'uids')}
          onChange={(uids) => set('uids', uids)}
        />
      )}
    </>
  );
}

const ways = [
  { id: 'time', name: 'For some time', config: { minutes: 60 } },
  { id: 'field', name: 'Until a date of the record', config: { untilField: '' } },
  {
    id: 'event',
    name: 'Until something happens',
    config: { untilEvent: [], timeoutMinutes: 1440 },
  },
] as const;

/** What a run waits for. */
export function WaitFields({ config, path, onChange }: SpecialProps) {
  const way = 'untilField' in config ? 'field' : 'untilEvent' in config ? 'event' : 'time';
  const set = (name: string, value: unknown) => onChange({ ...config, [name]: value });
  return (
    <>
      <SelectField
        label="Wait"
        name={`${path}.way`}
        value={way}
        onChange={(event) => {
          const next = ways.find(({ id }) => id === event.target.value);
          if (next !== undefined) onChange(next.config);
        }}
      >
        {ways.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {way === 'time' && (
        <DurationInput
          label="For"
          path={`${path}.minutes`}
          value={numberIn(config, 'minutes')}
          onChange={(minutes) => onChange(withSetting(config, 'minutes', minutes))}
        />
      )}
      {way === 'field' && <UntilField config={config} path={path} onChange={onChange} />}
      {way === 'event' && (
        <>
          <EventTypes
            label="Until"
            path={`${path}.untilEvent`}
            types={textsIn(config, 'untilEvent')}
            onChange={(types) => set('untilEvent', types)}
          />
          <DurationInput
            label="At most"
            hint="then it goes on"
            path={`${path}.timeoutMinutes`}
            value={numberIn(config, 'timeoutMinutes')}
            onChange={(minutes) => onChange(withSetting(config, 'timeoutMinutes', minutes))}
          />
        </>
      )}
    </>
  );
}

function UntilField({ config, path, onChange }: SpecialProps) {
  const { catalogue } = useKit();
  const { recordTypes, subjects } = useScope();
  const error = useProblemAt(`${path}.untilField`);
  const offset = numberIn(config, 'offsetMinutes') ?? 0;
  const [isBefore, setIsBefore] = useState(offset < 0);
  const setOffset = (minutes: number) =>
    onChange(withSetting(config, 'offsetMinutes', minutes === 0 ? undefined : minutes));
  const types = [...new Set([...recordTypes, ...subjects])];
  return (
    <>
      <SelectField
        label="Date"
        name={`${path}.untilField`}
        value={textIn(config, 'untilField')}
        error={error}
        onChange={(event) => onChange({ ...config, untilField: event.target.value })}
      >
        <option value="">Choose…</option>
        {types.map((type) => (
          <optgroup key={type} label={recordName(type)}>
            {(catalogue.fields[type] ?? [])
              .filter((field) => field.type === 'day' || field.type === 'instant')
              .map(({ field, label }) => (
                <option key={field} value={field}>
                  {label}
                </option>
              ))}
          </optgroup>
        ))}
      </SelectField>
      <div className="pair">
        <DurationInput
          label="By how much"
          hint="optional"
          path={`${path}.offsetMinutes`}
          value={offset === 0 ? undefined : Math.abs(offset)}
          onChange={(minutes = 0) => setOffset(isBefore ? -minutes : minutes)}
        />
        <SelectField
          label="Before or after"
          name={`${path}.side`}
          value={isBefore ? 'before' : 'after'}
          onChange={(event) => {
            const isNowBefore = event.target.value === 'before';
            setIsBefore(isNowBefore);
            setOffset(isNowBefore ? -Math.abs(offset) : Math.abs(offset));
          }}
        >
          <option value="after">After the date</option>
          <option value="before">Before the date</option>
        </SelectField>
      </div>
    </>
  );
}
