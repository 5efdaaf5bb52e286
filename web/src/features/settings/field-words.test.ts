import { describe, expect, it } from '@jest/globals';
import { keyOf, optionsIn } from './field-words.ts';

describe('keyOf', () => {
  it.each([
    ['Number of ovens', 'numberOfOvens'],
    ['Größe (m²)', 'groEM2'],
    ['2nd contact', 'ndContact'],
    ['ÉTAGE', 'etage'],
    ['数', ''],
    ['x'.repeat(80), 'x'.repeat(64)],
  ])('makes a key of %j', (label, key) => {
    expect(keyOf(label)).toBe(key);
  });
});

describe('optionsIn', () => {
  it('takes a line for an option and leaves out what is empty', () => {
    expect(optionsIn(' Gold \n\nSilver, old\r\n')).toEqual(['Gold', 'Silver, old']);
  });
});
