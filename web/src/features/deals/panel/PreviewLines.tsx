import type { PreviewLine } from '@splitline/functions/contracts';
import { formatMoney } from '../../../ui/format.ts';
import { Person } from '../../../ui/Person.tsx';
import type { People } from '../usePipeline.ts';

interface PreviewLinesProps {
  readonly lines: readonly PreviewLine[];
  readonly people: People;
  readonly empty?: string;
}

/** What people would earn, and why that much. */
export function PreviewLines({ lines, people, empty }: PreviewLinesProps) {
  if (lines.length === 0) return <p className="soft small">{empty}</p>;
  return (
    <ul className="earned__list">
      {lines.map(({ userId, component, amountMinor, currency, sentence }) => (
        <li key={`${userId} ${component}`}>
          <p className="earned__line">
            <Person name={people.get(userId)?.name} />
            <span className="earned__amount">{formatMoney(amountMinor, currency)}</span>
          </p>
          <p className="soft small">
            {component === 'override' && 'Override. '}
            {sentence}
          </p>
        </li>
      ))}
    </ul>
  );
}
