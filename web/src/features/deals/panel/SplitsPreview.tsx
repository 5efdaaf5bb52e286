import type { Deal } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { ask, previewAnswerSchema } from '../../../data/deals.ts';
import type { Rest, Stored } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { readerLocale } from '../../../ui/format.ts';
import { useDebounced } from '../../../ui/useDebounced.ts';
import type { People } from '../usePipeline.ts';
import { PreviewLines } from './PreviewLines.tsx';
import type { readRows } from './split-form.ts';

interface SplitsPreviewProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly people: People;
  /** Undefined while they do not sum up. */
  readonly splits: ReturnType<typeof readRows>;
}

const DELAY_MS = 300;

/** What splits that are not saved yet would earn those whose earnings the member may see. */
export function SplitsPreview({ rest, deal, people, splits }: SplitsPreviewProps) {
  const { id, version } = deal;
  const asked = useDebounced(splits === undefined ? '' : JSON.stringify(splits), DELAY_MS);
  const load = useCallback(async () => {
    if (asked === '') return undefined;
    const question = { splits: JSON.parse(asked), locale: readerLocale() };
    return ask(rest, `/api/deals/${id}/earnings/preview`, previewAnswerSchema, question);
  }, [rest, id, asked]);
  const loaded = useLoad(load, String(version));
  const isOf = splits !== undefined && asked === JSON.stringify(splits);
  return (
    <section className="splits__preview" aria-label="With these splits">
      <h4>If won now with these splits</h4>
      {splits === undefined && <p className="soft small">Shown once the shares come to 100%.</p>}
      {splits !== undefined && loaded.status === 'failed' && (
        <p className="field__error" role="alert">
          {loaded.problem.message}
        </p>
      )}
      {splits !== undefined && (loaded.status === 'loading' || !isOf) && (
        <p className="soft small" role="status">
          Working it out…
        </p>
      )}
      {isOf && loaded.status === 'ready' && loaded.value !== undefined && (
        <PreviewLines
          lines={loaded.value.preview}
          people={people}
          empty="No plan in force pays anything that you can see."
        />
      )}
    </section>
  );
}
