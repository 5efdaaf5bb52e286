import { describe, expect, it } from '@jest/globals';
import { nationalNumber, normalisePhone } from './phone.ts';

describe('normalisePhone', () => {
  it.each([
    ['+1 (305) 555-1234', '+13055551234'],
    ['+15551234567', '+15551234567'],
    ['+44 20 7183 8750', '+442071838750'],
    ['+٩٦٦٥٠١٢٣٤٥٦٧', '+966501234567'],
  ])('%s is %s', (text, phone) => {
    expect(normalisePhone(text, 'phone')).toBe(phone);
  });

  it.each(['555 1234', '+1', '+999123456', '+15551234567 home', '+4930123456 ext. 5', '', '+'])(
    'refuses %j',
    (text) => {
      expect(() => normalisePhone(text, 'mobile')).toThrow(
        expect.objectContaining({ code: 'invalid-argument', field: 'mobile' }),
      );
    },
  );

  it('knows where the country ends', () => {
    expect(nationalNumber('+15551234567')).toBe('5551234567');
    expect(nationalNumber('+442071838750')).toBe('2071838750');
  });
});
