import { nationalNumber } from '../../platform/phone.ts';
import { MAX_PREFIX_LENGTH } from './search-words.ts';

const MAX_TOKENS = 100;
/** Shorter parts of a phone number say nothing. */
const MIN_PHONE_PART = 3;

/** What a record is found by: words by their beginnings, phone numbers also by their ends. */
export interface Findable {
  /** The most telling first: when there are too many, the last are found by less. */
  readonly words: readonly string[];
  /** In E.164 form; the first by any of its beginnings and ends, the others as a whole. */
  readonly phones: readonly string[];
}

/**
 * The tokens stored with a record, each of which finds it. At most 100: every word's longest
 * beginning, the phone numbers, then the shorter beginnings of one word after another for as long
 * as there is room.
 */
export function searchTokensOf({ words, phones }: Findable): string[] {
  const characters = [...new Set(words)].map((word) => [...word].slice(0, MAX_PREFIX_LENGTH));
  const [firstPhone, ...otherPhones] = phones;
  const tokens = new Set([
    ...characters.map((word) => word.join('')),
    ...(firstPhone === undefined ? [] : phonePartsOf(firstPhone)),
    ...otherPhones.flatMap((phone) => [digitsOf(phone), nationalNumber(phone)]),
    ...characters.flatMap((word) => word.map((_, index) => word.slice(0, index + 1).join(''))),
  ]);
  return [...tokens].slice(0, MAX_TOKENS);
}

/** What a phone number is found by: its beginnings with and without the country, and its ends. */
export function phonePartsOf(phone: string): string[] {
  const digits = digitsOf(phone);
  const ends = Array.from(digits, (_, index) => digits.slice(index));
  const parts = [...ends, ...beginningsOf(digits), ...beginningsOf(nationalNumber(phone))];
  return [...new Set(parts)].filter((part) => part.length >= MIN_PHONE_PART);
}

/** The digits of a phone number, however it is written. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '');
}

function beginningsOf(digits: string): string[] {
  return Array.from(digits, (_, index) => digits.slice(0, index + 1));
}
