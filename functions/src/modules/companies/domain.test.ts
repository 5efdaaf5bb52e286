import { describe, expect, it } from '@jest/globals';
import { normaliseDomain } from './domain.ts';

describe('normaliseDomain', () => {
  it.each([
    ['example.com', 'example.com'],
    ['https://WWW.Example.com:8080/about?x#y', 'example.com'],
    ['example.com.', 'example.com'],
    ['www.com', 'www.com'],
    ['shop.example.co.uk/cart', 'shop.example.co.uk'],
    ['müller.de', 'xn--mller-kva.de'],
  ])('%s is %s', (text, domain) => {
    expect(normaliseDomain(text, 'domain')).toBe(domain);
  });

  it.each([
    'localhost',
    '127.0.0.1',
    '[::1]',
    'a b.com',
    '-a.com',
    'a..com',
    'mailto:a@b.com',
    '/x',
  ])('refuses %s', (text) => {
    expect(() => normaliseDomain(text, 'domain')).toThrow(
      expect.objectContaining({ code: 'invalid-argument', field: 'domain' }),
    );
  });
});
