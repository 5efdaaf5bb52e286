import { describe, expect, it } from '@jest/globals';
import { sizeOfText } from './segments.ts';

describe('sizeOfText', () => {
  it.each([
    ['', 0, false],
    ['a', 1, false],
    ['a'.repeat(160), 1, false],
    ['a'.repeat(161), 2, false],
    ['a'.repeat(306), 2, false],
    ['a'.repeat(307), 3, false],
    // The euro sign takes two places.
    ['€'.repeat(80), 1, false],
    [`a${'€'.repeat(80)}`, 2, false],
    ['ж'.repeat(70), 1, true],
    ['ж'.repeat(71), 2, true],
    // Outside of the first 65,536 characters each takes two units.
    ['😀'.repeat(35), 1, true],
    ['😀'.repeat(36), 2, true],
  ])('of %p: %i parts', (text, parts, isUnicode) => {
    expect(sizeOfText(text)).toEqual({ characters: text.length, parts, isUnicode });
  });
});
