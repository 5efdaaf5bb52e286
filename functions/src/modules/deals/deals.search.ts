import { type Findable, searchTokensOf, wordsOfText } from '../search/search.public.ts';
import type { Deal } from './deals.schema.ts';

/** What a deal is found by. */
export function findableOfDeal({ title }: Pick<Deal, 'title'>): Findable {
  return { words: wordsOfText(title), phones: [] };
}

/** The tokens stored with a deal of this title. */
export function dealTokens(title: string): string[] {
  return searchTokensOf(findableOfDeal({ title }));
}
