import { ComparisonRow } from './ComparisonRow.tsx';
import {
  type ConditionDraft,
  type GroupDraft,
  type GroupMode,
  newComparison,
  newGroup,
  pathOfPart,
} from './draft.ts';
import { unplaced } from './problems.ts';
import { useScope } from './scope.ts';

interface ConditionGroupProps {
  readonly group: GroupDraft;
  readonly path: string;
  /** How deep it stands in others; the outermost is at 0. */
  readonly depth?: number;
  readonly label: string;
  readonly onChange: (group: GroupDraft) => void;
  readonly onRemove?: () => void;
}

const modes: readonly { readonly id: GroupMode; readonly label: string }[] = [
  { id: 'all', label: 'All of these are so' },
  { id: 'any', label: 'Any of these is so' },
  { id: 'none', label: 'None of these is so' },
  { id: 'notAll', label: 'Not all of these are so' },
];

/** Deeper ones are refused. */
const MAX_DEPTH = 2;

/** Conditions that are joined, with others of their kind below them. */
export function ConditionGroup(props: ConditionGroupProps) {
  const { group, path, depth = 0, label, onChange, onRemove } = props;
  const { problems } = useScope();
  const { mode, parts } = group;
  const replace = (index: number, part: ConditionDraft) =>
    onChange({ ...group, parts: parts.with(index, part) });
  const remove = (index: number) => onChange({ ...group, parts: parts.toSpliced(index, 1) });
  const add = (part: ConditionDraft) => onChange({ ...group, parts: [...parts, part] });
  const places = parts.map((_, index) => pathOfPart(path, mode, index));
  return (
    <fieldset className="group" data-depth={depth}>
      <legend className="visually-hidden">{label}</legend>
      {(parts.length > 1 || depth > 0 || mode !== 'all') && (
        <div className="group__head">
          <select
            className="input group__mode"
            aria-label={`How the parts of “${label}” are joined`}
            value={mode}
            onChange={(event) => {
              const next = modes.find(({ id }) => id === event.currentTarget.value);
              if (next !== undefined) onChange({ ...group, mode: next.id });
            }}
          >
            {modes.map(({ id, label: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          {onRemove !== undefined && (
            <button className="button button--quiet button--small" type="button" onClick={onRemove}>
              Remove group
            </button>
          )}
        </div>
      )}
      {unplaced(problems, path, places).map((message) => (
        <p key={message} className="field__error" role="alert">
          {message}
        </p>
      ))}
      {parts.map((part, index) => (
        <Part
          key={part.key}
          part={part}
          path={places[index] ?? path}
          number={index + 1}
          depth={depth + 1}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="group__actions">
        <button className="button button--small" type="button" onClick={() => add(newComparison())}>
          Add condition
        </button>
        {depth < MAX_DEPTH && parts.length > 0 && (
          <button
            className="button button--quiet button--small"
            type="button"
            onClick={() => add({ ...newGroup([newComparison()]), mode: 'any' })}
          >
            Add group
          </button>
        )}
      </div>
    </fieldset>
  );
}

interface PartProps {
  readonly part: ConditionDraft;
  readonly path: string;
  readonly number: number;
  readonly depth: number;
  readonly onChange: (part: ConditionDraft) => void;
  readonly onRemove: () => void;
}

function Part({ part, number, ...rest }: PartProps) {
  return part.kind === 'comparison' ? (
    <ComparisonRow
      comparison={part}
      path={rest.path}
      number={number}
      onChange={rest.onChange}
      onRemove={rest.onRemove}
    />
  ) : (
    <ConditionGroup group={part} label={`Group ${number}`} {...rest} />
  );
}
