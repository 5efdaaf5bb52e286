import type { Pages } from '../data/usePages.ts';

/** Asks for the next page of a list, where there is one. */
export function More({ pages }: { readonly pages: Pages<unknown> }) {
  if (!pages.hasMore) return null;
  return (
    <div className="more">
      {pages.moreProblem !== undefined && (
        <p className="message" role="alert">
          {pages.moreProblem.message}
        </p>
      )}
      <button
        className="button"
        type="button"
        aria-disabled={pages.isLoadingMore}
        onClick={pages.loadMore}
      >
        {pages.isLoadingMore ? 'Loading…' : 'Show more'}
      </button>
    </div>
  );
}
