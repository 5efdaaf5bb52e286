import type { Counts } from '../../data/imports.ts';
import { outcomesOf } from './import-words.ts';

interface OutcomesProps {
  readonly counts: Counts;
  readonly failed: number;
  readonly tense: 'would' | 'did';
}

/** How many records fare how. */
export function Outcomes({ counts, failed, tense }: OutcomesProps) {
  const numbers = new Intl.NumberFormat();
  return (
    <dl className="outcomes">
      {outcomesOf(counts, failed, tense).map(({ label, count, isBad }) => (
        <div key={label} className="outcomes__outcome" data-bad={isBad}>
          <dt>{label}</dt>
          <dd>{numbers.format(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
