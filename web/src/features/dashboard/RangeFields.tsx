import type { useSearchParams } from 'wouter';
import { type Range, rangeIdIn, rangeIds, rangeNames } from './ranges.ts';

interface RangeFieldsProps {
  readonly params: URLSearchParams;
  readonly setParams: ReturnType<typeof useSearchParams>[1];
  readonly range: Range;
}

/** The days that the figures are of, kept in the address. */
export function RangeFields({ params, setParams, range }: RangeFieldsProps) {
  const id = rangeIdIn(params);
  const change = (changes: Readonly<Record<string, string>>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [name, value] of Object.entries(changes)) next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <select
        className="input dashboard__choice"
        aria-label="Date range"
        value={id}
        onChange={(event) => change({ range: event.currentTarget.value, ...range })}
      >
        {rangeIds.map((one) => (
          <option key={one} value={one}>
            {rangeNames[one]}
          </option>
        ))}
      </select>
      {id === 'custom' && (
        <>
          <input
            className="input dashboard__choice"
            type="date"
            aria-label="From"
            required
            value={range.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <input
            className="input dashboard__choice"
            type="date"
            aria-label="To"
            required
            value={range.to}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
        </>
      )}
    </>
  );
}
