import { type Deal, dealEarningsSchema, type PreviewLine } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { Rest, Stored } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { formatMoney, readerLocale } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import type { People } from './usePipeline.ts';

interface DealPreviewProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly people: People;
}

/** What an open deal would earn, were it won now, for those whose earnings the member may see. */
export default function DealPreview({ rest, deal, people }: DealPreviewProps) {
  const { id, version } = deal;
  const load = useCallback(
    () => rest.get(`/api/deals/${id}/earnings`, dealEarningsSchema, { locale: readerLocale() }),
    [rest, id],
  );
  const earnings = useLoad(load, String(version));
  // The deal is of use without it: no spinner, no error in its way.
  const lines = earnings.status === 'ready' ? (earnings.value.preview ?? []) : [];
  if (lines.length === 0) return null;
  return (
    <section className="earned" aria-label="If won now">
      <h2 className="earned__heading">If won now</h2>
      <ul className="earned__list">
        {lines.map((line) => (
          <Line
            key={`${line.userId} ${line.component}`}
            line={line}
            name={people.get(line.userId)?.name}
          />
        ))}
      </ul>
    </section>
  );
}

function Line({ line, name }: { readonly line: PreviewLine; readonly name: string | undefined }) {
  const { component, amountMinor, currency, sentence } = line;
  return (
    <li>
      <p className="earned__line">
        <Person name={name} />
        <span className="earned__amount">{formatMoney(amountMinor, currency)}</span>
      </p>
      <p className="soft small">
        {component === 'override' && 'Override. '}
        {sentence}
      </p>
    </li>
  );
}
