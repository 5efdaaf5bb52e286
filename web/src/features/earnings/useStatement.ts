import { type Statement, statementSchema } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import type { Query, Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { useStable } from '../../ui/useStable.ts';

const PAGE = '100';

/** A statement as far as it was asked for, and a way to ask for more of its lines. */
export function useStatement(rest: Rest, given: Query, signal: string) {
  const query = useStable(given, JSON.stringify(given));
  const [pages, setPages] = useState(1);
  const load = useCallback(() => loadPages(rest, query, pages), [rest, query, pages]);
  return { statement: useLoad(load, signal), showMore: () => setPages((count) => count + 1) };
}

async function loadPages(rest: Rest, query: Query, pages: number): Promise<Statement> {
  const page = (cursor?: string) =>
    rest.get('/api/earnings/statement', statementSchema, { ...query, limit: PAGE, cursor });
  let whole = await page();
  for (let count = 1; count < pages && whole.nextCursor !== null; count += 1) {
    const next = await page(whole.nextCursor);
    whole = { ...next, lines: [...whole.lines, ...next.lines] };
  }
  return whole;
}
