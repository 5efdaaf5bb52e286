/** How much of a word can be searched for by its beginning; what is longer is compared in memory. */
export const MAX_PREFIX_LENGTH = 15;

/** Letters that stand for themselves in Unicode but that people type without the ornament. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
};
const plainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');

/** Scripts written without spaces, whose words a dictionary has to tell apart. */
const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const wordRun = /[\p{L}\p{N}]+|[\p{So}\p{Extended_Pictographic}\p{Emoji_Modifier}]+/gu;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * A text as it is compared: without case, accents, apostrophes and invisible marks, so that
 * "Zoë O’Brien" is found by "zoe obrien".
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}'’ʼ`´]/gu, '')
    .replace(plainLetter, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC');
}

/** The words of a text, folded: runs of letters and digits, and runs of emoji and other pictures. */
export function wordsOfText(text: string | null): string[] {
  return runsOf(text).flatMap((run) => (isUnspaced(run) ? [run, ...segmentsOf(run)] : [run]));
}

/** The words that somebody searches for; several written without spaces are looked for one by one. */
export function wordsOfQuery(text: string): string[] {
  return runsOf(text).flatMap((run) => (isUnspaced(run) ? segmentsOf(run) : [run]));
}

/** What an e-mail address is found by: its whole, the parts of its local part, and its domain. */
export function wordsOfEmail(email: string | null): string[] {
  if (email === null) return [];
  const [local = '', domain = ''] = email.split('@');
  return [fold(email), ...wordsOfText(local), ...wordsOfDomain(domain)];
}

/** What a domain is found by: `shop.my-example.com` by each of its ends, and by `my` and `example`. */
export function wordsOfDomain(domain: string | null): string[] {
  if (domain === null) return [];
  const labels = fold(domain).split('.');
  const ends = labels.map((_, index) => labels.slice(index).join('.'));
  return [...new Set([...ends, ...wordsOfText(domain)])];
}

function runsOf(text: string | null): string[] {
  return fold(text ?? '').match(wordRun) ?? [];
}

function isUnspaced(run: string): boolean {
  return unspacedScript.test(run);
}

function segmentsOf(run: string): string[] {
  return [...segmenter.segment(run)].map(({ segment }) => segment);
}
