import { useCallback } from 'react';
import { Link } from 'wouter';
import { type ImportView, importListSchema } from '../../data/imports.ts';
import type { Query, Rest } from '../../data/port.ts';
import { usePages } from '../../data/usePages.ts';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { typeWords } from './import-words.ts';

/** What the person has uploaded before, the newest first. */
export function EarlierImports({ rest }: { readonly rest: Rest }) {
  const list = usePages(
    useCallback((at: Query) => rest.get('/api/imports', importListSchema, at), [rest]),
  );
  return (
    <section className="section" aria-labelledby="earlier-title">
      <h2 className="section__title" id="earlier-title">
        Your earlier imports
      </h2>
      {list.status === 'loading' && <Loading what="your imports" />}
      {list.status === 'failed' && (
        <Failure
          title="Your imports cannot be shown"
          message={list.problem.message}
          onRetry={list.reload}
        />
      )}
      {list.status === 'ready' && (
        <>
          <ul className="rows" aria-labelledby="earlier-title">
            {list.value.records.length === 0 && <li className="rows__empty">None yet.</li>}
            {list.value.records.map((each) => (
              <ImportRow key={each.id} source={each} />
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
    </section>
  );
}

function ImportRow({ source }: { readonly source: ImportView }) {
  const { id, fileName, recordType, rows, jobId, undoJobId, createdAt } = source;
  return (
    <li className="rows__row earlier">
      <div className="earlier__main">
        <Link
          className="earlier__name"
          href={jobId === null ? `/import?file=${encodeURIComponent(id)}` : `/import/${jobId}`}
        >
          {fileName ?? 'A file without a name'}
        </Link>
        <p className="soft small">
          {typeWords[recordType].name}, {rows === 1 ? '1 row' : `${rows} rows`}
        </p>
      </div>
      {jobId === null && <span className="tag">Not imported</span>}
      {undoJobId !== null && <span className="tag">Undone</span>}
      <Moment className="soft small" at={createdAt} />
    </li>
  );
}
