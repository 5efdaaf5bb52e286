import { useId } from 'react';
import { useProblemAt } from './scope.ts';

export interface Choice {
  readonly id: string;
  readonly label: string;
}

interface ChecksProps {
  readonly label: string;
  readonly path: string;
  readonly options: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any number of a few things. What was chosen and is offered no more stays until it is taken out. */
export function Checks({ label, path, options, chosen, onChange }: ChecksProps) {
  const errorId = useId();
  const error = useProblemAt(path);
  const gone = chosen.filter((id) => options.every((option) => option.id !== id));
  const all = [...options, ...gone.map((id) => ({ id, label: `${id} (no longer offered)` }))];
  return (
    <fieldset
      className="checks"
      aria-describedby={error === undefined ? undefined : errorId}
      data-invalid={error !== undefined}
      tabIndex={-1}
    >
      <legend className="field__label">{label}</legend>
      <div className="checks__list">
        {all.map(({ id, label: name }) => (
          <label key={id} className="choices__choice">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, id]
                    : chosen.filter((other) => other !== id),
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p className="field__error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
