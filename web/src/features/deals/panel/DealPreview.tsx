import { type Deal, dealEarningsSchema } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { Rest, Stored } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { readerLocale } from '../../../ui/format.ts';
import type { People } from '../usePipeline.ts';
import { PreviewLines } from './PreviewLines.tsx';

interface DealPreviewProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly people: People;
}

/** What an open deal would earn, were it won now, for those whose earnings the member may see. */
export function DealPreview({ rest, deal, people }: DealPreviewProps) {
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
    <section className="side-panel__section" aria-label="If won now">
      <h3>If won now</h3>
      <PreviewLines lines={lines} people={people} />
    </section>
  );
}
