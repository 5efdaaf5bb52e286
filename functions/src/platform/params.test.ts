import { describe, expect, it } from '@jest/globals';
import { readSecret } from './params.ts';

const secret = (value: string) => ({ name: 'STRIPE_KEY', value: () => value });

describe('readSecret', () => {
  it.each(['', ' ', '\n'])('refuses %j and names the secret and the remedy', (value) => {
    expect(() => readSecret(secret(value))).toThrow(
      'Secret STRIPE_KEY is not set; run: firebase functions:secrets:set STRIPE_KEY',
    );
  });

  it('trims the line break that a shell leaves', () => {
    expect(readSecret(secret('sk_test\n'))).toBe('sk_test');
  });
});
