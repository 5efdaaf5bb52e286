import { useState } from 'react';
import { Labelled } from '../../ui/Field.tsx';
import { useProblemAt } from './scope.ts';
import { numberCodec, useTyped } from './useTyped.ts';

const units = [
  { id: 'minutes', size: 1 },
  { id: 'hours', size: 60 },
  { id: 'days', size: 24 * 60 },
] as const;
type Unit = (typeof units)[number];

interface DurationInputProps {
  readonly label: string;
  readonly path: string;
  /** In minutes. */
  readonly value: number | undefined;
  readonly onChange: (minutes: number | undefined) => void;
  readonly hint?: string | undefined;
}

/** A span of time, as a number of minutes, hours or days. */
export function DurationInput({ label, path, value, onChange, hint }: DurationInputProps) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  const error = useProblemAt(path);
  const inUnits = value === undefined ? undefined : value / unit.size;
  const { text, type } = useTyped(inUnits, numberCodec, (count) =>
    onChange(count === undefined ? undefined : Math.round(count * unit.size)),
  );
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(links) => (
        <span className="duration">
          <input
            {...links}
            className="input"
            type="number"
            min={0}
            step="any"
            inputMode="decimal"
            value={text}
            onChange={(event) => type(event.currentTarget.value)}
          />
          <select
            className="input"
            aria-label={`Unit of ${label}`}
            value={unit.id}
            onChange={(event) => {
              const next = units.find(({ id }) => id === event.currentTarget.value) ?? unit;
              setUnit(next);
              if (inUnits !== undefined) onChange(Math.round(inUnits * next.size));
            }}
          >
            {units.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </span>
      )}
    </Labelled>
  );
}

function unitOf(minutes: number | undefined): Unit {
  if (minutes === undefined || minutes === 0) return units[0];
  return units.findLast(({ size }) => minutes % size === 0) ?? units[0];
}
