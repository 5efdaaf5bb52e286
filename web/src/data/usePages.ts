import { useCallback, useState } from 'react';
import type { Query } from './port.ts';
import { type Problem, toProblem } from './problem.ts';
import type { PageOf } from './records.ts';
import { type Loaded, useLoad } from './useLoad.ts';

/** Fetches the page that `at` asks for; an empty one is the first. */
export type LoadPage<T> = (at: Query) => Promise<PageOf<T>>;

/** The pages that were asked for, as one list. */
export interface Pages<T> {
  readonly records: readonly T[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Why the next page did not come. */
  readonly moreProblem: Problem | undefined;
  readonly loadMore: () => void;
}

interface Later<T> {
  readonly first: PageOf<T>;
  readonly pages: readonly PageOf<T>[];
}

/**
 * A list that is loaded page by page, when the person asks for more. A first page that is loaded
 * again, because `signal` changed, begins the list anew. `load` has to keep its identity.
 */
export function usePages<T>(load: LoadPage<T>, signal = ''): Loaded<Pages<T>> {
  const first = useLoad(
    useCallback(() => load({}), [load]),
    signal,
  );
  const [later, setLater] = useState<Later<T>>();
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem>();
  if (first.status !== 'ready') return first;
  const pages = [first.value, ...(later?.first === first.value ? later.pages : [])];
  const next = pages.at(-1)?.next;
  const loadMore = async () => {
    if (next === undefined || isLoadingMore) return;
    setIsLoadingMore(true);
    setMoreProblem(undefined);
    try {
      const page = await load(next);
      setLater({ first: first.value, pages: [...pages.slice(1), page] });
    } catch (error) {
      setMoreProblem(toProblem(error));
    }
    setIsLoadingMore(false);
  };
  const records = pages.flatMap((page) => page.records);
  const more = { hasMore: next !== undefined, isLoadingMore, moreProblem };
  return { ...first, value: { records, ...more, loadMore: () => void loadMore() } };
}
