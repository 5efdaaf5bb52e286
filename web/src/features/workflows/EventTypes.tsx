import { Field, SelectField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { type Kit, prefixOf, REPORTED, subjectTypes } from './kit.ts';
import { useProblemAt } from './scope.ts';
import { useKit } from './useKit.ts';
import { eventName, recordName } from './words.ts';

interface EventTypesProps {
  readonly label: string;
  readonly path: string;
  readonly types: readonly string[];
  readonly onChange: (types: readonly string[]) => void;
}

const MAX_TYPES = 20;

/** The events that start a workflow or end a wait: any one of them does. */
export function EventTypes({ label, path, types, onChange }: EventTypesProps) {
  const shown = types.length === 0 ? [''] : types;
  const problem = useProblemAt(path);
  return (
    <div className="events">
      {shown.map((type, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a choice is known by its place alone
        <div key={index} className="events__row">
          <EventChoice
            label={index === 0 ? label : `Or event ${index + 1}`}
            path={`${path}.${index}`}
            error={types.length === 0 ? problem : undefined}
            type={type}
            onChoose={(next) => onChange(shown.with(index, next))}
          />
          {shown.length > 1 && (
            <button
              className="icon-button"
              type="button"
              aria-label={`Remove event ${index + 1}`}
              onClick={() => onChange(shown.toSpliced(index, 1))}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      ))}
      {types.length > 0 && types.length < MAX_TYPES && (
        <div>
          <button
            className="button button--quiet button--small"
            type="button"
            onClick={() => onChange([...types, ''])}
          >
            Or another event
          </button>
        </div>
      )}
    </div>
  );
}

interface EventChoiceProps {
  readonly label: string;
  readonly path: string;
  readonly error: string | undefined;
  readonly type: string;
  readonly onChoose: (type: string) => void;
}

function EventChoice({ label, path, error, type, onChoose }: EventChoiceProps) {
  const problem = useProblemAt(path) ?? error;
  const groups = groupsOf(useKit());
  const isReported = type.startsWith(REPORTED);
  return (
    <>
      <SelectField
        label={label}
        name={path}
        value={isReported ? REPORTED : type}
        error={isReported ? undefined : problem}
        onChange={(event) => onChoose(event.target.value)}
      >
        {type === '' && <option value="">Choose…</option>}
        {groups.map(({ name, types }) => (
          <optgroup key={name} label={name}>
            {types.map((each) => (
              <option key={each} value={each}>
                {eventName(each)}
              </option>
            ))}
          </optgroup>
        ))}
        <optgroup label="Others">
          <option value={REPORTED}>An event that an integration reports…</option>
          <option value="*">{eventName('*')}</option>
        </optgroup>
      </SelectField>
      {isReported && (
        <Field
          label="Name of the reported event"
          name={`${path}.name`}
          value={type.slice(REPORTED.length)}
          error={problem}
          autoComplete="off"
          maxLength={100}
          onChange={(event) => onChoose(`${REPORTED}${event.target.value}`)}
        />
      )}
    </>
  );
}

/** Events of records that sales people work with come first; each kind ends with all of its events. */
function groupsOf({ catalogue }: Kit) {
  const byRecord = new Map<string, string[]>();
  for (const { type } of catalogue.events) {
    const record = prefixOf(type);
    byRecord.set(record, [...(byRecord.get(record) ?? []), type]);
  }
  const first: readonly string[] = subjectTypes;
  return [...byRecord]
    .sort(([a], [b]) => rank(first, a) - rank(first, b))
    .map(([record, types]) => ({ name: recordName(record), types: [...types, `${record}.*`] }));
}

function rank(first: readonly string[], record: string): number {
  const index = first.indexOf(record);
  return index === -1 ? first.length : index;
}
