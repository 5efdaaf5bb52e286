import { digitsOf, type Findable, phonePartsOf } from './search-tokens.ts';
import { fold, MAX_PREFIX_LENGTH, wordsOfQuery } from './search-words.ts';

/** More words than this add nothing to a search. */
const MAX_TERMS = 10;
/** Fewer digits, such as those of `24/7 Media`, are words. */
const MIN_PHONE_DIGITS = 5;

/** What somebody searches for. */
export interface SearchQuery {
  /** The stored token that every record it finds has. */
  readonly token: string;
  /** True when that token is the whole of the search, so that nothing is left to compare. */
  readonly isWhole: boolean;
  /** True when the record has everything that is searched for. */
  readonly matches: (record: Findable) => boolean;
}

/**
 * Reads a search: every word must be the beginning of one of the record's words; digits must be a
 * beginning or an end of its phone number, or the beginning of a word. Undefined when there is
 * nothing in it to search for.
 */
export function parseSearch(text: string): SearchQuery | undefined {
  const terms = isPhoneLike(text) ? [digitsOf(text)] : termsOf(text);
  const longest = [...terms].sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return undefined;
  const token = [...longest].slice(0, MAX_PREFIX_LENGTH).join('');
  return {
    token,
    isWhole: terms.length === 1 && token === longest,
    matches: (record) => terms.every((term) => isTermOf(record, term)),
  };
}

function isTermOf({ words, phones }: Findable, term: string): boolean {
  return (
    words.some((word) => word.startsWith(term)) ||
    phones.some((phone) => phonePartsOf(phone).includes(term))
  );
}

// An address stays in one piece: its parts would find everybody who shares its domain.
function termsOf(text: string): string[] {
  const terms = text.split(/\s+/u).flatMap((chunk) => {
    const isAddress = /.@/u.test(chunk);
    return isAddress ? [fold(chunk)] : wordsOfQuery(chunk);
  });
  return [...new Set(terms)].slice(0, MAX_TERMS);
}

/** `+1 (555) 123-4567`: several digits and nothing but what belongs to a phone number. */
function isPhoneLike(text: string): boolean {
  return /^[\s\d+().\-/]*$/u.test(text) && digitsOf(text).length >= MIN_PHONE_DIGITS;
}
