import { describe, expect, it } from '@jest/globals';
import { parseSearch } from './search-query.ts';
import { phonePartsOf, searchTokensOf } from './search-tokens.ts';
import { fold, wordsOfDomain, wordsOfEmail, wordsOfText } from './search-words.ts';

describe('fold', () => {
  it.each([
    ['Zoë', 'zoe'],
    ['O’Brien', 'obrien'],
    ['Straße', 'strasse'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['İstanbul', 'istanbul'],
    ['ﬁne', 'fine'],
    ['Ａｃｍｅ', 'acme'],
    ['שָׁלוֹם', 'שלום'],
    ['김치', '김치'],
    ['\u200fمرحبا', 'مرحبا'],
  ])('%s becomes %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('words', () => {
  it('are runs of letters and digits, and of pictures', () => {
    expect(wordsOfText('Anne-Marie Rocket🚀Labs 24/7')).toEqual([
      ...['anne', 'marie', 'rocket', '🚀', 'labs', '24', '7'],
    ]);
  });

  it('of a script without spaces are told apart as well', () => {
    expect(wordsOfText('株式会社トヨタ')).toEqual(['株式会社トヨタ', '株式会社', 'トヨタ']);
  });

  it('of an e-mail address are its whole, its parts and its domain', () => {
    expect(wordsOfEmail('jane.smith@mail.example.com')).toEqual([
      ...['jane.smith@mail.example.com', 'jane', 'smith'],
      ...['mail.example.com', 'example.com', 'com', 'mail', 'example'],
    ]);
    expect(wordsOfDomain(null)).toEqual([]);
  });
});

describe('searchTokensOf', () => {
  it('is every beginning of a word of up to 15 characters', () => {
    expect(searchTokensOf({ words: ['jane'], phones: [] }).sort()).toEqual([
      ...['j', 'ja', 'jan', 'jane'],
    ]);
    expect(searchTokensOf({ words: ['donaudampfschifffahrt'], phones: [] })).toContain(
      'donaudampfschif',
    );
  });

  it('stays below a hundred, however much there is, and keeps every word', () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index}ofmany`);
    const tokens = searchTokensOf({ words, phones: ['+15551234567'] });
    expect(tokens.length).toBeLessThanOrEqual(100);
    expect(tokens).toEqual(expect.arrayContaining([...words, '4567', '555123']));
  });

  it('finds a phone number by its beginnings, national or not, and by its ends', () => {
    const parts = phonePartsOf('+15551234567');
    expect(parts).toEqual(expect.arrayContaining(['1555', '5551', '4567', '5551234567']));
    expect(parts).not.toContain('67');
    expect(parts).not.toContain('5512');
  });
});

describe('parseSearch', () => {
  const jane = {
    words: [...wordsOfText('Jane Smith'), ...wordsOfEmail('jane.smith@examples.org')],
    phones: ['+15551234567'],
  };

  it.each([
    ['jane', true],
    ['SMI', true],
    ['smith jane', true],
    ['jane jones', false],
    ['mith', false],
    ['jane.smith@examples.org', true],
    ['jane.smith@exam', true],
    ['jane.smith@example.com', false],
    ['@examples.org', true],
    ['examples.org', true],
    ['(555) 123-4567', true],
    ['+1 555 123', true],
    ['4567', true],
    ['5512', false],
    ['j', true],
  ])('%s: %s', (text, expected) => {
    const search = parseSearch(text);
    expect(search?.matches(jane)).toBe(expected);
    // Whoever matches must also be found by the stored token.
    if (expected) expect(searchTokensOf(jane)).toContain(search?.token);
  });

  it('is nothing without a letter, digit or picture', () => {
    expect(parseSearch(' ?!- ')).toBeUndefined();
  });

  it('needs no second look for one short word', () => {
    expect(parseSearch('jane')?.isWhole).toBe(true);
    expect(parseSearch('jane smith')?.isWhole).toBe(false);
    expect(parseSearch('donaudampfschifffahrt')?.isWhole).toBe(false);
  });
});
