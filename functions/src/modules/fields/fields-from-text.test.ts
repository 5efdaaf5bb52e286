import { describe, expect, it } from '@jest/globals';
import { valueFromText } from './fields-from-text.ts';

describe('valueFromText', () => {
  it.each([
    ['text', ' a b ', 'a b'],
    ['text', '', null],
    ['number', '-12.50', -12.5],
    ['number', '', null],
    ['number', '1,5', '1,5'],
    ['number', '1e9', '1e9'],
    ['checkbox', 'Yes', true],
    ['checkbox', '0', false],
    ['checkbox', 'maybe', 'maybe'],
    ['multiSelect', 'Tea; Coffee;', ['Tea', 'Coffee']],
    ['money', '12.50 EUR', { amountMinor: 1250, currency: 'EUR' }],
    ['money', '12.505 EUR', { amountMinor: '12.505 EUR', currency: 'EUR' }],
    ['money', '5 XYZ', { amountMinor: 0, currency: 'XYZ' }],
    ['money', '12.50', '12.50'],
    ['date', '2024-02-29', '2024-02-29'],
  ] as const)('reads a %s %j as %j', (type, text, value) => {
    expect(valueFromText({ type }, text)).toEqual(value);
  });
});
