import { type RefCallback, useCallback, useId, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { type EventType, eventTypesSchema } from '../../data/webhooks.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { EVERYTHING, groupTypes, isCovered, otherPatterns, toggle } from './event-groups.ts';

interface TypePickerProps {
  readonly rest: Rest;
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly inputRef: RefCallback<HTMLInputElement>;
  readonly error: string | undefined;
}

/** Which events are sent: single types, all of a kind of record, or every one. */
export function TypePicker({ rest, chosen, onChoose, inputRef, error }: TypePickerProps) {
  const types = useLoad(useCallback(() => rest.get('/api/events/types', eventTypesSchema), [rest]));
  const [sought, setSought] = useState('');
  const errorId = useId();
  return (
    <fieldset className="types" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="field__label">Events</legend>
      <Chosen chosen={chosen} onChoose={onChoose} />
      <input
        ref={inputRef}
        className="input"
        type="search"
        aria-label="Search events"
        aria-invalid={error !== undefined}
        placeholder="Search events, for example: deal won"
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
        // Enter belongs to the search here, not to the form.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {error !== undefined && (
        <p className="field__error" id={errorId} role="alert">
          {error}
        </p>
      )}
      {types.status === 'loading' && <Loading what="the types of event" />}
      {types.status === 'failed' && (
        <Failure
          title="The types of event cannot be shown"
          message={types.problem.message}
          onRetry={types.reload}
        />
      )}
      {types.status === 'ready' && (
        <Groups
          types={types.value.types}
          sought={sought.trim()}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
    </fieldset>
  );
}

type ChosenProps = Pick<TypePickerProps, 'chosen' | 'onChoose'>;

function Chosen({ chosen, onChoose }: ChosenProps) {
  if (chosen.length === 0) return <p className="soft small">None chosen yet.</p>;
  return (
    <ul className="types__chosen" aria-label="Chosen events">
      {chosen.map((pattern) => (
        <li key={pattern} className="tag">
          {pattern === EVERYTHING ? 'All events' : pattern}
          <button
            className="types__remove"
            type="button"
            aria-label={`Remove ${pattern === EVERYTHING ? 'all events' : pattern}`}
            onClick={() => onChoose(toggle(chosen, pattern))}
          >
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface GroupsProps extends ChosenProps {
  readonly types: readonly EventType[];
  readonly sought: string;
}

function Groups({ types, sought, chosen, onChoose }: GroupsProps) {
  const groups = groupTypes(types, sought);
  const choice = (pattern: string, text: string, detail?: string) => (
    <Choice
      key={pattern}
      name={text}
      detail={detail}
      isChecked={chosen.includes(pattern) || isCovered(pattern, chosen)}
      isFixed={isCovered(pattern, chosen)}
      onToggle={() => onChoose(toggle(chosen, pattern))}
    />
  );
  return (
    <div className="types__list">
      {sought === '' && choice(EVERYTHING, 'All events', 'Whatever happens, to whatever record.')}
      {groups.map((group) => (
        <fieldset key={group.all} className="types__group">
          <legend>{group.name}</legend>
          {choice(group.all, group.all, 'Every one of these, and those to come.')}
          {group.types.map(({ type, description }) => choice(type, type, description))}
        </fieldset>
      ))}
      {otherPatterns(chosen, types).map((pattern) => choice(pattern, pattern))}
      {groups.length === 0 && <p className="soft">No event fits. Try fewer letters.</p>}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly detail: string | undefined;
  readonly isChecked: boolean;
  /** Chosen with others: it cannot be left alone. */
  readonly isFixed: boolean;
  readonly onToggle: () => void;
}

function Choice({ name, detail, isChecked, isFixed, onToggle }: ChoiceProps) {
  const detailId = useId();
  return (
    <div className="types__choice">
      <label className="choices__choice">
        <input
          type="checkbox"
          checked={isChecked}
          disabled={isFixed}
          aria-describedby={detail === undefined ? undefined : detailId}
          onChange={onToggle}
        />
        <span>{name}</span>
      </label>
      {detail !== undefined && (
        <span className="soft small" id={detailId}>
          {detail}
        </span>
      )}
    </div>
  );
}
