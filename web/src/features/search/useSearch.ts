import type { SearchResult, SearchType } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { searchSchema } from '../../data/records.ts';
import { useLoad } from '../../data/useLoad.ts';
import { useDebounced } from '../../ui/useDebounced.ts';

export interface Found {
  readonly results: readonly SearchResult[];
  /** True while the results are of what was typed before. */
  readonly isSearching: boolean;
  readonly problem: Problem | undefined;
}

const NOTHING: readonly SearchResult[] = [];

/**
 * The records that a person may see with all the words of the text. `types` are comma-separated and
 * `limit` is for each of them. Nothing is asked for an empty text.
 */
export function useSearch(rest: Rest, text: string, types: string, limit: number): Found {
  const sought = useDebounced(text.trim());
  const load = useCallback(async (): Promise<readonly SearchResult[]> => {
    if (sought === '') return NOTHING;
    const query = { q: sought, types, limit: String(limit) };
    return (await rest.get('/api/search', searchSchema, query)).results;
  }, [rest, sought, types, limit]);
  const loaded = useLoad(load);
  // What was found before stays until the new answer has come.
  const [held, setHeld] = useState(NOTHING);
  const results = loaded.status === 'ready' ? loaded.value : held;
  if (results !== held) setHeld(results);
  return {
    results: text.trim() === '' ? NOTHING : results,
    isSearching: loaded.status === 'loading' || sought !== text.trim(),
    problem: loaded.status === 'failed' ? loaded.problem : undefined,
  };
}

/** What stands below the results. */
export function statusOf(text: string, { results, isSearching, problem }: Found) {
  if (text.trim() === '') return undefined;
  if (problem !== undefined) return problem.message;
  if (isSearching) return results.length === 0 ? 'Searching…' : undefined;
  return results.length === 0 ? 'Nothing you can see matches. Try fewer letters.' : undefined;
}

/** What tells a record from others of its name. */
export function detailOf({ detail, email, phone }: SearchResult): string {
  return [detail, email, phone].filter((part) => part !== null).join(' · ');
}

export const kindNames: Readonly<Record<SearchType, string>> = {
  contact: 'Contact',
  company: 'Company',
  lead: 'Lead',
  deal: 'Deal',
};
